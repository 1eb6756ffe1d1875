"""Who asked for the trial goes away, or its timer does, or the whole machine."""

import signal

from tests.trial.kinds import ALL, INIT_SCRIPT, SOCKET, SYSTEMD
from tests.trial.machine import CONFIG, VALUE, Machine
from tests.trial.scenario import scenario
from tests.trial.test_process import ends_well, on_trial
from tests.trial.test_systemd import override

TRIAL = f"sshkeep set --write --confirm 15 {' '.join(VALUE)} {CONFIG}"


@scenario(*ALL)
def test_the_session_is_killed(machine: Machine) -> None:
    session = machine.log_in_and(f"{TRIAL}; sleep 3600")
    machine.wait_for("sshd has read the new files", machine.on_trial, 30)
    machine.end_at_once(session)
    machine.wait_for("nothing of the session is left", lambda: len(machine.processes("sleep")) < 2)
    ends_well(machine)


@scenario(SYSTEMD)
def test_logind_kills_all_that_the_session_started(machine: Machine) -> None:
    machine.shell("mkdir -p /etc/systemd/logind.conf.d")
    machine.shell(
        "printf '[Login]\\nKillUserProcesses=yes\\nKillExcludeUsers=nobody\\n' >/etc/systemd/logind.conf.d/k.conf"
    )
    machine.shell("systemctl restart systemd-logind")  # if nobody is excluded, it spares root
    session = machine.log_in_and(f"setsid sleep 3600 & {TRIAL}; sleep 3600")
    machine.wait_for("sshd has read the new files", machine.on_trial, 30)
    machine.end_at_once(session)
    machine.wait_for("nothing of the session is left", lambda: not machine.processes("sleep"))
    ends_well(machine)


@scenario(*ALL)
def test_sshkeep_is_killed_right_after_the_write(machine: Machine) -> None:
    """Between the write and the start of the timer: the change must not stay."""
    machine.kill_when_written("sshkeep", "set", "--write", "--confirm", "10", *VALUE, CONFIG)
    assert machine.config() != machine.original
    machine.wait(12)
    machine.sshkeep("lint", CONFIG)
    machine.wait_for("an sshd with the old files answers", machine.runs_as_before)


@scenario(*ALL)
def test_the_timer_is_killed(machine: Machine) -> None:
    """Once its time is over, whatever sshkeep is asked next takes the change back, or reports that it is still there."""
    on_trial(machine, 10)
    machine.kill(machine.timer())
    machine.wait(12)
    answer = machine.sshkeep("lint", CONFIG)
    assert machine.runs_as_before() or "trial" in answer.err


@scenario(INIT_SCRIPT, SYSTEMD, SOCKET)
def test_the_machine_is_rebooted(machine: Machine) -> None:
    on_trial(machine, 600)
    machine.shut_down_and_boot()
    assert machine.runs_as_before() and machine.login()
    assert "taken back" in machine.sshkeep("confirm").err


@scenario(*ALL)
def test_the_machine_loses_its_power(machine: Machine) -> None:
    """Nothing takes the change back then, but whatever sshkeep is asked next reports that, or does it."""
    on_trial(machine, 600)
    machine.cut_power_and_boot()
    answer = machine.sshkeep("lint", CONFIG)
    assert machine.runs_as_before() or "trial" in answer.err


@scenario(INIT_SCRIPT)
def test_the_timer_is_asked_to_end(machine: Machine) -> None:
    """It does what it does at a shutdown: take the change back at once."""
    on_trial(machine, 600)
    machine.kill(machine.timer(), signal.SIGTERM)
    ends_well(machine, 5)


@scenario(SYSTEMD)
def test_the_unit_of_the_timer_is_stopped(machine: Machine) -> None:
    on_trial(machine, 600)
    machine.shell("systemctl stop sshkeep-confirm-1")
    ends_well(machine, 5)


@scenario(SYSTEMD)
def test_the_timer_is_killed_while_it_takes_the_change_back(machine: Machine) -> None:
    """The files are the old ones, sshd is not; the next command goes on."""
    on_trial(machine, 12)
    override(machine, "[Service]\nExecReload=\nExecReload=/bin/sleep 4\n")
    machine.wait_for("the old files are back", lambda: machine.config() == machine.original, 20)
    machine.kill(machine.timer())
    answer = machine.sshkeep("lint", CONFIG)
    assert "its timer was gone: the change was taken back" in answer.err
    ends_well(machine, 5)
