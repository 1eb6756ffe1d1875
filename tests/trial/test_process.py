"""The sshd that is there at the end of a trial need not be the one from its beginning, or there is none."""

from tests.trial.kinds import ALL, INIT_SCRIPT, NO_INIT, SERVICES
from tests.trial.machine import CONFIG, VALUE, Machine
from tests.trial.scenario import scenario

NONE_RUNS = "no sshd is running; nothing was reloaded"


def on_trial(machine: Machine, seconds: int = 20) -> None:
    """Start an ordinary trial, and see that it is in effect."""
    assert machine.put_on_trial(seconds).code == 0
    machine.wait_for("sshd has read the new files", machine.on_trial)


def ends_well(machine: Machine, seconds: float = 25) -> None:
    """The trial's time runs out, and an sshd with the old files answers."""
    machine.wait_for("an sshd with the old files answers", machine.runs_as_before, seconds)
    assert machine.login()


@scenario(*SERVICES)
def test_sshd_is_killed_during_the_trial(machine: Machine) -> None:
    on_trial(machine, 12)
    machine.kill(machine.sshd())
    ends_well(machine)


@scenario(*ALL)
def test_sshd_is_restarted_by_hand_during_the_trial(machine: Machine) -> None:
    on_trial(machine, 12)
    before = machine.sshd()
    machine.shell(machine.kind.restart)
    machine.wait_for("it is another process", lambda: machine.banner() and machine.sshd() != before)
    ends_well(machine)


REAPING = NO_INIT._replace(name="no-init-reaping", payload="--as-pid2 sleep infinity")
"""Process 1 takes note of the dead, so that their numbers can be given again."""


@scenario(REAPING)
def test_a_stranger_who_got_the_number_of_an_old_sshd_is_left_alone(machine: Machine) -> None:
    """Linux gives numbers of processes again."""
    on_trial(machine, 12)
    old = machine.sshd()
    assert old
    machine.kill(old)
    machine.reuse_pid(old.pid, "sleep", "3600")
    machine.shell(machine.kind.start)
    ends_well(machine)
    assert old.pid in [process.pid for process in machine.processes("sleep")]


@scenario(*SERVICES)
def test_the_binary_is_replaced_during_the_trial(machine: Machine) -> None:
    """As an upgrade does, before it restarts sshd: what runs is a deleted file."""
    on_trial(machine, 12)
    machine.shell("cp /usr/sbin/sshd /usr/sbin/sshd.new && mv /usr/sbin/sshd.new /usr/sbin/sshd")
    ends_well(machine)


@scenario(NO_INIT, INIT_SCRIPT)
def test_the_binary_is_replaced_before_the_trial(machine: Machine) -> None:
    machine.shell("cp /usr/sbin/sshd /usr/sbin/sshd.new && mv /usr/sbin/sshd.new /usr/sbin/sshd")
    on_trial(machine)
    assert machine.sshkeep("confirm").code == 0


def stopped(machine: Machine) -> None:
    if machine.kind.started_by_boot:
        machine.shell("systemctl stop ssh")
    else:
        machine.kill(machine.sshd())
    machine.wait_for("no sshd runs", lambda: machine.sshd() is None)


@scenario(*SERVICES)
def test_no_sshd_to_reload(machine: Machine) -> None:
    stopped(machine)
    done = machine.sshkeep("set", "--write", "--reload", *VALUE, CONFIG)
    assert "sshd was reloaded" not in done.out
    assert done.code == 2 and NONE_RUNS in done.err


@scenario(*SERVICES)
def test_no_sshd_to_try_a_change_on(machine: Machine) -> None:
    stopped(machine)
    done = machine.put_on_trial(10)
    assert done.code == 2 and NONE_RUNS in done.err
    assert machine.sshkeep("confirm").code == 1


@scenario(NO_INIT, INIT_SCRIPT)
def test_a_pid_file_that_names_a_stranger(machine: Machine) -> None:
    """It calls itself sshd, and is another program."""
    stopped(machine)
    machine.shell("cp /usr/bin/sleep /tmp/sshd")
    machine.start("/tmp/sshd", "3600")
    machine.wait_for("the stranger runs", lambda: machine.processes("sshd"))
    (stranger,) = machine.processes("sshd")
    machine.shell(f"echo {stranger.pid} >/run/sshd.pid")
    done = machine.sshkeep("set", "--write", "--reload", *VALUE, CONFIG)
    assert machine.processes("sshd") == [stranger], "the stranger was hit"
    assert done.code == 2 and NONE_RUNS in done.err


@scenario(NO_INIT, INIT_SCRIPT)
def test_a_pid_file_that_is_gone(machine: Machine) -> None:
    """Either sshd is reloaded all the same, or nothing is written."""
    machine.shell("rm /run/sshd.pid")
    done = machine.put_on_trial(60)
    if done.code == 0:
        assert machine.on_trial(), "'sshd was reloaded', and it was not"
    else:
        assert done.code == 2 and machine.runs_as_before()


@scenario(NO_INIT, INIT_SCRIPT)
def test_a_change_is_not_kept_while_no_sshd_runs(machine: Machine) -> None:
    """Who confirms then has a session from before, and could not get in again."""
    on_trial(machine)
    machine.kill(machine.sshd())
    machine.wait_for("no sshd runs", lambda: machine.sshd() is None)
    done = machine.sshkeep("confirm")
    assert done.code == 2 and "no sshd is running, so the change is not kept" in done.err
    ends_well(machine)


@scenario(NO_INIT, INIT_SCRIPT)
def test_the_sshd_of_a_session_is_not_the_one_that_listens(machine: Machine) -> None:
    machine.log_in_and("sleep 4711")
    machine.wait_for("there is a session", lambda: len(machine.processes("sleep")) > 1)
    machine.kill(machine.sshd())
    machine.wait_for("nobody listens", lambda: not machine.listening())
    done = machine.sshkeep("set", "--write", "--reload", *VALUE, CONFIG)
    assert done.code == 2 and NONE_RUNS in done.err
    assert len(machine.processes("sleep")) > 1, "the session is gone"


@scenario(*SERVICES)
def test_an_sshd_with_another_config_is_left_alone(machine: Machine) -> None:
    machine.shell("echo 'Port 2200' >/root/other && echo 'PidFile none' >>/root/other")
    machine.shell("/usr/sbin/sshd -f /root/other")
    machine.wait_for("it answers", lambda: machine.banner(2200))
    machine.shell("echo 'VersionAddendum reloaded' >>/root/other")
    on_trial(machine, 10)
    ends_well(machine)
    banner = machine.banner(2200)
    assert banner and not banner.endswith("reloaded")
    if not machine.kind.started_by_boot:
        machine.shell("kill -KILL $(cat /run/sshd.pid)")
        machine.wait_for("nobody listens on port 22", lambda: "[::]:22" not in machine.listening())
        done = machine.put_on_trial(10)
        assert done.code == 2 and NONE_RUNS in done.err
