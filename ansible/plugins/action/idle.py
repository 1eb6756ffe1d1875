"""What becomes of an idle session to the host."""

from __future__ import annotations

from typing import Any

from ..modules.idle import DOCUMENTATION
from ..plugin_utils.evaluation import idle
from ..plugin_utils.task import HostConfigAction, arguments_of


class ActionModule(HostConfigAction):
    ARGUMENTS = arguments_of(DOCUMENTATION)

    def act(self, arguments: dict[str, Any], task_vars: dict[str, Any]) -> dict[str, Any]:
        arguments = {**arguments, "host": arguments["host"] or task_vars.get("ansible_host") or ""}
        # Not kept for equal trees: the client's config is this machine's, and may differ by the host's name.
        data = idle(self.gathered(arguments), arguments)
        del data["exit_code"]
        if data["lost"] and arguments["fail_when_lost"]:
            return {**data, "failed": True, "msg": "an idle session is lost, or may be"}
        return data
