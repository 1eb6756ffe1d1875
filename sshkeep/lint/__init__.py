"""What every rule needs; what rules are made of is in `sshkeep.lint.checks`, by topic."""

from sshkeep.config.model import Config, Context, Entry
from sshkeep.lint.finding import Finding, Fix, Related
from sshkeep.lint.rule import Example, Options, Rule

__all__ = ["Config", "Context", "Entry", "Example", "Finding", "Fix", "Options", "Related", "Rule"]
