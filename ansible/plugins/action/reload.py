"""Reload sshd on trial, and confirm it through a new connection."""

from __future__ import annotations

import time
from typing import Any

from ansible.errors import AnsibleActionFail, AnsibleError

from ..modules.reload import DOCUMENTATION
from ..plugin_utils.task import Data, HostConfigAction, arguments_of
from ..plugin_utils.trial import Command, begin_command, end_command

MARGIN = 2
"""Seconds before the end of the trial after which no confirmation is begun."""
SHORTEST = 4
"""Seconds of a trial in which a new connection can be made before the margin."""
TIME_TO_TAKE_BACK = 10
TIME_TO_ANSWER = 60
"""Seconds within which a host that took its change back should answer again."""

NOT_RELOADED = {
    "refused": "sshd refuses its files as they are, and was not reloaded: {}",
    "not_reloaded": "sshd was not reloaded: {}",
    "failed": "sshd was not reloaded: {}",
    "no_session": "sshd was not reloaded: this connection does not go through sshd, so it can't confirm "
    "the change; use confirm: 0, or run it over ssh",
    "other_sshd": "sshd was not reloaded: this connection goes through another sshd (process {}), so it "
    "can't confirm the change; use confirm: 0, or connect to the port of the main one",
}
NOT_CONFIRMED = {
    "same_session": "the connection was not made anew after the reload, so it does not confirm the change",
    "other_sshd": "the new connection goes through another sshd (process {}), "
    "so it does not confirm the change",
}


class ActionModule(HostConfigAction):
    ARGUMENTS = arguments_of(DOCUMENTATION)

    def act(self, arguments: dict[str, Any], task_vars: dict[str, Any]) -> Data:
        seconds = arguments["confirm"]
        if seconds != 0 and seconds < SHORTEST:
            raise AnsibleActionFail(
                f"confirm: {seconds} leaves no time for a new connection; "
                f"use {SHORTEST} seconds or more, or 0 for no trial"
            )
        gathered = self.gathered({**arguments, "kind": "sshd_config"})
        command = begin_command(
            gathered.path,
            [*gathered.machine.files, *gathered.folders],  # a file that was removed changes its folder
            seconds,
            arguments["command"] or "",
            force=arguments["force"],
            check=self._task.check_mode,
        )
        said = self._said(command)
        words = dict(said)
        result: Data = {
            "files": [rest for word, rest in said if word == "file"],
            "trial": "trial" in words,
            "confirmed": False,
            "taken_back": False,
            "log": [words["seen"]] if "seen" in words else [],
        }
        if "current" in words:
            return {**result, "log": ["sshd has read its files since they were changed"]}
        if "would" in words:
            on_trial = ", on trial" if result["files"] and seconds else ""
            return {**result, "changed": True, "log": [f"sshd would be reloaded{on_trial}"]}
        if "reloaded" not in words:
            return self._not_reloaded(said, command, result)
        if "trial" not in words:
            return {**result, "changed": True}
        passed = max(int(words["reloaded"]), 0)  # the host's clock may be set meanwhile
        return {**result, **self._confirm(command, time.monotonic() + seconds - passed, result["log"])}

    def _said(self, command: Command) -> list[tuple[str, str]]:
        answer = self._low_level_execute_command(command.text)
        return command.answers(answer["stdout"])

    def _not_reloaded(self, said: list[tuple[str, str]], command: Command, result: Data) -> Data:
        """Why sshd was not reloaded; a trial that had begun is over."""
        words = dict(said)
        why = reason(NOT_RELOADED, words)
        why = why or "the host did not say what became of the reload"
        left = [rest for word, rest in said if word == "left"]
        result = {**result, "failed": True, "msg": "; ".join([why, *left])}
        if "trial" in words:
            result.update(self._outcome(command, time.monotonic(), result["log"]))
            result["msg"] += f"; {result['state']}"
        return result

    def _confirm(self, command: Command, deadline: float, log: list[str]) -> Data:
        """Log in anew, through the sshd that has read the new files, and only then confirm."""
        why, error = "", ""
        while time.monotonic() < deadline - MARGIN:
            try:
                self._connection.reset()
                words = dict(self._said(end_command(command.mark, confirm=True)))
                if "confirmed" in words:
                    return {
                        "changed": True,
                        "confirmed": True,
                        "log": [*log, "a new connection was made, and the change confirmed"],
                    }
                why = reason(NOT_CONFIRMED, words)
                break
            except AnsibleError as failure:
                error = f": {str(failure).strip().splitlines()[-1]}"
                time.sleep(1)
        outcome = self._outcome(command, deadline, log)
        why = why or f"the host did not answer a new connection in time{error}"
        return {**outcome, "failed": True, "msg": f"{why}; {outcome['state']}"}

    def _outcome(self, command: Command, deadline: float, log: list[str]) -> Data:
        """What the host says about a trial that it takes back."""
        time.sleep(max(deadline - time.monotonic(), 0))
        until = time.monotonic() + TIME_TO_TAKE_BACK + TIME_TO_ANSWER
        while time.monotonic() < until:
            time.sleep(1)
            try:
                self._connection.reset()
                said = self._said(end_command(command.mark, confirm=False))
            except AnsibleError:
                continue
            count = dict(said).get("taken_back")
            if count is not None:
                lines, left = ([rest for word, rest in said if word == key] for key in ("log", "left"))
                state = (
                    f"it took {count} files back; {'; '.join(left)}" if left else "it took the change back"
                )
                return {"taken_back": not left, "log": [*log, *lines], "state": state}
        return {
            "taken_back": False,
            "log": log,
            "state": "it does not answer, so what became of it is not known",
        }


def reason(texts: dict[str, str], words: dict[str, str]) -> str:
    """The text for what a host said, if it said one of these."""
    return next((text.format(words[word]) for word, text in texts.items() if word in words), "")
