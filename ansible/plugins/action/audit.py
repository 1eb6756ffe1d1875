"""What becomes of each control of a guide."""

from __future__ import annotations

from typing import Any

from ..modules.audit import DOCUMENTATION
from ..plugin_utils.task import HostConfigAction, arguments_of


class ActionModule(HostConfigAction):
    ARGUMENTS = arguments_of(DOCUMENTATION)

    def act(self, arguments: dict[str, Any], task_vars: dict[str, Any]) -> dict[str, Any]:
        data = self.evaluated("audit", self.gathered(arguments), arguments)
        del data["exit_code"]
        if data["errors"]:
            return {**data, "failed": True, "msg": data["errors"][0]}
        return data
