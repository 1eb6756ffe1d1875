"""A trial in which nothing goes wrong."""

from tests.trial.kinds import ALL, SERVICES, SOCKET
from tests.trial.machine import CONFIG, VALUE, Machine
from tests.trial.scenario import scenario


@scenario(*ALL)
def test_what_is_confirmed_stays(machine: Machine) -> None:
    assert machine.put_on_trial(15).code == 0
    machine.wait_for("sshd has read the new files", machine.on_trial)
    assert machine.login()
    assert machine.sshkeep("confirm").code == 0
    machine.wait(16)
    assert machine.on_trial() and machine.config() != machine.original
    again = machine.sshkeep("confirm")
    assert again.code == 1 and "the change was kept" in again.err


@scenario(*ALL)
def test_what_nobody_confirms_is_taken_back(machine: Machine) -> None:
    assert machine.put_on_trial(10).code == 0
    machine.wait_for("sshd has read the new files", machine.on_trial)
    machine.wait_for("it has read the old ones again", machine.runs_as_before, 15)
    assert machine.login()
    late = machine.sshkeep("confirm")
    assert late.code == 1 and "taken back" in late.err


@scenario(*SERVICES)
def test_a_port_on_trial(machine: Machine) -> None:
    assert machine.put_on_trial(10, "Port", "2222").code == 0
    machine.wait_for(
        "sshd listens on the new port", lambda: machine.listening() == {"0.0.0.0:2222", "[::]:2222"}
    )
    assert machine.login(2222)
    machine.wait_for("and on the old one again", lambda: machine.listening() == {"0.0.0.0:22", "[::]:22"}, 15)
    assert machine.runs_as_before() and machine.login()


@scenario(SOCKET)
def test_the_port_of_a_socket_is_not_sshd_s(machine: Machine) -> None:
    done = machine.put_on_trial(10, "Port", "2222")
    assert done.code == 0 and "the port is that of ssh.socket" in done.out
    assert machine.login() and not machine.banner(2222)
    machine.wait_for("the files are the old ones again", machine.runs_as_before, 15)


@scenario(*SERVICES)
def test_confirm_shows_what_was_seen(machine: Machine) -> None:
    """A trial that has ended leaves a record of what was done and what sshd was seen to do."""
    machine.put_on_trial(10)
    machine.wait_for("it is taken back", machine.runs_as_before, 15)
    machine.wait_for("the trial has ended", lambda: machine.timer() is None)
    answer = machine.sshkeep("confirm").err
    assert "taken back" in answer and "sshd" in answer, "no word of sshd"


@scenario(*ALL)
def test_a_reload_without_a_trial(machine: Machine) -> None:
    done = machine.sshkeep("set", "--write", "--reload", *VALUE, CONFIG)
    assert done.code == 0 and done.out.splitlines()[-1].startswith("sshd was reloaded; ")
    assert "sshd answers on " in done.out
    machine.wait_for("it has read the files", machine.on_trial)


@scenario(*SERVICES)
def test_files_that_sshd_has_not_read_are_named(machine: Machine) -> None:
    unread = "this is not in effect before it is reloaded"
    assert unread not in machine.sshkeep("lint", CONFIG).err
    done = machine.sshkeep("set", "--write", *VALUE, CONFIG)
    said, _, command = done.out.splitlines()[-1].partition(": ")
    assert said == "written; reload sshd to apply it" and not machine.on_trial()
    assert unread in machine.sshkeep("lint", CONFIG).err
    assert unread in machine.sshkeep("effective", CONFIG).err
    machine.shell(command)
    machine.wait_for("it has read the files", machine.on_trial)
    assert unread not in machine.sshkeep("lint", CONFIG).err
    last = machine.sshkeep("undo").out.splitlines()[-1]
    assert last == f"restored; reload sshd to apply it: {command}"
