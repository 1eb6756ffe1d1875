"""The options of modules that can put what changes into one drop-in."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  drop_in:
    description: All that changes is one drop-in, which gets a name so that it wins.
    type: bool
    default: false
  drop_in_name:
    description: The name of that drop-in.
    type: str
"""
