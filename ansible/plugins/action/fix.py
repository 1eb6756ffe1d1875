"""Fixes for what lint finds."""

from __future__ import annotations

from ..modules.fix import DOCUMENTATION
from ..plugin_utils.task import arguments_of
from ..plugin_utils.writing import WritingAction


class ActionModule(WritingAction):
    OPERATION = "fix"
    ARGUMENTS = arguments_of(DOCUMENTATION)
