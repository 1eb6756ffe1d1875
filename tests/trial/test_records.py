"""One trial, one truth: what else sshkeep is asked for during a trial, and damage to its records."""

from tests.trial.kinds import ALL, INIT_SCRIPT, SERVICES
from tests.trial.machine import CONFIG, STATE, Machine
from tests.trial.scenario import scenario
from tests.trial.test_process import ends_well, on_trial


def can_be_taken_back(machine: Machine) -> None:
    """The trial is as it was."""
    assert machine.sshkeep("undo").code == 0
    machine.wait_for("an sshd with the old files answers", machine.runs_as_before)


@scenario(*SERVICES)
def test_a_second_write_is_refused(machine: Machine) -> None:
    """It would take the files away from under the trial, which could not be taken back any more."""
    on_trial(machine, 600)
    before = machine.config()
    done = machine.sshkeep("set", "--write", "MaxAuthTries", "3", CONFIG)
    assert machine.config() == before, "it was written during the trial"
    assert done.code == 2 and "trial" in done.err
    can_be_taken_back(machine)


@scenario(*SERVICES)
def test_a_fix_is_refused_during_a_trial(machine: Machine) -> None:
    on_trial(machine, 600)
    before = machine.config()
    done = machine.sshkeep("fix", "--write", CONFIG)
    assert machine.config() == before, "it was written during the trial"
    assert done.code == 2 and "trial" in done.err
    can_be_taken_back(machine)


@scenario(*SERVICES)
def test_other_files_may_be_written_during_a_trial(machine: Machine) -> None:
    on_trial(machine, 600)
    done = machine.sshkeep("set", "--write", "ServerAliveInterval", "30", "/etc/ssh/ssh_config")
    assert done.code == 0
    can_be_taken_back(machine)


@scenario(*SERVICES)
def test_a_second_trial_is_refused(machine: Machine) -> None:
    on_trial(machine, 600)
    before = machine.config()
    done = machine.sshkeep("set", "--write", "--confirm", "20", "MaxAuthTries", "3", CONFIG)
    assert done.code == 2 and "another change is on trial" in done.err and machine.config() == before
    can_be_taken_back(machine)


@scenario(*ALL)
def test_undo_ends_the_trial(machine: Machine) -> None:
    on_trial(machine, 60)
    assert machine.sshkeep("undo").code == 0
    machine.wait_for("an sshd with the old files answers", machine.runs_as_before, 3)
    answer = machine.sshkeep("confirm")
    assert answer.code == 1 and "taken back" in answer.err
    machine.wait_for("no timer is left", lambda: machine.timer() is None, 3)


@scenario(*SERVICES)
def test_a_file_edited_by_hand_is_left_alone_and_reported(machine: Machine) -> None:
    on_trial(machine, 10)
    machine.shell(f"echo '# by hand' >>{CONFIG}")
    machine.wait_for("the trial has ended", lambda: machine.timer() is None, 20)
    assert machine.config().endswith("# by hand\n") and machine.login()
    answer = machine.sshkeep("confirm")
    assert answer.code == 1 and "could not be taken back" in answer.err and CONFIG in answer.err


@scenario(*SERVICES)
def test_damaged_records_are_reported_by_the_next_command(machine: Machine) -> None:
    on_trial(machine, 60)
    machine.shell(f"for file in {STATE}/*.json; do echo garbage >$file; done")
    assert "trial" in machine.sshkeep("lint", CONFIG).err


@scenario(*SERVICES)
def test_damaged_records_are_reported_after_the_end(machine: Machine) -> None:
    """Either the timer needs none of them, or the next command reports it, whichever that is."""
    on_trial(machine, 10)
    machine.shell(f"for file in {STATE}/*.json; do echo garbage >$file; done")
    machine.wait_for("the trial has ended", lambda: machine.timer() is None, 20)
    answer = machine.sshkeep("lint", CONFIG)
    assert machine.runs_as_before() or "trial" in answer.err


@scenario(*SERVICES)
def test_a_state_directory_that_is_gone_is_reported_after_the_end(machine: Machine) -> None:
    on_trial(machine, 10)
    machine.shell(f"rm -r {STATE}")
    machine.wait_for("the trial has ended", lambda: machine.timer() is None, 20)
    answer = machine.sshkeep("lint", CONFIG)
    assert machine.runs_as_before() or "trial" in answer.err


@scenario(*SERVICES)
def test_a_disk_that_is_full_at_the_end(machine: Machine) -> None:
    machine.shell(f"mkdir -p {STATE} && mount -t tmpfs -o size=256k,mode=700 small {STATE}")
    on_trial(machine, 12)
    machine.run("dd", "if=/dev/zero", f"of={STATE}/filler", "bs=4k")
    ends_well(machine)
    answer = machine.sshkeep("confirm")
    assert answer.code == 1 and "was taken back" in answer.err


@scenario(*SERVICES)
def test_a_disk_that_is_full_before_the_trial(machine: Machine) -> None:
    machine.shell(f"mkdir -p {STATE} && mount -t tmpfs -o size=64k,mode=700 small {STATE}")
    machine.run("dd", "if=/dev/zero", f"of={STATE}/filler", "bs=4k")
    assert machine.put_on_trial(10).code == 2
    assert machine.runs_as_before()


@scenario(INIT_SCRIPT)
def test_a_hundred_later_records_leave_that_of_the_trial(machine: Machine) -> None:
    """Only the last hundred are kept. To save time, most of them are copies of one with another number."""
    on_trial(machine, 3600)
    another_file = ("ServerAliveInterval", "30", "/etc/ssh/ssh_config")
    assert machine.sshkeep("set", "--write", *another_file).code == 0
    copy = """sed "s/\\"id\\": \\"2\\"/\\"id\\": \\"$id\\"/" 2-done.json >$id-done.json"""
    machine.shell(f"cd {STATE} && for id in $(seq 3 101); do {copy}; done")
    assert len(machine.sshkeep("undo", "--list").out.splitlines()) == 101, "these are no records"
    assert machine.sshkeep("set", "--write", "ServerAliveInterval", "45", another_file[2]).code == 0
    machine.shut_down_and_boot()
    assert machine.runs_as_before()
