"""Every type of values but those of fixed words, which are in words.py. A new type is one object here.

A reader is named as it stands in its module; the module is imported when the reader is first called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sshkeep.openssh.releases import ARGV_SPLIT, LISTS_ON_THE_SIDE, REVOKED_LISTS, SSH_COUNTS_ERRORS
from sshkeep.openssh.values.value_type import LIST, LazyModule, ValueType

if TYPE_CHECKING:
    from sshkeep.openssh.values import (
        algorithm_list,
        composite,
        connection_limits,
        domains,
        forwards,
        hostports,
        lists,
        numbers,
        texts,
        variables,
    )
    from sshkeep.openssh.values import ipqos as ipqos_classes
else:
    algorithm_list = LazyModule("values.algorithm_list")
    composite = LazyModule("values.composite")
    connection_limits = LazyModule("values.connection_limits")
    domains = LazyModule("values.domains")
    forwards = LazyModule("values.forwards")
    hostports = LazyModule("values.hostports")
    ipqos_classes = LazyModule("values.ipqos")
    lists = LazyModule("values.lists")
    numbers = LazyModule("values.numbers")
    texts = LazyModule("values.texts")
    variables = LazyModule("values.variables")

_TEXTS = ("TextOrNone", "Text")

# Lines that set no option.

IGNORED = ValueType("ignored", lambda a: None, help="anything", settings=())
INCLUDE = ValueType(
    "include",
    lambda a: lists.words(a, stops=False),
    most=LIST,
    empty_is_skipped_by=("ssh_config",),
    is_include=True,
    help="paths, with wildcards if you like, any number of them",
    settings=(),
)
HOST = ValueType(
    "host",
    lambda a: lists.words(a),
    most=LIST,
    opens_block=True,
    help="patterns of host names; one with ! in front takes out what it fits",
    settings=(),
)
MATCH = ValueType(
    "match",
    lambda a: lists.words(a),
    most=LIST,
    splitting="criteria",
    opens_block=True,
    help="criteria and their patterns, all of which must fit: user bob address 10.0.0.0/8",
    settings=(),
)

# Numbers and times.

TIME = ValueType(
    "time",
    lambda a: numbers.time(a),
    is_time=True,
    help="seconds, or a time such as 90s, 5m, 1h30m",
    settings=("Seconds", "SecondsOrNone"),
)
TIME_OR_NONE = ValueType(
    "time or none",
    lambda a: numbers.time_or_none(a),
    printed=lambda value, printing: ("none",) if value == 0 else (str(value),),
    is_time=True,
    help="seconds, or a time such as 90s, 5m, 1h30m",
    settings=("SecondsOrNone",),
)
INTEGER = ValueType("integer", lambda a: numbers.integer(a), help="a whole number", settings=("Count",))
INTEGER_OR_NONE = ValueType(
    "integer or none",
    lambda a: connection_limits.integer_or_none(a),
    help="a whole number, or none",
    settings=("CountOrNone",),
)
OCTAL = ValueType(
    "octal",
    lambda a: numbers.octal(a),
    printed=lambda value, printing: (f"0{value:o}",),
    help="a mask in octal figures, such as 0177",
    settings=("Mask",),
)
PORT = ValueType("port", lambda a: numbers.port(a), help="a port from 1 to 65535", settings=("Port", "Ports"))

# Words, and the rest of a line.

WORD = ValueType(
    "word",
    lambda a: texts.word(a),
    help="one word",
    settings=("Text", "TextOrNone", "Commas", "Lines", "FlagOrText"),
)
REST = ValueType(
    "rest",
    lambda a: texts.rest(a),
    splitting="rest",
    empty_rest_is_read_by=("ssh_config",),
    help="the rest of the line as it stands",
    settings=_TEXTS,
)
COMMAND = ValueType(
    "command",
    lambda a: texts.command(a),
    splitting="rest",
    empty_rest_is_read_by=("sshd_config",),
    help="a program by its whole path, and its arguments, or none",
    settings=_TEXTS,
)
VERSION_ADDENDUM = ValueType(
    "version addendum",
    lambda a: texts.addendum(a),
    splitting="rest",
    help="the rest of the line, or none",
    settings=_TEXTS,
)
SUBSYSTEM = ValueType(
    "subsystem",
    lambda a: texts.subsystem(a),
    most=LIST,
    parts_are_named=True,
    printed=lambda value, printing: texts.print_subsystems(value, printing),
    help="a name, and the command that serves it",
    settings=("ByName",),
)
ROUTING_DOMAIN = ValueType(
    "routing domain",
    lambda a: texts.routing_domain(a),
    help="the name of a routing domain",
    settings=_TEXTS,
)
ESCAPE_CHARACTER = ValueType(
    "escape character",
    lambda a: composite.escape_char(a),
    help="a character, ^ and a letter, or none",
    settings=_TEXTS,
)

# Paths.

PATH = ValueType("path", lambda a: texts.path(a), help="a path, or none", settings=(*_TEXTS, "Lines"))
HOST_KEY = ValueType(
    "host key",
    lambda a: texts.path(a),
    printed=lambda value, printing: texts.print_host_keys(value, printing),
    help="a path, or none",
    settings=("Lines",),
)
HOME_PATH = ValueType("home path", lambda a: texts.home_path(a), help="a path", settings=_TEXTS)
AGENT = ValueType(
    "agent",
    lambda a: texts.agent(a),
    help="a socket's path, or the name of a variable that holds one",
    settings=_TEXTS,
)
SSH_AGENT = ValueType(
    "ssh agent",
    lambda a: variables.agent_path(a),
    help="a socket's path, or the name of a variable that holds one",
    settings=_TEXTS,
)
AGENT_SOCKET = ValueType(
    "agent socket",
    lambda a: texts.agent_socket(a),
    help="none, user:PATH or shared:/PATH",
    settings=("AgentSocketPath",),
)
PROVIDER = ValueType("provider", lambda a: texts.provider(a), help="a path, or internal", settings=_TEXTS)
FILES = ValueType(
    "files",
    lambda a: lists.files(a),
    most=LIST,
    printed=lambda value, printing: lists.print_files(value, printing),
    on_one_line=True,
    empty_until=LISTS_ON_THE_SIDE,
    ignores_words_after_empty=("sshd_config",),
    help="paths, any number of them",
    settings=("Words",),
)
HOST_FILES = ValueType(
    "host files",
    lambda a: lists.host_files(a),
    most=LIST,
    printed=lambda value, printing: lists.print_host_files(value, printing),
    on_one_line=True,
    empty_until=LISTS_ON_THE_SIDE,
    empty_is_skipped_by=("ssh_config",),
    ignores_words_after_empty=("ssh_config",),
    help="paths, 32 at most, or none",
    settings=("Words",),
)
REVOKED = ValueType(
    "revoked",
    lambda a: texts.revoked(a),
    most=LIST,
    printed=lambda value, printing: lists.print_revoked(value, printing),
    on_one_line=True,
    empty_is_fatal_from=REVOKED_LISTS,
    help="paths of revocation lists, or none",
    settings=("Words",),
)

# Lists of words.

WORDS = ValueType(
    "words",
    lambda a: lists.words(a),
    most=LIST,
    empty_until=LISTS_ON_THE_SIDE,
    help="words, any number of them",
    settings=("Lines",),
)
NONE_OR_WORDS = ValueType(
    "none or words",
    lambda a: lists.none_or_words(a),
    most=LIST,
    printed=lambda value, printing: lists.print_none_or_words(value, printing),
    on_one_line=True,
    empty_until=LISTS_ON_THE_SIDE,
    empty_is_skipped_by=("ssh_config",),
    ignores_words_after_empty=("ssh_config",),
    help="words, or none",
    settings=("Words",),
)
USERS = ValueType(
    "users",
    lambda a: lists.users(a),
    most=LIST,
    empty_until=LISTS_ON_THE_SIDE,
    help="names or patterns, with @ADDRESS if you like, any number of them",
    settings=("Lines",),
)
VARIABLE_NAMES = ValueType(
    "variable names",
    lambda a: lists.environment_names(a),
    most=LIST,
    empty_until=LISTS_ON_THE_SIDE,
    empty_is_fatal_from=LISTS_ON_THE_SIDE,
    help="names or patterns, any number of them",
    settings=("Lines",),
)
ENVIRONMENT = ValueType(
    "environment",
    lambda a: lists.environment(a),
    most=LIST,
    splitting="environment",
    empty_until=LISTS_ON_THE_SIDE,
    empty_is_fatal_from=LISTS_ON_THE_SIDE,
    help="NAME=VALUE, any number of them",
    settings=("Environment",),
)
AUTHENTICATION_METHODS = ValueType(
    "authentication methods",
    lambda a: texts.methods(a),
    most=LIST,
    on_one_line=True,
    ignores_words_after_empty=("sshd_config",),
    help="lists of methods, the methods with commas between; or any",
    settings=("Methods",),
)
ALGORITHMS = ValueType(
    "algorithms",
    lambda a: algorithm_list.algorithm_list(a),
    is_algorithm_list=True,
    help="names with commas between; + adds to the default, - takes from it, ^ puts first",
    settings=("Algorithms",),
)
PUBKEY_OPTIONS = ValueType(
    "pubkey options",
    lambda a: composite.pubkey_options(a),
    most=LIST,
    empty_until=LISTS_ON_THE_SIDE,
    empty_value="none",
    empty_is_skipped_by=("sshd_config",),
    help="touch-required, verify-required or none",
    settings=("PubkeyAuthOptions",),
)

# Hosts, ports and addresses.

LISTEN_ADDRESS = ValueType(
    "listen address",
    lambda a: hostports.listen_address(a),
    most=3,
    help="an address or name, with a port if you like: 10.0.0.1, 10.0.0.1:22, [::1]:22",
    settings=("ListenAddresses",),
)
ADDRESSES = ValueType(
    "addresses",
    lambda a: texts.addresses(a),
    help="addresses and networks with commas between: 10.0.0.0/8,192.168.1.7",
    settings=("Commas",),
)
DOMAINS = ValueType(
    "domains",
    lambda a: domains.domains(a),
    most=LIST,
    on_one_line=True,
    empty_until=LISTS_ON_THE_SIDE,
    empty_is_fatal_from=LISTS_ON_THE_SIDE,
    help="names of domains, or none",
    settings=("Words",),
)
CANONICAL_NAMES = ValueType(
    "canonical names",
    lambda a: domains.permitted_names(a),
    most=LIST,
    on_one_line=True,
    empty_until=LISTS_ON_THE_SIDE,
    empty_is_fatal_from=LISTS_ON_THE_SIDE,
    help="pairs of patterns, SOURCE:TARGET, or none",
    settings=("Words",),
)
PERMISSIONS = ValueType(
    "permissions",
    lambda a: hostports.permissions(a),
    most=LIST,
    on_one_line=True,
    empty_is_fatal_from=SSH_COUNTS_ERRORS,
    help="addresses with a port, any or none",
    settings=("Permissions",),
)
PERMIT_LISTEN = ValueType(
    "permit listen",
    lambda a: hostports.permit_listen(a),
    most=LIST,
    on_one_line=True,
    empty_is_fatal_from=ARGV_SPLIT,
    help="addresses with a port, any or none",
    settings=("Permissions",),
)
LOCAL_FORWARD = ValueType(
    "local forward",
    lambda a: forwards.local_forward(a),
    most=2,
    help="where to listen, and where it leads to: 8080 localhost:80",
    settings=("Forwards",),
)
REMOTE_FORWARD = ValueType(
    "remote forward",
    lambda a: forwards.remote_forward(a),
    most=2,
    help="where to listen, and where it leads to: 8080 localhost:80",
    settings=("Forwards",),
)
DYNAMIC_FORWARD = ValueType(
    "dynamic forward",
    lambda a: forwards.dynamic_forward(a),
    most=2,
    help="where to listen, and where it leads to: 8080 localhost:80",
    settings=("Forwards",),
)
PROXY_JUMP = ValueType(
    "proxy jump",
    lambda a: hostports.jump(a),
    splitting="rest",
    printed=lambda value, printing: (str(value),) if value else (),
    help="hosts to go through, with commas between: user@host:port, or none",
    settings=("Commas",),
)
TUNNEL_DEVICE = ValueType(
    "tunnel device",
    lambda a: hostports.tunnel_device(a),
    help="two numbers of devices, LOCAL:REMOTE, or any",
    settings=("TunnelDevice",),
)
IPQOS = ValueType(
    "ipqos",
    lambda a: ipqos_classes.ipqos(a),
    most=2,
    help="a class of traffic, or one for terminals and one for the rest",
    settings=("IPQoS",),
)

# Values of several parts, or of several forms.

REKEY_LIMIT = ValueType(
    "rekey limit",
    lambda a: composite.rekey_limit(a),
    most=2,
    printed=lambda value, printing: composite.print_rekey_limit(value, printing),
    help="an amount of data, 1G or default, and a time if you like",
    settings=("RekeyLimit",),
)
MAX_STARTUPS = ValueType(
    "max startups",
    lambda a: connection_limits.max_startups(a),
    printed=lambda value, printing: connection_limits.print_startups(value, printing),
    help="a number, or START:PERCENT:FULL",
    settings=("MaxStartups",),
)
SOURCE_BLOCK = ValueType(
    "source block",
    lambda a: connection_limits.source_block(a),
    help="bits of an IPv4 and an IPv6 address, such as 32:128",
    settings=("SourceBlock",),
)
PENALTIES = ValueType(
    "penalties",
    lambda a: connection_limits.penalties(a),
    most=LIST,
    printed=lambda value, printing: connection_limits.print_penalties(value, printing),
    help="yes, no, or pairs of event and time: authfail:5s max:10m",
    settings=("PerSourcePenalties",),
)
CHANNEL_TIMEOUTS = ValueType(
    "channel timeouts",
    lambda a: composite.channel_timeouts(a),
    most=LIST,
    printed=lambda value, printing: composite.print_channel_timeouts(value, printing),
    on_one_line=True,
    empty_until=LISTS_ON_THE_SIDE,
    empty_is_fatal_from=LISTS_ON_THE_SIDE,
    help="pairs of channel type and time, session:*=1h, or none",
    settings=("ChannelTimeouts",),
)
ADD_KEYS = ValueType(
    "add keys",
    lambda a: composite.add_keys(a),
    most=2,
    help="yes, no, ask or confirm, and how long the agent keeps the key",
    settings=("AddKeysToAgent",),
)
CONTROL_PERSIST = ValueType(
    "control persist",
    lambda a: composite.control_persist(a),
    help="yes, no, or a time",
    settings=("ControlPersist",),
)
FORWARD_AGENT = ValueType(
    "forward agent",
    lambda a: composite.forward_agent(a),
    printed=lambda value, printing: composite.print_forward_agent(value, printing),
    help="yes, no, a socket's path, or the name of a variable that holds one",
    settings=("FlagOrText",),
)
KEYSTROKE_TIMING = ValueType(
    "keystroke timing",
    lambda a: composite.keystroke_timing(a),
    most=LIST,
    printed=lambda value, printing: composite.print_keystroke_timing(value, printing),
    help="yes, no or interval:MILLISECONDS",
    settings=("Milliseconds",),
)
