"""For tests of rules: configs in memory, what a rule finds in one, and its examples.

It works with any test framework: what a check does not hold is an AssertionError.
"""

from sshkeep.lint.registry import rules_in
from sshkeep.testing.configs import config_of, endpoint_with, tree_of
from sshkeep.testing.rules import (
    check_examples,
    example_tree,
    findings_of,
    is_hit,
    line_number,
)

__all__ = [
    "check_examples",
    "config_of",
    "endpoint_with",
    "example_tree",
    "findings_of",
    "is_hit",
    "line_number",
    "rules_in",
    "tree_of",
]
