"""The options of modules that run rules."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  select:
    description: Only these rules or groups of rules, such as V(keepalive) or V(bad-value).
    type: list
    elements: str
    default: []
  extend_select:
    description: Also these rules, which do not run by default.
    type: list
    elements: str
    default: []
  ignore:
    description: Not these rules.
    type: list
    elements: str
    default: []
  policy:
    description: A C(sshkeep.yaml) on the controller, with rules and their options.
    type: path
"""
