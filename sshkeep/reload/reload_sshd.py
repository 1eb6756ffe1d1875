"""Make sshd read its files again, or start it, and look until it is seen to run as they say."""

from __future__ import annotations

import signal
import time
from collections.abc import Collection, Sequence
from shlex import join

from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.reload.init_systems import find_reload_command
from sshkeep.reload.listening import blocked_addresses
from sshkeep.reload.reload_command import ReloadCommand, run_commands, run_start
from sshkeep.reload.running_sshd import find_running_sshd
from sshkeep.reload.sshd_state import SshdState, address_list, answering, look_at_sshd, not_yet_as_wanted
from sshkeep.system.processes import processes_are_visible, send_signal
from sshkeep.system.sockets import Address

STEADY_SECONDS = 3
"""What is seen for so long will not change any more: a reload takes a tenth of a second."""
MOST_SECONDS = 20
POLL_SECONDS = 0.05
"""Seconds."""

NOT_SHOWN = "this system, or this user's rights, do not show whether sshd has read the files"
NOT_RUNNING = SshdState(None, {})


class Expected(NamedTuple):
    """What is to be seen of sshd: where it listens, and whether it answers there."""

    addresses: tuple[Address, ...] = ()
    answers: bool = False


class Seen(NamedTuple):
    """What was done and seen, a sentence each; ``problem`` is empty where sshd runs as its files say."""

    steps: tuple[str, ...]
    problem: str = ""
    shown: bool = True
    """Whether this system shows what sshd did."""


def reload_sshd(reload: ReloadCommand, expected: Expected, *, insist: bool = False) -> Seen:
    """Reload sshd with the commands, and look. With ``insist`` it gets SIGHUP where they fail."""
    before = look_at_sshd(reload, expected.addresses)
    done, problem = (f"ran `{shown_commands(reload)}`",) if reload.commands else (), ""
    try:
        _run_reload(reload, before)
    except SshkeepError as error:
        problem = f"sshd was not reloaded: {error.sentence}"
        done = (problem,)
        if not insist:
            return Seen(done, problem)
    if not processes_are_visible():
        return Seen((*done, problem or NOT_SHOWN), problem, shown=False)
    problem = problem or _watch(before, reload, expected)
    if problem and _hang_up(reload, before):
        done = (*done, f"sent SIGHUP to {before.sshd.name if before.sshd else 'sshd'}")
        problem = _watch(before, reload, expected)
    return _seen(done, problem, reload, expected)


def bring_back_sshd(changed: Collection[str], expected: Expected, command: tuple[str, ...]) -> Seen:
    """Let sshd run with the old files, which are in place again: reload it, or start it where none runs.

    ``changed`` are the options that changed, ``expected`` is how sshd was before, ``command`` had started it.
    """
    if not processes_are_visible():
        return reload_sshd(find_reload_command(changed), expected)
    running = find_running_sshd()
    reload = find_reload_command(changed, running)
    reload = reload._replace(start=reload.start or ((command,) if command else ()))
    if running is None and reload.listener == "sshd":
        return _start_sshd(reload, expected)
    if blocked := _all_blocked(reload, expected):
        return Seen((blocked,), blocked)
    seen = reload_sshd(reload, expected, insist=True)
    if seen.problem and (reload.listener == "systemd" or find_running_sshd() is None):
        again = _start_sshd(reload, expected)
        return Seen((*seen.steps, *again.steps), again.problem)
    return seen


def start_sshd_if_none_runs(command: tuple[str, ...]) -> Seen:
    """Start sshd with whatever its files are now; nothing is done where one runs, or need not."""
    if not no_sshd_runs():
        return Seen(())
    reload = find_reload_command(())
    return _start_sshd(reload._replace(start=reload.start or ((command,) if command else ())), Expected())


def no_sshd_runs() -> bool:
    """Whether sshd itself has to listen here, and is seen not to run."""
    return (
        processes_are_visible() and find_running_sshd() is None and find_reload_command(()).listener == "sshd"
    )


def _start_sshd(reload: ReloadCommand, expected: Expected) -> Seen:
    steps: tuple[str, ...] = ("no sshd was running",) if reload.listener == "sshd" else ()
    if not reload.start:
        return Seen(steps, "no sshd is running, and sshkeep does not know how to start it")
    failed = ""
    try:
        run_start(reload.start)
        steps = (*steps, f"ran `{join(reload.start[-1])}`")
    except SshkeepError as error:
        failed = f"; {error.sentence}"
    problem = _watch(NOT_RUNNING, reload, expected)
    return _seen(steps, f"{problem}{failed}" if problem else "", reload, expected)


def _all_blocked(reload: ReloadCommand, expected: Expected) -> str:
    """Why a reload would end sshd: it could listen nowhere any more. Empty where it would not."""
    if reload.listener != "sshd":
        return ""
    blocked = blocked_addresses(expected.addresses, look_at_sshd(reload).inodes)
    if not blocked or len(blocked) < len(expected.addresses):
        return ""
    places = " and ".join(map(str, blocked))
    why = f"since it could no longer listen on {places}"
    return f"sshd was not reloaded, {why}; it keeps the settings of the trial"


def _run_reload(reload: ReloadCommand, before: SshdState) -> None:
    if not reload.by_signal:
        run_commands(reload.commands)
    elif before.sshd is None or not send_signal(before.sshd.process, signal.SIGHUP):
        raise SshkeepError("no sshd is running")


def _hang_up(reload: ReloadCommand, before: SshdState) -> bool:
    """Send SIGHUP to an sshd that has got none: it still holds all of its sockets."""
    now = look_at_sshd(reload)
    if reload.listener != "sshd" or before.sshd is None or now.sshd is None or before.sockets != now.sockets:
        return False
    return send_signal(now.sshd.process, signal.SIGHUP)


def _watch(before: SshdState, reload: ReloadCommand, expected: Expected) -> str:
    """Look until sshd is as expected, and return an empty text, or a problem that has become steady."""
    end = time.monotonic() + MOST_SECONDS
    problem, since = "", 0.0
    while time.monotonic() < end:
        state = look_at_sshd(reload, expected.addresses)
        found = not_yet_as_wanted(before, state, expected.addresses, reload)
        if not found:
            return ""
        if found != problem:
            problem, since = found, time.monotonic()
        if time.monotonic() - since > STEADY_SECONDS:
            break
        time.sleep(POLL_SECONDS)
    blocked = blocked_addresses(expected.addresses, look_at_sshd(reload).inodes)
    return problem + "".join(f"; it could not listen on {each}" for each in blocked)


def _seen(done: Sequence[str], problem: str, reload: ReloadCommand, expected: Expected) -> Seen:
    if problem:
        return Seen((*done, problem), problem)
    state = look_at_sshd(reload, expected.addresses)
    who = state.sshd.name if reload.listener == "sshd" and state.sshd else reload.listener
    listens = f"{who} has the files, and listens on {address_list(state.addresses)}"
    if reload.listener != "sshd":
        listens = f"{who} listens for sshd on {address_list(state.addresses)}"
    answers = answering(state)
    if answers:
        return Seen((*done, listens, f"sshd answers on {answers}"))
    problem = f"{listens}, but sshd answers nowhere" if expected.answers else ""
    return Seen((*done, problem or listens), problem)


def shown_commands(reload: ReloadCommand) -> str:
    """As a shell runs them."""
    return " && ".join(map(join, reload.commands))
