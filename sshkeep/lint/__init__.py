"""What every rule needs; what rules are made of is in `sshkeep.lint.checks`, by topic."""

from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.lint.finding import Finding, Fix, Related
from sshkeep.lint.rule import Example, Options, Rule

__all__ = ["Block", "Config", "Entry", "Example", "Finding", "Fix", "Options", "Related", "Rule"]
