"""For tests of rules: configs in memory, what a rule finds in one, and its examples.

It works with any test framework: what a check does not hold is an AssertionError.
"""

from sshkeep.lint.registry import rules_in
from sshkeep.testing.configs import config_of, endpoint_of, tree_of
from sshkeep.testing.rules import (
    check_examples,
    example_tree,
    findings_of,
    is_hit,
    line_of,
)

__all__ = [
    "check_examples",
    "config_of",
    "endpoint_of",
    "example_tree",
    "findings_of",
    "is_hit",
    "line_of",
    "rules_in",
    "tree_of",
]
