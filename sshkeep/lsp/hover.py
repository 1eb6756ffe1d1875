"""What is known about the word under the cursor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lsprotocol import types

from sshkeep.config.blocks.criteria import HOST_LINE, BadCriteria, Criterion, parse_criteria
from sshkeep.config.blocks.named_hosts import named_hosts
from sshkeep.config.blocks.unsatisfiable import why_unsatisfiable
from sshkeep.config.effective.printed import printed_value_of
from sshkeep.config.parse_line import parse_entry
from sshkeep.config.precedence.global_value import InEffect
from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.config.precedence.order import all_count
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.idle.model.endpoint import COUNT_KEYWORD, INTERVAL_KEYWORD
from sshkeep.lsp.analysis import Analysis
from sshkeep.lsp.idle_sessions import idle_outlooks
from sshkeep.lsp.includes import included_files
from sshkeep.openssh.kind import CLIENT_TITLES
from sshkeep.openssh.patterns import match_list
from sshkeep.output.explain import keyword_facts, languages_of
from sshkeep.output.terminal import safe
from sshkeep.syntax.source import Span

MOST_LISTED = 20
"""Names that are listed; of more, how many there are."""
KEEPALIVE = {each.lower() for words in (INTERVAL_KEYWORD, COUNT_KEYWORD) for each in words.values()} | {
    "tcpkeepalive"
}
OUTCOMES = {"Survives": ("survives",), "At risk on": ("at risk",), "Lost on": ("dropped", "race")}
_HOSTS = (HOST_LINE, "host", "originalhost")


def hover(analysis: Analysis, position: types.Position, whole: bool = True) -> types.Hover | None:
    """What is known about the line at a position, and the range that it is about.

    Without ``whole``, the analysis is of a part of the text, in which no line is known to win.
    """
    config, path = analysis.config, analysis.job.path
    if config is None or config.kind in CLIENT_TITLES or path not in config.files:
        return None
    positions = analysis.positions(path, config.files[path].source.data)
    offset = positions.offset(position)
    paragraphs: list[str] = []
    span: Span | None = None
    if block := analysis.block_at(path, offset):
        span, paragraphs = block.header.whole, list(_block(block, config))
    elif entry := analysis.entry_at(path, offset):
        line = entry.directive.line
        on_keyword = offset <= entry.directive.span(line.start, line.stop).end
        span = entry.directive.span(line.start, line.stop) if on_keyword else entry.directive.whole
        paragraphs = list(_entry(entry, analysis, config, on_keyword, whole))
    if span is None or not paragraphs:
        return None
    text = types.MarkupContent(types.MarkupKind.Markdown, "\n\n".join(paragraphs))
    return types.Hover(text, positions.range(*span))


def _entry(entry: Entry, analysis: Analysis, config: Config, on_keyword: bool, whole: bool) -> Iterator[str]:
    if on_keyword:
        yield from keyword_paragraphs(entry.directive.line.name, config)
    if entry.keyword is None:
        return
    yield from _value(entry, config)
    if entry.keyword.type.is_include:
        yield from _include(entry, analysis)
    elif whole:
        yield from _in_effect(entry, config)
    if whole and entry.option in KEEPALIVE:
        yield from _idle(entry, analysis, config)


def keyword_paragraphs(name: str, config: Config) -> Iterator[str]:
    """The keyword as ``sshkeep explain`` has it, in Markdown; nothing for one that no release knows."""
    if config.kind not in languages_of(name):
        return
    spelt, facts = keyword_facts(name, config.kind, config.target)
    yield f"**{spelt}** ({config.kind})"
    yield from (text for label, text in facts if not label)
    yield "\n".join(
        f"- {label}: {code(text) if label == 'default' else text}" for label, text in facts if label
    )


def _value(entry: Entry, config: Config) -> Iterator[str]:
    """What the value comes to, where that is not what stands there."""
    assert entry.keyword
    parsed = parse_entry(entry, config)
    if parsed.problem:
        yield f"Refused: {code(parsed.problem)}"
    elif parsed.value is not None and entry.keyword.type.sets_option:
        texts = printed_value_of([(entry, parsed)], entry.keyword, config)
        text = " ".join(texts)
        if text and text != entry.directive.arguments:
            yield f"Comes to {code(text)}"


def _in_effect(entry: Entry, config: Config) -> Iterator[str]:
    """The line that wins, if it is another one."""
    assert entry.keyword
    if not entry.keyword.type.sets_option or all_count(entry.option, config):
        return
    found: InEffect = value_in_block(entry.option, entry.block, config)
    where = "where no other block applies" if entry.block else "for everyone"
    if found.entry and found.entry.directive is not entry.directive:
        winner = found.entry.directive
        yield f"**Not in effect**: {code(winner.text)} wins {where} ({code(winner.where)})"
    elif found.entry and found.certain:
        yield f"In effect {where}"


def _include(entry: Entry, analysis: Analysis) -> Iterator[str]:
    for each in included_files(entry, analysis):
        files = "\n".join(f"{number}. {code(path)}" for number, path in enumerate(each.paths, 1))
        yield (
            f"{code(each.argument)} reads, in this order:\n{files}"
            if files
            else f"{code(each.argument)} reads no file"
        )


def _idle(entry: Entry, analysis: Analysis, config: Config) -> Iterator[str]:
    """What becomes of an idle session, for sshd or for the first host of the line's block."""
    header = entry.block.header.where if entry.block else ""
    if config.kind == "sshd_config" and entry.block:
        return
    outlook = next((each for each in idle_outlooks(analysis) if each.header == header), None)
    if outlook:
        yield f"Idle session ({code(outlook.name)}): {outlook.first_probe}; it {outlook.summary}"
        for what, verdicts in OUTCOMES.items():
            if names := outlook.paths(*verdicts):
                yield f"{what}: {names}"


def _block(block: Block, config: Config) -> Iterator[str]:
    """Which of the names in the files a Host or Match line applies to."""
    yield from keyword_paragraphs(block.header.line.name, config)
    if why := why_unsatisfiable(block, config):
        yield f"**Never applies**: {why}"
        return
    try:
        criteria = parse_criteria(block)
    except BadCriteria as error:
        yield f"Refused: {code(str(error))}"
        return
    for criterion in criteria:
        names = _names(criterion, config)
        if names is not None:
            fitting = [name for name in names if _fits(name, criterion)]
            shown = ", ".join(map(code, fitting[:MOST_LISTED])) or "none"
            more = f" and {len(fitting) - MOST_LISTED} more" if len(fitting) > MOST_LISTED else ""
            what = "hosts" if criterion.name in _HOSTS else f"{criterion.name}s"
            yield f"Of the {what} in these files it applies to: {shown}{more}"


def _names(criterion: Criterion, config: Config) -> list[str] | None:
    """The names without wildcards that the files have for such a criterion; None for another kind."""
    if criterion.name in _HOSTS and config.kind == "ssh_config":
        return [host.name for host in named_hosts(config) if not host.is_pattern]
    if criterion.name in ("user", "group"):
        return names_in_files(criterion.name, config)
    return None


def names_in_files(what: str, config: Config) -> list[str]:
    """The users or groups (``what`` is the criterion's name) that the files name, each once."""
    found: dict[str, None] = {}
    for block in config.blocks:
        try:
            for criterion in parse_criteria(block):
                if criterion.name == what:
                    found.update(dict.fromkeys(criterion.patterns))
        except BadCriteria:
            continue
    for option in (f"allow{what}s", f"deny{what}s", *(("user",) if what == "user" else ())):
        for entry in config.lines(option):
            found.update(dict.fromkeys(entry.directive.arguments.split()))
    plain = (name.removeprefix("!").partition("@")[0] for name in found)
    return list(dict.fromkeys(name for name in plain if name and not set(name) & set("*?\"'")))


def _fits(name: str, criterion: Criterion) -> bool:
    lower = criterion.name in ("host", "originalhost")
    return match_list(name.lower() if lower else name, criterion.patterns) != criterion.negated


def code(text: str) -> str:
    """A text of a file as code in Markdown, on one line."""
    text = safe(text)
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    space = " " if len(fence) > 1 else ""
    return f"{fence}{space}{text}{space}{fence}"


def plain_text(markdown: str) -> str:
    """The text of a hover without its marks, for an editor that shows no Markdown."""
    return re.sub(r"(`+) ?(.*?) ?\1", r"\2", markdown.replace("**", ""))
