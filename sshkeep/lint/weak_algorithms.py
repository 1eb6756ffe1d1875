"""Algorithms with known flaws, in the lists that are in effect: + - ^ are applied to the target's default."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from sshkeep.config.precedence.global_value import global_value
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.intents import SetGlobal, SetLine
from sshkeep.lint.finding import Finding, Fix, Severity, at_entry, concern, in_short
from sshkeep.lint.rule import Check, Options
from sshkeep.lint.vocabulary import missing_place
from sshkeep.lint.weak import own_lines
from sshkeep.openssh.algorithms.flaws import Flaw
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import keyword_for
from sshkeep.openssh.targets import Target

KNOWN_DEFAULTS = ("openssh", "debian")
"""Vendors whose default lists are upstream's; others bring their own in files or on the command line."""


class Listed(NamedTuple):
    """One list of a config: ``text`` as written, empty for the default; ``names`` in effect."""

    text: str
    names: tuple[str, ...]
    default: tuple[str, ...]

    @property
    def builds_on_default(self) -> bool:
        """Whether names come from the target's default and not from the line."""
        return self.text[:1] in ("", "+", "-", "^")


def list_of(option: str, text: str, config: Config, *, in_match: bool = False) -> Listed:
    """The list that ``text`` makes; no names where the target refuses it."""
    return _list_of(option, text, config.kind, config.target, in_match)


@lru_cache(maxsize=256)
def _list_of(option: str, text: str, kind: Kind, target: Target, in_match: bool) -> Listed:
    from sshkeep.openssh.algorithms.defaults import FAMILIES, default_list
    from sshkeep.openssh.algorithms.lists import BadAlgorithms, assemble

    default = default_list(FAMILIES[option], kind, target)
    if not text:
        return Listed("", default, default)
    try:
        names = assemble(option, text, kind, target, in_match=in_match)
    except BadAlgorithms:
        return Listed(text, (), default)
    return Listed(text, tuple(names.split(",")) if names else (), default)


def list_for_everyone(option: str, config: Config) -> tuple[Listed, Entry | None] | None:
    """The list in effect and its line; None where it is not known (a default that a vendor makes)."""
    effect = global_value(option, config)
    if not effect.certain or (effect.entry is None and config.target.vendor not in KNOWN_DEFAULTS):
        return None
    return list_of(option, str(effect.value) if effect.entry else "", config), effect.entry


def weak_algorithms(
    keyword: str, flaws: Mapping[str, Flaw], says: Callable[[Config], str], *, defaults: bool = True
) -> Check:
    """``says`` is what happens, to be followed by the names. ``defaults``: whether to tell of the target's.

    A name that the line itself brings in is a warning; one that the target's default has and the line
    keeps is info, since a newer OpenSSH mends it.
    """
    option = keyword.lower()

    def check(config: Config, options: Options) -> Iterator[Finding]:
        row = keyword_for(option, config.kind, config.target)
        if row is None or not (defaults or config.lines(option)):
            return
        everyone = list_for_everyone(option, config)
        known: set[str] = set()
        if everyone and (everyone[1] is not None or defaults):
            made, entry = everyone
            known = {name for name in made.names if name in flaws}
            if known:
                yield _told(row.name, made, entry, _judged(made, flaws), says(config), flaws, config)
        for entry, parsed in own_lines(option, config):
            made = list_of(option, str(parsed.value), config, in_match=config.kind == "sshd_config")
            brought = [name for name in _judged(made, flaws) if name not in known]
            own = any(name not in made.default for name in brought)
            if brought and (own or not made.builds_on_default):
                yield _in_block(entry, made, brought, says(config), flaws)

    return check


def _judged(made: Listed, flaws: Mapping[str, Flaw]) -> list[str]:
    """The flawed names of a list, those first that the line and not the default brings in."""
    flawed = [name for name in made.names if name in flaws]
    return sorted(flawed, key=lambda name: made.builds_on_default and name in made.default)


def _told(
    keyword: str,
    made: Listed,
    entry: Entry | None,
    flawed: list[str],
    says: str,
    flaws: Mapping[str, Flaw],
    config: Config,
) -> Finding:
    own = [name for name in flawed if not (made.builds_on_default and name in made.default)]
    severity: Severity = "warning" if own else "info"
    message = f"{says} {_named(own or flawed)}"
    if entry is not None:
        label, notes = _why(own or flawed, flaws)
        finding = at_entry(entry, message)._replace(label=label)
    else:
        source, span = missing_place(keyword, config)
        label = f"not set: {config.target.name}'s default has {'it' if len(flawed) == 1 else 'them'}"
        notes = _notes(flawed, flaws)
        finding = Finding(message, source, span, keyword, label=label)
    better = without(made, flawed)
    fix = Fix(f"{keyword} without {_named(flawed)}", "unsafe", (SetGlobal(keyword, (better,)),))
    return finding._replace(
        notes=notes + _kept(own, flawed, config),
        severity=severity,
        fix=fix if better else None,
        concerns=(concern(keyword),),
    )


def _in_block(entry: Entry, made: Listed, flawed: list[str], says: str, flaws: Mapping[str, Flaw]) -> Finding:
    finding = at_entry(entry, f"{says} {_named(flawed)}")
    better = without(made, [name for name in made.names if name in flaws])
    title = f"{finding.keyword} without {_named(flawed)} in {in_short(finding.block)}"
    label, notes = _why(flawed, flaws)
    return finding._replace(
        message=f"{finding.message} ({in_short(finding.block)})",
        label=label,
        notes=notes,
        # A host of its own that can do no better is what the block is for.
        severity="info" if entry.directive.file.kind == "ssh_config" else "warning",
        fix=Fix(title, "unsafe", (SetLine(entry, better),)) if better else None,
    )


def without(made: Listed, flawed: list[str]) -> str:
    """The argument that leaves the flawed names out; empty where nothing would be left.

    A list that only takes away goes on to do so, since that follows the target's default.
    """
    left = [name for name in made.names if name not in flawed]
    if not left:
        return ""
    if made.text[:1] in ("", "-"):
        return ",".join([made.text or "-", *flawed]).replace("-,", "-", 1)
    return ",".join(left)


def _named(names: list[str]) -> str:
    short = [name.partition("@")[0] for name in names[:2]]
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    return (", " if more else " and ").join(short) + more


def _why(names: list[str], flaws: Mapping[str, Flaw]) -> tuple[str, tuple[str, ...]]:
    """Label and notes: one flaw stands under the line, several on lines of their own."""
    if len({flaws[name] for name in names}) == 1:
        return _flaw(flaws[names[0]]), ()
    return "", _notes(names, flaws)


def _notes(names: list[str], flaws: Mapping[str, Flaw]) -> tuple[str, ...]:
    by_flaw: dict[Flaw, list[str]] = {}
    for name in names:
        by_flaw.setdefault(flaws[name], []).append(name)
    return tuple(f"{_named(group)}: {_flaw(flaw)}" for flaw, group in by_flaw.items())


def _flaw(flaw: Flaw) -> str:
    since = f"; not in OpenSSH's defaults since {flaw.dropped}" if flaw.dropped else ""
    return f"{flaw.what}{since}"


def _kept(own: list[str], flawed: list[str], config: Config) -> tuple[str, ...]:
    kept = [name for name in flawed if name not in own]
    return (f"{config.target.name}'s default has {_named(kept)} too",) if own and kept else ()
