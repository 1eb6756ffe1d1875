"""The page of a keyword: what it does, its values, default and releases, and where a config sets it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sshkeep.config.crypto_policy import POLICY_WINS, lines_without_policy
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NEWEST, OLDEST
from sshkeep.openssh.tables.defaults import default_lines
from sshkeep.openssh.tables.keywords import UNKNOWN, all_keywords, descriptions, keywords, precedence
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.targets import Target
from sshkeep.openssh.vendors import TITLES
from sshkeep.output.terminal import Terminal, safe
from sshkeep.output.wrapping import name_lists, wrapped

LABEL = 10
"""Columns of the label before each fact."""


def languages_of(name: str) -> list[Kind]:
    """The languages that have a keyword spelt ``name`` in some release or vendor's program."""
    kinds: tuple[Kind, ...] = ("sshd_config", "ssh_config")
    return [kind for kind in kinds if _all_rows(name, kind)]


def keyword_lines(name: str, kind: Kind, target: Target, terminal: Terminal) -> Iterator[str]:
    """The keyword for this target, or the targets that have it."""
    spelt, facts = keyword_facts(name, kind, target)
    yield terminal.paint(f"{spelt} ({kind})", "bold")
    for label, text in facts:
        yield from _fact(label, text, terminal)


def keyword_facts(name: str, kind: Kind, target: Target) -> tuple[str, list[tuple[str, str]]]:
    """The keyword as OpenSSH spells it, and labels with texts; what it does has no label."""
    every = _all_rows(name, kind)
    row = keywords(kind, target).get(name.lower())
    facts = [
        *_what(name, row or every[0], kind),
        *([] if row is None or row.state else _as_the_target_has_it(row, kind, target)),
        *([] if row else [("known", f"not to {target.name}")]),
        ("releases", _releases(every)),
        *_aliases(row or every[0], kind, target),
    ]
    return (row or every[0]).name, facts


def _fact(label: str, text: str, terminal: Terminal) -> Iterator[str]:
    width = terminal.width - LABEL - 2
    words = [part for word in safe(text).split(" ") for part in name_lists(word, width)]
    lines = wrapped(" ".join(words), width, "", "", any_word=True) or [""]
    for at, line in enumerate(lines):
        yield f"  {label if at == 0 else '':<{LABEL}}{line}"


def _what(name: str, row: Keyword, kind: Kind) -> Iterator[tuple[str, str]]:
    known = descriptions(kind)
    text = known.get(name.lower()) or known.get(row.option)
    if text:
        yield "", text
    if row.state:
        yield "state", f"{row.state}: OpenSSH takes the line and does nothing with it"


def _as_the_target_has_it(row: Keyword, kind: Kind, target: Target) -> Iterator[tuple[str, str]]:
    yield "takes", row.type.help_for(target)
    if not row.type.sets_option:
        return
    yield "default", f"{_default(row, kind, target)} ({target.name})"
    if kind == "sshd_config":
        allowed = row.allowed_in_match(target.release)
        yield "in Match", "yes" if allowed else "no"
    last = precedence(row.option, kind).last_wins(target.release)
    yield "lines", "add to one list" if row.adds else f"the {'last' if last else 'first'} one wins"


def _default(row: Keyword, kind: Kind, target: Target) -> str:
    text = ", ".join(default_lines(row.option, kind, target))
    for template, shown in _FILLED_IN.items():
        text = text.replace(template, shown)
    return text or "none"


_FILLED_IN = {"{user}": "your name", "{home}": "~", "{hostname}": "the host", "{host}": "the host"}
"""What the placeholders of a default stand for."""


def _all_rows(name: str, kind: Kind) -> list[Keyword]:
    return [row for row in all_keywords(kind) if row.name.lower() == name.lower() and row.state != UNKNOWN]


def _releases(every: Iterable[Keyword]) -> str:
    upstream = [row for row in every if not row.vendors]
    if not upstream:
        vendors = dict.fromkeys(name for row in every for name in row.vendors)
        return "only on " + ", ".join(TITLES[name] for name in vendors)
    since, until = min(row.since for row in upstream), max(row.until for row in upstream)
    if since == OLDEST and until == NEWEST:
        return f"all from {OLDEST} on"
    return f"{since} to {until}" if until < NEWEST else f"since {since}"


def _aliases(row: Keyword, kind: Kind, target: Target) -> Iterator[tuple[str, str]]:
    others = [
        other.name
        for other in keywords(kind, target).values()
        if other.option == row.option and other.name.lower() != row.name.lower()
    ]
    if others:
        yield "also", ", ".join(dict.fromkeys(others))


def where_set_lines(name: str, config: Config, terminal: Terminal) -> Iterator[str]:
    """Every line of the config that sets the keyword, in any spelling, with its block."""
    row = config.known.get(name.lower())
    entries = config.lines(row.option if row else name.lower())
    if not entries:
        shown = row.name if row else name
        yield safe(f"  {config.top} does not set {shown}")
    replaced = lines_without_policy(row.option, config) if row and entries else []
    for entry in entries:
        effect = f"  (no effect: {POLICY_WINS})" if entry in replaced else ""
        yield safe(f"  {entry.directive.where}: {entry.directive.text}{_block(entry)}{effect}")


def _block(entry: Entry) -> str:
    if entry.block is None:
        return ""
    return f"  (in {entry.block.header.text})"
