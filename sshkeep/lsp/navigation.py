"""From a word to what it names: files of an Include, the Host of a ProxyJump, the line that wins."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from sshkeep.config.blocks.criteria import HOST_LINE, BadCriteria, parse_criteria
from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.config.precedence.order import all_count
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.file import Directive
from sshkeep.idle.model.endpoint import INTERVAL_KEYWORD
from sshkeep.lint.checks.keepalive import spacing_of
from sshkeep.lsp.analysis import Analysis
from sshkeep.lsp.includes import included_files
from sshkeep.lsp.outline import location_uri, own_file
from sshkeep.openssh.patterns import match_list
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.values.hostports import parse_jump_host
from sshkeep.syntax.source import Span
from sshkeep.syntax.words import BadQuotes, Word

START = types.Range(types.Position(0, 0), types.Position(0, 0))


def definition(analysis: Analysis, position: types.Position) -> list[types.Location]:
    """Where that is defined which stands at a position."""
    found, config = own_file(analysis), analysis.config
    if found is None or config is None:
        return []
    offset = found[1].offset(position)
    entry = analysis.entry_at(analysis.job.path, offset)
    if entry is None or entry.keyword is None:
        return []
    if entry.keyword.type.is_include:
        files = included_files(entry, analysis)
        pointed = [each for each in files if each.span.start <= offset <= each.span.end] or files
        return [
            types.Location(location_uri(analysis, path), START) for each in pointed for path in each.paths
        ]
    if entry.option == "proxyjump":
        return [_location(header, analysis) for header in _jump_hosts(entry, config)]
    if not entry.keyword.type.sets_option or all_count(entry.option, config):
        return []
    winner = value_in_block(entry.option, entry.block, config).entry
    return [_location(winner.directive, analysis)] if winner else []


def references(analysis: Analysis, position: types.Position) -> list[types.Location]:
    """The lines that name the host under the cursor: Host and Match lines, and ProxyJump."""
    found, config = own_file(analysis), analysis.config
    if found is None or config is None or config.kind != "ssh_config":
        return []
    offset = found[1].offset(position)
    name = _host_at(analysis, config, offset)
    if not name:
        return []
    named = [block.header for block in config.blocks if name in _words(block.header)]
    jumps = [each.directive for each in config.lines("proxyjump") if name in _jumps(each)]
    return [_location(each, analysis) for each in dict.fromkeys((*named, *jumps))]


def document_links(analysis: Analysis) -> list[types.DocumentLink]:
    """The arguments of Includes that read one file, as links to it."""
    found, config = own_file(analysis), analysis.config
    if found is None or config is None:
        return []
    file, positions = found
    includes = [each for each in config.lines("include") if each.directive.file is file]
    return [
        types.DocumentLink(positions.range(*each.span), location_uri(analysis, each.paths[0]))
        for entry in {each.directive: each for each in includes}.values()
        for each in included_files(entry, analysis)
        if len(each.paths) == 1
    ]


def inlay_hints(analysis: Analysis, where: types.Range) -> list[types.InlayHint]:
    """The real interval, behind one that OpenSSH doubles and behind a BatchMode that sets one."""
    found, config = own_file(analysis), analysis.config
    if found is None or config is None or config.kind not in INTERVAL_KEYWORDS:
        return []
    file, positions = found
    hints = []
    for entry, real in sorted(_real_intervals(config), key=lambda each: each[0].index):
        at = positions.position(entry.directive.whole.end) if entry.directive.file is file else None
        if at and where.start.line <= at.line <= where.end.line:
            hints.append(types.InlayHint(at, f"probes every {real} s", padding_left=True))
    return hints


def _real_intervals(config: Config) -> Iterator[tuple[Entry, int]]:
    """Lines that make OpenSSH probe at an interval that they don't name, and that interval."""
    option = INTERVAL_KEYWORDS[config.kind]
    for entry, parsed in accepted_lines(option, config):
        if (
            isinstance(parsed.value, int)
            and parsed.value
            and spacing_of(parsed.value, config) != parsed.value
        ):
            yield entry, spacing_of(parsed.value, config)
    raised = precedence(option, config.kind).raised_for(config.target)
    for entry, parsed in accepted_lines(raised.option, config) if raised else ():
        effect = value_in_block(option, entry.block, config)
        by_default = effect.entry is None and effect.certain and raised and parsed.value == raised.value
        if by_default and isinstance(effect.value, int) and effect.value:
            yield entry, spacing_of(effect.value, config)


INTERVAL_KEYWORDS = {
    "sshd_config": INTERVAL_KEYWORD["server"].lower(),
    "ssh_config": INTERVAL_KEYWORD["client"].lower(),
}


def _location(directive: Directive, analysis: Analysis) -> types.Location:
    source = directive.file.source
    place = analysis.positions(source.path, source.data).range(*directive.whole)
    return types.Location(location_uri(analysis, source.path), place)


def _jump_hosts(entry: Entry, config: Config) -> Iterator[Directive]:
    """The Host lines that name the hosts of a ProxyJump; of each the first, those with wildcards last."""
    for name in _jumps(entry):
        own: list[Directive] = []
        fitting: list[Directive] = []
        for block in config.blocks:
            try:
                criteria = parse_criteria(block)
            except BadCriteria:
                continue
            if len(criteria) == 1 and criteria[0].name == HOST_LINE:
                if name in criteria[0].patterns:
                    own.append(block.header)
                elif match_list(name, criteria[0].patterns):
                    fitting.append(block.header)
        yield from (own or fitting)[:1]


def _jumps(entry: Entry) -> list[str]:
    """The names of the hosts of a ProxyJump."""
    hosts = (parse_jump_host(each) for each in entry.directive.arguments.split(","))
    return [host[1] for host in hosts if host]


def _words(directive: Directive) -> list[str]:
    return [word.text.removeprefix("!") for word in _split(directive)]


def _split(directive: Directive) -> list[Word]:
    try:
        return directive.words("words")
    except BadQuotes:
        return []


def _host_at(analysis: Analysis, config: Config, offset: int) -> str:
    """The name of a host on a Host line or in a ProxyJump."""
    if block := analysis.block_at(analysis.job.path, offset):
        for word in _split(block.header):
            span: Span = block.header.span(word.start, word.end)
            if span.start <= offset <= span.end:
                return word.text.removeprefix("!")
    entry = analysis.entry_at(analysis.job.path, offset)
    return next(iter(_jumps(entry)), "") if entry and entry.option == "proxyjump" else ""
