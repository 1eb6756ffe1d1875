"""Write a planned change on the host, or show it."""

from __future__ import annotations

from base64 import b64decode
from hashlib import sha256
from typing import Any

from ansible import constants
from ansible.errors import AnsibleError

from .task import Data, HostConfigAction

try:
    from sshkeep import SshkeepError
    from sshkeep.validate.check import AFTER_THE_CONFIG
except ImportError:  # the task says so
    AFTER_THE_CONFIG = ()

MODULE = "sshkeep.openssh.write_config"
FOR_THE_MODULE = ("changes", "copies", "copied_top", "not_asked", "refused", "top")
"""What of a plan is not in the result: whole files, and what `WritingAction.act` reports in another way."""


SECRET = ("setenv",)
"""Keywords whose values may be secrets: the result of such a task is not shown."""


class WritingAction(HostConfigAction):
    """An action that plans changes (`OPERATION` of evaluation.py) and writes them."""

    OPERATION = ""
    _needs_terminal = False
    """Set where sudo has a requiretty."""

    def act(self, arguments: Data, task_vars: Data) -> Data:
        gathered = self.gathered(arguments)
        try:
            plan = self.evaluated(self.OPERATION, gathered, arguments)
        except SshkeepError:
            named = [arguments.get("keyword"), *(arguments.get("settings") or ())]
            secret = next((str(name) for name in named if str(name).lower() in SECRET), "")
            if not secret:
                raise
            why = f"{secret} can't be set so; the reason is not shown, since it may quote a secret value"
            return {"failed": True, "msg": why, "_ansible_no_log": True}
        result = {key: value for key, value in plan.items() if key not in FOR_THE_MODULE}
        if any(each["keyword"].lower() in SECRET for each in plan.get("settings", ())):
            result["_ansible_no_log"] = True
        changes = plan["changes"]
        result.update(changed=bool(changes), files=[change["path"] for change in changes], asked="")
        if self._task.diff:
            result["diff"] = [_diff(change) for change in changes]
        if not changes:
            return _failed(result, plan["refused"])
        written = self._write(plan, gathered.kind, task_vars)
        if written.get("failed"):
            return {**result, **written, "changed": False}
        asked = written["asked"] or f"not asked: {plan['not_asked'] or plan['copied_top']}"
        refused = (
            written["refused"] and f"no setting takes effect as long as sshd refuses: {written['refused']}"
        )
        return _failed({**result, "asked": asked}, plan["refused"] or refused)

    def _write(self, plan: Data, kind: str, task_vars: Data) -> Data:
        """The result of the module; a second call brings a whole copy where nothing can be mounted."""
        copy = {"copies": plan["copies"], "copied_top": plan["copied_top"]}
        common = {
            "files": [_file(change) for change in plan["changes"]],
            "kind": kind,
            "top": plan["top"],
            "other_errors": [beginning for beginning, _unused in AFTER_THE_CONFIG],
            "ask": not plan["not_asked"] and (kind == "sshd_config" or bool(plan["copies"])),
        }
        over = kind == "sshd_config"
        written = self._module({**common, **({} if over else copy)}, task_vars)
        if written.get("needs_copy"):
            again = copy if plan["copies"] else {"ask": False}
            written = self._module({**common, **again}, task_vars)
        return written

    def _is_pipelining_enabled(self, module_style: str, wrap_async: bool = False) -> bool:
        """Also where the user does not ask for it.

        This saves three commands, and a file with the new config on both sides. By default Ansible does not
        do it, since a sudo with requiretty refuses it: see `_module`.
        """
        if super()._is_pipelining_enabled(module_style, wrap_async):
            return True
        if module_style != "new" or wrap_async or self._needs_terminal or constants.DEFAULT_KEEP_REMOTE_FILES:
            return False
        connection = self._connection
        # ssh -t, by the arguments that the user gives to ssh: Python would take the pipe for a terminal.
        terminal = getattr(connection, "_is_tty_requested", bool)()
        return connection.has_pipelining and not terminal and getattr(connection.become, "pipelining", True)

    def _module(self, arguments: Data, task_vars: Data) -> Data:
        try:
            result: Data = self._execute_module(MODULE, module_args=arguments, task_vars=task_vars)
        except AnsibleError as error:
            if not self._sudo_refuses_pipe(str(error)):
                raise
            return self._module(arguments, task_vars)
        # The first key stands for a module that gave no answer.
        if "module_stdout" in result and self._sudo_refuses_pipe(
            f"{result['module_stdout']}\n{result['module_stderr']}"
        ):
            return self._module(arguments, task_vars)
        kept = ("failed", "msg", "changed", "asked", "refused", "needs_copy", "exception", "module_stderr")
        return {key: value for key, value in result.items() if key in kept}

    def _sudo_refuses_pipe(self, said: str) -> bool:
        """Once at most, and then nothing has run. The text of sudo is translated, its beginning is not."""
        last = said.strip().rpartition("\n")[2].strip()
        refuses = not self._needs_terminal and last.startswith("sudo: ") and "resolve host" not in last
        self._needs_terminal |= refuses
        return refuses


def _failed(result: Data, refused: str) -> Data:
    """The result; a task must not succeed where OpenSSH refuses the files, as it did before the change."""
    return {**result, "failed": True, "msg": refused} if refused else result


def _file(change: Data) -> dict[str, Any]:
    before = change["before"]
    digest = "" if before is None else sha256(b64decode(before)).hexdigest()
    return {"path": change["path"], "before": digest, "after": change["after"]}


def _diff(change: Data) -> dict[str, str]:
    before, after = (b64decode(change[key] or "").decode(errors="replace") for key in ("before", "after"))
    return {
        "before": before,
        "after": after,
        "before_header": change["path"],
        "after_header": change["path"] if change["after"] is not None else "(removed)",
    }
