"""What a rule is made of; rules import from here."""

from sshkeep.config.blocks.matching import universal
from sshkeep.config.blocks.unsatisfiable import why_unsatisfiable
from sshkeep.config.effective.conflicts import conflicts
from sshkeep.config.local_machine import FileStatus, MachineFacts
from sshkeep.config.parse_line import ParsedLine, accepted_lines, all_lines, parse_entry, value_span
from sshkeep.config.precedence.candidates import Candidates, candidates_beside
from sshkeep.config.precedence.global_value import InEffect, global_value
from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.config.precedence.sample_clients import contradicted
from sshkeep.config.precedence.shadowed import Shadowed, shadowed, without_effect
from sshkeep.config.refusals import Refusal, refused_lines
from sshkeep.config.tree.block import Block, block_name
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.file import Directive, File
from sshkeep.edit.intents import DeleteLine, RenameKeyword, SetGlobal, SetLine
from sshkeep.lint.blocks import (
    at_header,
    concern_of_include,
    concern_of_line,
    included_files,
    same_block,
)
from sshkeep.lint.counts import zero_count
from sshkeep.lint.finding import (
    Finding,
    Fix,
    Related,
    at_entry,
    concern,
    concern_here,
    concerns,
    in_short,
    line_of,
    related_entry,
    set_beside,
)
from sshkeep.lint.keepalive import (
    COUNT_OF,
    INTERVALS,
    MISSING_INTERVAL,
    SPACING,
    disconnects_with_count_in_effect,
    doubled,
    endpoint_of,
    harmless_count,
    interval_to_write,
    less_telling,
    safety_of_probing,
    spacing_of,
)
from sshkeep.lint.needs import Needs, unmet
from sshkeep.lint.pairs import Pair, in_effect_together, pairs
from sshkeep.lint.refusal import fails, refused, skipped
from sshkeep.lint.rule import PATH_TIMEOUT, Example, Options, Rule
from sshkeep.lint.silence import Silence, for_some, live, silences, told
from sshkeep.lint.vocabulary import Says, missing_or_zero, missing_place, renamed, spelt
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.values.arguments import Value
from sshkeep.syntax.source import Span

__all__ = [
    "COUNT_OF",
    "INTERVALS",
    "MISSING_INTERVAL",
    "PATH_TIMEOUT",
    "SPACING",
    "Block",
    "Candidates",
    "Config",
    "DeleteLine",
    "Directive",
    "Entry",
    "Example",
    "File",
    "FileStatus",
    "Finding",
    "Fix",
    "InEffect",
    "MachineFacts",
    "Needs",
    "Options",
    "Pair",
    "ParsedLine",
    "Refusal",
    "Related",
    "RenameKeyword",
    "Rule",
    "Says",
    "SetGlobal",
    "SetLine",
    "Shadowed",
    "Silence",
    "Span",
    "Value",
    "accepted_lines",
    "all_lines",
    "at_entry",
    "at_header",
    "block_name",
    "candidates_beside",
    "concern",
    "concern_here",
    "concern_of_include",
    "concern_of_line",
    "concerns",
    "conflicts",
    "contradicted",
    "disconnects_with_count_in_effect",
    "doubled",
    "endpoint_of",
    "fails",
    "for_some",
    "global_value",
    "harmless_count",
    "in_effect_together",
    "in_short",
    "included_files",
    "interval_to_write",
    "less_telling",
    "line_of",
    "live",
    "missing_or_zero",
    "missing_place",
    "pairs",
    "parse_entry",
    "precedence",
    "refused",
    "refused_lines",
    "related_entry",
    "renamed",
    "safety_of_probing",
    "same_block",
    "set_beside",
    "shadowed",
    "silences",
    "skipped",
    "spacing_of",
    "spelt",
    "told",
    "universal",
    "unmet",
    "value_in_block",
    "value_span",
    "why_unsatisfiable",
    "without_effect",
    "zero_count",
]
