"""Faults to plant in the reader and evaluator: each a small change of one function's source."""

import importlib
import inspect
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from sshkeep.openssh.values.value_type import LazyModule


class Fault(NamedTuple):
    """``old`` becomes ``new`` in the source of ``where`` (module:function or module:Class.method)."""

    name: str
    where: str
    old: str
    new: str


ORDER = "sshkeep.config.precedence.order"
OBTAINED = "sshkeep.config.precedence.obtained"
SSH = "sshkeep.config.effective.ssh"
POSTPROCESS = "sshkeep.config.effective.ssh_postprocess"
MATCHING = "sshkeep.config.blocks.matching"
PARSE_LINE = "sshkeep.config.parse_line"
LOAD = "sshkeep.config.tree.load"
WORDS = "sshkeep.syntax.words"
NUMBERS = "sshkeep.openssh.values.numbers"
LISTS = "sshkeep.openssh.values.lists"
LIMITS = "sshkeep.openssh.values.connection_limits"
VALUE_WORDS = "sshkeep.openssh.values.words"

FAULTS = (
    Fault("the last value wins", f"{ORDER}:strongest_first", "last = reverse or", "last = True or"),
    Fault("Match does not override", f"{ORDER}:strongest_first", "return line.stage, ", "return -line.stage, "),
    Fault("Match extends lists", f"{OBTAINED}:_members", "if overridden and", "if False and"),
    Fault("Match all is not true at start", f"{MATCHING}:_at_start", 'criterion.name == "all"', "False"),
    Fault("Match all is for no one", f"{MATCHING}:_both", "for truth in truths:", "for truth in [*truths, False]:"),
    Fault("a block does not end the one before", f"{LOAD}:_Walk.read", "Block(directive, outer, ", "Block(directive, block, "),
    Fault(
        "an included block goes on in the includer",
        f"{LOAD}:_Walk.read",
        "self.include(directive, block, depth)",
        "self.include(directive, block, depth); block = (self.config.blocks or [block])[-1]",
    ),
    Fault("Include is ignored", f"{LOAD}:_Walk.include", "for word in words:", "for word in []:"),
    Fault("Include forgets the block it stands in", f"{LOAD}:_Walk.enter", "self.read(file, block,", "self.read(file, None,"),
    Fault("Include in no order", "sshkeep.config.tree.file_system:DiskFileSystem.glob", "key=os.fsencode", "key=str.lower"),
    Fault("keywords in one case only", f"{LOAD}:_Walk.read", "typed.lower()", "typed"),
    Fault("# as in older releases", "sshkeep.openssh.splitting:split_arguments", "release < ARGV_SPLIT", "True"),
    Fault("# anywhere ends the words", f"{WORDS}:split_words", 'raw[at] == ord("#")', 'b"#" in raw[at:end]'),
    Fault("= is part of the value", f"{WORDS}:split_line", "plain.end()", "plain.end(1)"),
    Fault("any number of =", f"{WORDS}:split_line", "plain.end(), end", 'end - len(raw[plain.end():end].lstrip(b"= ")), end'),
    Fault("single quotes mean nothing", f"{WORDS}:_quoted_word", r'''byte in b"\"'"''', '''byte in b'"\''''),
    Fault("quotes need not be closed", f"{WORDS}:_quoted_word", "raise BadQuotes", "pass"),
    Fault("backslash escapes anything", f"{WORDS}:_escapes", "raw[at] in _ESCAPABLE or", "True or"),
    Fault("negated patterns mean nothing", "sshkeep.openssh.patterns:match_list", "return False", "continue"),
    Fault("a negated pattern alone fits the rest", "sshkeep.openssh.patterns:match_list", "fits = False", "fits = bool(patterns) and patterns[0][:1] == '!'"),
    Fault("Host in any case", f"{MATCHING}:host_line_holds", "name, patterns", "name.lower(), [p.lower() for p in patterns]"),
    Fault("Host is the HostName", f"{MATCHING}:_ssh_holds", "state.host if state.final else state.query.host", "state.host"),
    Fault("Match host is the name given", "sshkeep.config.blocks.clients:SshState.match_host", "self.host", "self.query.host"),
    Fault("! before a criterion means nothing", f"{MATCHING}:_ssh_holds", "truth != criterion.negated", "truth"),
    Fault("an attribute that is not given fits", f"{MATCHING}:_matches_text", "value is not None and", "value is None or"),
    Fault("no second pass", f"{MATCHING}:wants_final_pass", "return any(", "return not any("),
    Fault("BatchMode changes nothing", "sshkeep.config.effective.evaluate:_raise_defaults", "if raised and unset", "if False and unset"),
    Fault("none is 0", f"{NUMBERS}:time", "return None", "return 0"),
    Fault("a number without unit takes the unit before", f"{NUMBERS}:_factor", "release <= TIME_FACTOR_STICKS", "True"),
    Fault("units in lower case only", f"{NUMBERS}:parse_time", "piece.group(3).lower()", 'piece.group(3) if piece.group(3).islower() else ""'),
    Fault("no limit for numbers", f"{NUMBERS}:parse_time", "total <= INT_MAX", "True"),
    Fault("any keyword in a Match block", f"{PARSE_LINE}:_parse", "if not at_start and not", "if False and not"),
    Fault("IgnoreUnknown excuses nothing", f"{SSH}:_Walk.refuses", "match_list(", "False and match_list("),
    Fault("IgnoreUnknown is one pattern", f"{SSH}:_Walk.update_state", '.split(",")', ".split()"),
    Fault("extra arguments are no error", "sshkeep.openssh.values.value_type:ValueType.read", "if extra and", "if False and"),
    Fault("address ranges are texts", "sshkeep.openssh.addresses:_fits", "if network is None", "if True"),
    Fault("octal is decimal", f"{NUMBERS}:octal", "int(digits.group(), 8)", "int(digits.group())"),
    Fault("any spelling of a flag", f"{VALUE_WORDS}:read_word", "text.lower()", 'text.lower().replace("true", "yes").replace("on", "yes")'),
    Fault("any word for an enumeration", f"{VALUE_WORDS}:read_word", "if word is None:", "if False:"),
    Fault("a hash has one case", f"{VALUE_WORDS}:read_word", "text if exact_case else text.lower()", "text"),
    Fault("sizes by thousands", f"{NUMBERS}:parse_size", "_SCALES[size[3].upper()]", "1000 ** _SCALES[size[3].upper()].bit_length()"),
    Fault("one rate for all startups", f"{LIMITS}:max_startups", "1 <= numbers[1] <= 100", "True"),
    Fault("IPQoS in words only", "sshkeep.openssh.values.ipqos:_traffic_class", "if number is None:", "if True:"),
    Fault("environment names with =", f"{LISTS}:environment_names", 'if "=" in text', "if False"),
    Fault("none goes with others", f"{LISTS}:none_or_words", "len(listed) > 1", "False"),
    Fault("ports have no end", f"{NUMBERS}:parse_port", "65535", "99999"),
    Fault("forwards end where they please", "sshkeep.openssh.values.forwards:parse_forward", "not whole or not fields", "not fields"),
    Fault("an address is a name", "sshkeep.config.effective.sshd_startup:shown_address", "if address is None:", "if True:"),
    Fault("forwards are not cleared", f"{POSTPROCESS}:postprocess", 'lines.get("clearallforwardings") == ("yes",)', "False"),
    Fault("UpdateHostKeys by itself", f"{POSTPROCESS}:_update_host_keys", "plain = files is None or", "plain = True or"),
    Fault("none is a path", "sshkeep.openssh.tables.printing:printed_lines", 'value.lower() == "none"', "False"),
    Fault("RekeyLimit as a whole", f"{OBTAINED}:_parts", "if name not in parts}", "if not parts}"),
    Fault("the same file twice", f"{OBTAINED}:_members", "not rule.once or", "True or"),
    Fault("ProxyJump and ProxyCommand get on", f"{OBTAINED}:_not_switched_off", "if other is None or", "if True or"),
    Fault("every facility in its block", "sshkeep.openssh.tables.precedence:Precedence.ignores_block", "return release <", "return False and release <"),
    Fault("every Port for itself", "sshkeep.config.effective.sshd_startup:listen_lines", "[port] if port else known", '[port] if port else ["22"]'),
    Fault("none is left of Match", f"{OBTAINED}:obtain", "in_match = config.kind", "in_match = False and config.kind"),
    Fault("NUL is a byte like others", "sshkeep.syntax.nul:lines_as_read", r'line.partition(b"\0")', r'(line, b"", b"")'),
    Fault("NUL ends sshd's line", "sshkeep.config.tree.file:File.ends_at_nul", 'self.kind == "ssh_config"', "True"),
    Fault("NUL glues ssh's lines", "sshkeep.config.tree.file:File.ends_at_nul", 'self.kind == "ssh_config"', "False"),
    Fault("what is glued keeps its margin", "sshkeep.syntax.nul:lines_as_read", "stripped if pieces else piece", "piece"),
    Fault("what is glued is told where it ends", "sshkeep.syntax.nul:lines_as_read", "yield AsRead(first,", "yield AsRead(number,"),
    Fault("~user is a file", "sshkeep.openssh.values.tilde:expand_tilde", 'name not in ("", user)', "name"),
    Fault("variables in forwardings stay", "sshkeep.config.effective.ssh_postprocess:_with_variables", 'if "${" in str(r.value)', "if False"),
    Fault("any number of known hosts files", f"{SSH}:effective_ssh", "> MOST_WORDS", "> 999"),
    Fault("Debian's names are unknown", "sshkeep.openssh.tables.keywords:keywords", "target.vendor in keyword.vendors", "False"),
)  # fmt: skip


@contextmanager
def planted(fault: Fault) -> Iterator[None]:
    """sshkeep with the fault in it; every module that imported the function gets the faulty one."""
    module_name, _, path = fault.where.partition(":")
    module = importlib.import_module(module_name)
    *outer, name = path.split(".")
    owner: Any = getattr(module, outer[0]) if outer else module
    original = inspect.unwrap(getattr(owner, name))
    source = textwrap.dedent(inspect.getsource(original))
    assert fault.old in source, f"{fault.where} has no {fault.old!r} any more"
    names: dict[str, Any] = {}
    exec(source.replace(fault.old, fault.new), vars(module), names)
    wrapped = getattr(owner, name)
    replaced = [(owner, name)] if outer else _users(wrapped)
    try:
        for user, attribute in replaced:
            setattr(user, attribute, names[name])
        _forget()
        yield
    finally:
        for user, attribute in replaced:
            setattr(user, attribute, wrapped)
        _forget()


def _users(function: object) -> list[tuple[Any, str]]:
    modules = [module for key, module in sys.modules.items() if key.startswith("sshkeep")]
    return [(module, key) for module in modules for key, value in vars(module).items() if value is function]


def _forget() -> None:
    """Answers remembered from before the fault, or from it, are not used."""
    for module in [module for key, module in sys.modules.items() if key.startswith("sshkeep")]:
        for value in list(vars(module).values()):
            if isinstance(value, LazyModule):
                for attribute in vars(value).keys() - {"_name"}:
                    delattr(value, attribute)
            elif hasattr(value, "cache_clear"):
                value.cache_clear()
