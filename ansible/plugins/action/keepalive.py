"""A keepalive that lets idle sessions survive."""

from __future__ import annotations

from ..modules.keepalive import DOCUMENTATION
from ..plugin_utils.task import arguments_of
from ..plugin_utils.writing import WritingAction


class ActionModule(WritingAction):
    OPERATION = "keepalive"
    ARGUMENTS = arguments_of(DOCUMENTATION)
