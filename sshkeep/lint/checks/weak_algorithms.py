"""Checks of algorithm lists in effect for algorithms with known flaws.

``+``, ``-`` and ``^`` are applied to the target's default list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from sshkeep.config.crypto_policy import is_in_policy
from sshkeep.config.precedence.global_value import global_value
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.intents import SetGlobal, SetLine
from sshkeep.lint.checks.findings import at_entry, global_value_concern, in_short, missing_position
from sshkeep.lint.checks.lines import effective_lines_in_blocks
from sshkeep.lint.finding import Finding, Fix, Severity
from sshkeep.lint.rule import Check, Options
from sshkeep.named import NamedTuple
from sshkeep.openssh.algorithms.flaws import Flaw
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import keyword_for
from sshkeep.openssh.targets import Target

VENDORS_WITH_UPSTREAM_LISTS = ("openssh", "debian")
"""Vendors with upstream's default lists; others set their own in files or on the command line."""


class EffectiveList(NamedTuple):
    """One list: ``text`` as written, empty for the default; ``names`` in effect."""

    text: str
    names: tuple[str, ...]
    default: tuple[str, ...]

    @property
    def builds_on_default(self) -> bool:
        """Whether names come from the target's default list."""
        return self.text[:1] in ("", "+", "-", "^")


def effective_list(option: str, text: str, config: Config, *, in_match: bool = False) -> EffectiveList:
    """The list in effect for ``text``; without names if the target refuses it."""
    return _effective_list(option, text, config.kind, config.target, in_match)


@lru_cache(maxsize=256)
def _effective_list(option: str, text: str, kind: Kind, target: Target, in_match: bool) -> EffectiveList:
    from sshkeep.openssh.algorithms.defaults import ALGORITHM_FAMILIES, default_list
    from sshkeep.openssh.algorithms.lists import BadAlgorithms, assemble

    default = default_list(ALGORITHM_FAMILIES[option], kind, target)
    if not text:
        return EffectiveList("", default, default)
    try:
        names = assemble(option, text, kind, target, in_match=in_match)
    except BadAlgorithms:
        return EffectiveList(text, (), default)
    return EffectiveList(text, tuple(names.split(",")) if names else (), default)


def global_list(option: str, config: Config) -> tuple[EffectiveList, Entry | None] | None:
    """The list in effect for everyone and its line; None if that is a vendor's default or policy."""
    if is_in_policy(option, config):
        return None
    effect = global_value(option, config)
    if not effect.certain or (
        effect.entry is None and config.target.vendor not in VENDORS_WITH_UPSTREAM_LISTS
    ):
        return None
    return effective_list(option, str(effect.value) if effect.entry else "", config), effect.entry


def weak_algorithms(
    keyword: str, flaws: Mapping[str, Flaw], message: Callable[[Config], str], *, defaults: bool = True
) -> Check:
    """Report algorithms in ``flaws``. ``message`` is the message up to their names.

    With ``defaults``, report the target's default list, too. A name that the line itself adds is a warning;
    one of the target's default that the line keeps is info, since a newer OpenSSH drops it.
    """
    option = keyword.lower()

    def check(config: Config, options: Options) -> Iterator[Finding]:
        row = keyword_for(option, config.kind, config.target)
        if row is None or not (defaults or config.lines(option)):
            return
        everyone = global_list(option, config)
        known: set[str] = set()
        if everyone and (everyone[1] is not None or defaults):
            made, entry = everyone
            known = {name for name in made.names if name in flaws}
            if known:
                yield _global_finding(
                    row.name, made, entry, _flawed(made, flaws), message(config), flaws, config
                )
        for entry, parsed in effective_lines_in_blocks(option, config):
            made = effective_list(option, str(parsed.value), config, in_match=config.kind == "sshd_config")
            brought = [name for name in _flawed(made, flaws) if name not in known]
            own = any(name not in made.default for name in brought)
            if brought and (own or not made.builds_on_default):
                yield _in_block(entry, made, brought, message(config), flaws)

    return check


def _flawed(made: EffectiveList, flaws: Mapping[str, Flaw]) -> list[str]:
    """The flawed names of a list, first those that the line adds to the default."""
    flawed = [name for name in made.names if name in flaws]
    return sorted(flawed, key=lambda name: made.builds_on_default and name in made.default)


def _global_finding(
    keyword: str,
    made: EffectiveList,
    entry: Entry | None,
    flawed: list[str],
    lead: str,
    flaws: Mapping[str, Flaw],
    config: Config,
) -> Finding:
    own = [name for name in flawed if not (made.builds_on_default and name in made.default)]
    severity: Severity = "warning" if own else "info"
    message = f"{lead} {_named(own or flawed)}"
    if entry is not None:
        label, notes = _why(own or flawed, flaws)
        finding = at_entry(entry, message)._replace(label=label)
    else:
        source, span = missing_position(keyword, config)
        label = f"not set: {config.target.name}'s default has {'it' if len(flawed) == 1 else 'them'}"
        notes = _notes(flawed, flaws)
        finding = Finding(message, source, span, keyword, label=label)
    better = without(made, flawed)
    fix = Fix(f"{keyword} without {_named(flawed)}", "unsafe", (SetGlobal(keyword, (better,)),))
    return finding._replace(
        notes=notes + _kept(own, flawed, config),
        severity=severity,
        fix=fix if better else None,
        concerns=(global_value_concern(keyword),),
    )


def _in_block(
    entry: Entry, made: EffectiveList, flawed: list[str], lead: str, flaws: Mapping[str, Flaw]
) -> Finding:
    finding = at_entry(entry, f"{lead} {_named(flawed)}")
    better = without(made, [name for name in made.names if name in flaws])
    title = f"{finding.keyword} without {_named(flawed)} in {in_short(finding.block)}"
    label, notes = _why(flawed, flaws)
    return finding._replace(
        message=f"{finding.message} ({in_short(finding.block)})",
        label=label,
        notes=notes,
        # Such a Host block may be there because the host supports nothing better.
        severity="info" if entry.directive.file.kind == "ssh_config" else "warning",
        fix=Fix(title, "unsafe", (SetLine(entry, better),)) if better else None,
    )


def without(made: EffectiveList, flawed: list[str]) -> str:
    """The argument without the flawed names; empty if no name is left.

    A list that only removes names stays one, since it follows the target's default.
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
    """Label and notes: one flaw is the label, several are a note each."""
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
