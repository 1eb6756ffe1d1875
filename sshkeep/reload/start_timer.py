"""Start the timer of a trial so that it survives the session that starts it."""

from __future__ import annotations

import os
import sys

from sshkeep.errors import SshkeepError
from sshkeep.reload.systemd import SYSTEMD_RUNS
from sshkeep.state.trial_marker import Trial

TIMER_MODULE = "sshkeep.reload.timer"
SYSTEMD_RUN = "/usr/bin/systemd-run"
PASSED_VARIABLES = ("HOME", "XDG_STATE_HOME")
"""The timer finds the state directory by them."""
START_TIME_LIMIT = 30
"""Seconds until a timer must be ready."""


def start_timer(trial: Trial, seconds: int) -> None:
    """Start the timer of ``trial``; it runs when this returns. Raises SshkeepError."""
    from subprocess import DEVNULL, PIPE, SubprocessError, run

    environment = timer_environment()
    command = timer_command(trial, seconds, environment, by_systemd=_systemd_runs())
    try:
        done = run(
            command,
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=PIPE,
            env=environment,
            cwd="/",
            start_new_session=True,
            timeout=START_TIME_LIMIT,
            check=False,
        )
    except (OSError, SubprocessError):
        raise SshkeepError("the timer that takes the change back could not be started") from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        why = f": {lines[-1]}" if lines else ""
        raise SshkeepError(f"the timer that takes the change back could not be started{why}")


def timer_environment() -> dict[str, str]:
    """A clean environment in which Python finds the same sshkeep."""
    kept = {name: os.environ[name] for name in PASSED_VARIABLES if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(os.path.isabs, sys.path))}


def timer_command(trial: Trial, seconds: int, environment: dict[str, str], *, by_systemd: bool) -> list[str]:
    """The command that starts the timer, which detaches itself once it is ready.

    As a unit of systemd's it also outlives a session whose processes are all killed (KillUserProcesses of
    logind.conf(5)), and gets a signal when the machine goes down. A timer unit of systemd's would just be
    gone then.
    """
    timer = [sys.executable, "-m", TIMER_MODULE, str(seconds)]
    if not by_systemd:
        return timer
    return [
        SYSTEMD_RUN,
        "--quiet",
        "--collect",
        f"--unit=sshkeep-confirm-{trial.record}",
        "--description=sshkeep: takes a change of sshd's configuration back",
        "--service-type=forking",
        *(f"--setenv={name}={value}" for name, value in environment.items()),
        *timer,
    ]


def _systemd_runs() -> bool:
    return os.path.isdir(SYSTEMD_RUNS) and os.geteuid() == 0 and os.access(SYSTEMD_RUN, os.X_OK)
