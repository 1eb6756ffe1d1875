"""Findings about a host's config."""

from __future__ import annotations

from typing import Any

from ..modules.lint import DOCUMENTATION
from ..plugin_utils.task import HostConfigAction, arguments_of


class ActionModule(HostConfigAction):
    ARGUMENTS = arguments_of(DOCUMENTATION)

    def act(self, arguments: dict[str, Any], task_vars: dict[str, Any]) -> dict[str, Any]:
        data = self.evaluated("lint", self.gathered(arguments), arguments)
        fails = data.pop("fails")
        del data["exit_code"]
        if data["errors"]:
            return {**data, "failed": True, "msg": data["errors"][0]}
        if fails:
            count = len(data["findings"])
            return {**data, "failed": True, "msg": f"{count} problem{'' if count == 1 else 's'} found"}
        return data
