"""From a keyword's type to the function that reads its arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import ARGV_SPLIT, LISTS_ON_THE_SIDE, REVOKED_LISTS
from sshkeep.openssh.tables.keywords import Keyword
from sshkeep.openssh.values import (
    composite,
    connection_limits,
    domains,
    hostports,
    ipqos,
    lists,
    numbers,
    texts,
    variables,
    words,
)
from sshkeep.openssh.values.arguments import Arguments, BadValue, Value


class Type(NamedTuple):
    """``takes`` is how many words are read at most, 0 for all; more are an error."""

    read: Callable[[Arguments], Value]
    takes: int = 1


def _algorithms(given: Arguments) -> str:
    from sshkeep.openssh.values.ciphers import algorithms

    return algorithms(given)


def _agent(given: Arguments) -> str:
    return texts.agent(given) if given.kind == "sshd_config" else variables.agent_path(given)


TYPES: dict[str, Type] = {
    "add keys": Type(composite.add_keys, 2),
    "addendum": Type(texts.addendum),
    "address": Type(hostports.listen_address, 3),
    "addresses": Type(texts.addresses),
    "agent": Type(_agent),
    "agent socket": Type(texts.agent_socket),
    "algorithms": Type(_algorithms),
    "canonical names": Type(domains.permitted_names, 0),
    "channel timeouts": Type(connection_limits.channel_timeouts, 0),
    "command": Type(texts.command),
    "domains": Type(domains.domains, 0),
    "enum": Type(words.enum),
    "environment": Type(lists.environment, 0),
    "escape": Type(composite.escape_char),
    "files": Type(lists.files, 0),
    "flag": Type(words.flag),
    "forward": Type(hostports.forward, 2),
    "forward agent": Type(composite.forward_agent),
    "globs": Type(lists.words, 0),
    "home path": Type(texts.home_path),
    "host files": Type(lists.host_files, 0),
    "integer": Type(numbers.integer),
    "integer or none": Type(connection_limits.integer_or_none),
    "ipqos": Type(ipqos.ipqos, 2),
    "jump": Type(hostports.jump),
    "key options": Type(composite.pubkey_options, 0),
    "keystrokes": Type(composite.keystroke_timing, 0),
    "methods": Type(texts.methods, 0),
    "names": Type(lists.environment_names, 0),
    "none or words": Type(lists.none_or_words, 0),
    "octal": Type(numbers.octal),
    "path": Type(texts.path),
    "penalties": Type(connection_limits.penalties, 0),
    "permissions": Type(hostports.permissions, 0),
    "persist": Type(composite.control_persist),
    "port": Type(numbers.port),
    "provider": Type(texts.provider),
    "rekey limit": Type(connection_limits.rekey_limit, 2),
    "rest": Type(texts.rest),
    "revoked": Type(texts.revoked, 0),
    "routing domain": Type(texts.routing_domain),
    "source block": Type(connection_limits.source_block),
    "startups": Type(connection_limits.max_startups),
    "subsystem": Type(texts.subsystem, 0),
    "time": Type(numbers.time),
    "tunnel": Type(hostports.tunnel_device),
    "users": Type(lists.users, 0),
    "word": Type(texts.word),
    "words": Type(lists.words, 0),
}


def takes_all(row: Keyword) -> bool:
    """Whether a line of the keyword has any number of words, each of which counts for itself."""
    return TYPES[row.type].takes == 0


def read_value(given: Arguments) -> Value:
    """The value of a line's arguments. Raises BadValue where the target refuses them."""
    type = TYPES[given.keyword.type]
    if not given.words or not given.words[0]:
        value = _nothing(given, type)
        _check_ends(given, type)
        return value
    value = type.read(given)
    _check_ends(given, type)
    if type.takes and len(given.words) > type.takes and (given.splits_argv or given.words[type.takes]):
        problem = f"more than {_COUNT[type.takes]} after {given.keyword.name}"
        raise BadValue(problem, reason="extra argument")
    return value


def _check_ends(given: Arguments, type: Type) -> None:
    """Up to 8.6 an empty word ended a list, and what came behind it was garbage at the end of the line."""
    if type.takes or given.splits_argv or "" not in given.words or given.keyword.type in _READ_AS_FAR:
        return
    behind = given.words[given.words.index("") + 1 :]
    if behind and behind[0]:
        raise BadValue(f"more than a list after {given.keyword.name}", reason="extra argument")


_READ_AS_FAR = ("files", "methods", "host files")
"""Lists of which nothing behind an empty word was looked at."""
_COUNT = {1: "one argument", 2: "two arguments", 3: "three arguments"}


def _nothing(given: Arguments, type: Type) -> Value:
    """No argument, or an empty one first: an error unless a list of an older release is meant."""
    lists_may_be_empty = given.target.release < LISTS_ON_THE_SIDE and given.keyword.type in _MAY_BE_EMPTY
    never_counted = given.keyword.type in _NEVER_COUNTED[given.kind]
    if (lists_may_be_empty or never_counted) and (not given.words or not given.splits_argv):
        return "none" if given.keyword.type == "key options" else None
    if given.words and given.splits_argv and type.takes == 0:
        return type.read(given)
    if given.words and not given.splits_argv and (given.kind, given.keyword.type) in _READ_IF_SEPARATED:
        return type.read(given)
    since = _FATAL_IF_EMPTY.get(given.keyword.type)
    fatal = True if since and given.target.release >= since else None
    raise BadValue(f"nothing after {given.keyword.name}", fatal, reason="missing argument")


_READ_IF_SEPARATED = (("ssh_config", "rest"), ("sshd_config", "command"))
"""Up to 8.6 an empty rest of the line behind a separator, or a quoted keyword, was no missing one."""
_MAY_BE_EMPTY = frozenset(
    (
        *("names", "words", "users", "environment", "files", "host files", "none or words", "key options"),
        *("canonical names", "channel timeouts", "domains"),
    )
)
"""Lists that end where the words do, so that none at all was fine up to 9.6."""
_FATAL_IF_EMPTY = {
    "canonical names": LISTS_ON_THE_SIDE,
    "channel timeouts": LISTS_ON_THE_SIDE,
    "domains": LISTS_ON_THE_SIDE,
    "environment": LISTS_ON_THE_SIDE,
    "names": LISTS_ON_THE_SIDE,
    "permissions": ARGV_SPLIT,
    "revoked": REVOKED_LISTS,
}
"""Lists for which ssh, too, exits at once where a comment takes all the line (readconf.c), and since when."""
_NEVER_COUNTED: dict[Kind, tuple[str, ...]] = {
    "sshd_config": ("key options",),
    "ssh_config": ("globs", "host files", "none or words"),
}
"""Those of which it still is, where a comment takes all the line."""
