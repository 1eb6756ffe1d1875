"""Settings that take effect."""

from __future__ import annotations

from ..modules.setting import DOCUMENTATION
from ..plugin_utils.task import arguments_of
from ..plugin_utils.writing import WritingAction


class ActionModule(WritingAction):
    OPERATION = "setting"
    ARGUMENTS = arguments_of(DOCUMENTATION)
