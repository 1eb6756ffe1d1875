"""What a rule is made of; rules import from here."""

from sshkeep.config.cover import Shadowed, shadowed
from sshkeep.config.everyone import InEffect, in_effect
from sshkeep.config.matching import universal
from sshkeep.config.model import Config, Entry, File
from sshkeep.config.reading import Reading, all_readings, read_entry, readings, value_span
from sshkeep.config.refused import clashes, refused_lines
from sshkeep.config.verdict import Refusal
from sshkeep.edit.intents import Delete, Rename, SetForEveryone, SetHere
from sshkeep.lint.finding import (
    Finding,
    Fix,
    Related,
    at_entry,
    block_name,
    concern,
    concerns,
    related_entry,
    set_beside,
)
from sshkeep.lint.keepalive import doubled, gives_up_after, interval_to_write, safety_of_probing
from sshkeep.lint.refusal import fails, refused, skipped
from sshkeep.lint.rule import Example, Options, Rule
from sshkeep.lint.vocabulary import Says, missing_or_zero, missing_place, renamed, spelt
from sshkeep.syntax.source import Span

__all__ = [
    "Config",
    "Delete",
    "Entry",
    "Example",
    "File",
    "Finding",
    "Fix",
    "InEffect",
    "Options",
    "Reading",
    "Refusal",
    "Related",
    "Rename",
    "Rule",
    "Says",
    "SetForEveryone",
    "SetHere",
    "Shadowed",
    "Span",
    "all_readings",
    "at_entry",
    "block_name",
    "clashes",
    "concern",
    "concerns",
    "doubled",
    "fails",
    "gives_up_after",
    "in_effect",
    "interval_to_write",
    "missing_or_zero",
    "missing_place",
    "read_entry",
    "readings",
    "refused",
    "refused_lines",
    "related_entry",
    "renamed",
    "safety_of_probing",
    "set_beside",
    "shadowed",
    "skipped",
    "spelt",
    "universal",
    "value_span",
]
