"""The settings in effect, as facts."""

from __future__ import annotations

from typing import Any

from ..modules.effective import DOCUMENTATION
from ..plugin_utils.task import HostConfigAction, arguments_of


class ActionModule(HostConfigAction):
    ARGUMENTS = arguments_of(DOCUMENTATION)

    def act(self, arguments: dict[str, Any], task_vars: dict[str, Any]) -> dict[str, Any]:
        user = (arguments["connection"] or {}).get("user") or ""
        gathered = self.gathered(arguments, user)
        data = self.evaluated("effective", gathered, arguments)
        facts = {f"sshkeep_{gathered.kind}": data["values"]}
        if data["errors"]:
            return {**data, "failed": True, "msg": data["errors"][0]}
        return {**data, "ansible_facts": facts}
