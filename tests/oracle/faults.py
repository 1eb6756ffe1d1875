"""Faults to plant in the reader and evaluator: each a small change of one function's source."""

import importlib
import inspect
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple


class Fault(NamedTuple):
    """``old`` becomes ``new`` in the source of ``where`` (module:function or module:Class.method)."""

    name: str
    where: str
    old: str
    new: str


EFFECTIVE = "sshkeep.config.effective"
MATCHING = "sshkeep.config.matching"
READING = "sshkeep.config.reading"
LOAD = "sshkeep.config.load"
WORDS = "sshkeep.syntax.words"
VALUES = "sshkeep.openssh.values"

FAULTS = (
    Fault("the last value wins", f"{EFFECTIVE}:_take", "not adds:", "not adds and setting.won.clear():"),
    Fault("Match does not override", f"{EFFECTIVE}:_overridden", "{**start, **match}", "{**match, **start}"),
    Fault("Match extends lists", f"{EFFECTIVE}:_overridden", "if before and", "setting.won[:0] = before.won if before else []\n        if before and"),
    Fault("Match all is not true at start", f"{MATCHING}:_at_start", 'criterion.name == "all"', "False"),
    Fault("Match all is for no one", f"{MATCHING}:_both", "for truth in truths:", "for truth in [*truths, False]:"),
    Fault("a block does not end the one before", f"{LOAD}:_Walk.read", "Context(directive, outer)", "Context(directive, context)"),
    Fault(
        "an included block goes on in the includer",
        f"{LOAD}:_Walk.read",
        "self.include(directive, context, depth)",
        "self.include(directive, context, depth); context = (self.config.headers or [context])[-1]",
    ),
    Fault("Include is ignored", f"{LOAD}:_Walk.include", "for word in words:", "for word in []:"),
    Fault("Include forgets the block it stands in", f"{LOAD}:_Walk.enter", "self.read(file, context,", "self.read(file, None,"),
    Fault("Include in no order", "sshkeep.config.files:DiskFiles.glob", "key=os.fsencode", "key=str.lower"),
    Fault("keywords in one case only", f"{LOAD}:_Walk.read", "typed.lower()", "typed"),
    Fault("# as in older releases", "sshkeep.openssh.arguments:arguments", "release < ARGV_SPLIT", "True"),
    Fault("# anywhere ends the words", f"{WORDS}:split_words", 'raw[at] == ord("#")', 'b"#" in raw[at:end]'),
    Fault("= is part of the value", f"{WORDS}:split_line", "plain.end()", "plain.end(1)"),
    Fault("any number of =", f"{WORDS}:split_line", "plain.end(), end", 'end - len(raw[plain.end():end].lstrip(b"= ")), end'),
    Fault("single quotes mean nothing", f"{WORDS}:_quoted_word", r'''byte in b"\"'"''', '''byte in b'"\''''),
    Fault("quotes need not be closed", f"{WORDS}:_quoted_word", "raise BadQuotes", "pass"),
    Fault("backslash escapes anything", f"{WORDS}:_escapes", "raw[at] in _ESCAPABLE or", "True or"),
    Fault("negated patterns mean nothing", "sshkeep.openssh.patterns:match_list", "return False", "continue"),
    Fault("a negated pattern alone fits the rest", "sshkeep.openssh.patterns:match_list", "fits = False", "fits = patterns[0][:1] == '!'"),
    Fault("Host in any case", f"{MATCHING}:host_line_holds", "name, patterns", "name.lower(), [p.lower() for p in patterns]"),
    Fault("Host is the HostName", f"{MATCHING}:_ssh_holds", "asked.host if asked.final else asked.original_host", "asked.host"),
    Fault("Match host is the name given", f"{MATCHING}:Asked.match_host", "self.host", "self.original_host"),
    Fault("! before a criterion means nothing", f"{MATCHING}:_ssh_holds", "truth != criterion.negated", "truth"),
    Fault("an attribute that is not told fits", f"{MATCHING}:_told", "value is not None and", "value is None or"),
    Fault("no second pass", f"{EFFECTIVE}:_wants_final_pass", "return any(", "return not any("),
    Fault("BatchMode changes nothing", f"{EFFECTIVE}:_with_defaults", 'batch.value == "yes"', "False"),
    Fault("none is 0", f"{READING}:_typed", "return Reading(words, None)", "return Reading(words, 0)"),
    Fault("a number without unit takes the unit before", f"{VALUES}:parse_time", "_UNITS[unit]", '_UNITS.get(unit or text.strip("0123456789")[:1].lower(), 1)'),
    Fault("units in lower case only", f"{VALUES}:parse_time", "piece.group(3).lower()", 'piece.group(3) if piece.group(3).islower() else ""'),
    Fault("no limit for numbers", f"{VALUES}:parse_time", "total <= INT_MAX", "True"),
    Fault("any keyword in a Match block", f"{READING}:_allowed_in_match", "return applies_at_start", "return True or applies_at_start"),
    Fault("IgnoreUnknown excuses nothing", f"{READING}:_excused", "return bool(words) and", "return False and"),
    Fault("IgnoreUnknown works backwards", f"{READING}:_excused", "active is None or", "active is None or False and"),
    Fault("extra arguments are no error", f"{READING}:_typed", "len(words) > 1", "False"),
    Fault("address ranges are texts", "sshkeep.openssh.addresses:_match_one", 'if "/" in pattern:', "if False:"),
    Fault("Debian's names are unknown", "sshkeep.openssh.keyword:keywords", 'row.vendor in ("", target.vendor)', 'row.vendor == ""'),
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
            if hasattr(value, "cache_clear"):
                value.cache_clear()
