"""The machines themselves: what the scenarios take for granted, and facts of sshd, init scripts and systemd that
sshkeep has to live with. No sshkeep is run here."""

from tests.trial.kinds import ALL, INIT_SCRIPT, NO_INIT, SERVICES, SOCKET, SYSTEMD
from tests.trial.machine import CONFIG, Machine
from tests.trial.scenario import scenario
from tests.trial.test_systemd import override

RELOAD = {
    NO_INIT.name: "kill -HUP $(cat /run/sshd.pid)",
    INIT_SCRIPT.name: "service ssh reload",
    SYSTEMD.name: "systemctl reload ssh",
    SOCKET.name: "systemctl reload ssh",
}


def append(machine: Machine, line: str) -> None:
    """Add a line to sshd_config by hand."""
    machine.shell(f"echo '{line}' >>{CONFIG}")


@scenario(*ALL)
def test_a_machine_answers_and_lets_in(machine: Machine) -> None:
    assert machine.banner().startswith("SSH-2.0-OpenSSH_9.2")
    assert machine.login()
    sshd = machine.sshd()
    assert sshd and sshd.name == "sshd" and sshd.executable == "/usr/sbin/sshd"
    assert machine.listening() == ({"[::]:22"} if machine.kind is SOCKET else {"0.0.0.0:22", "[::]:22"})
    assert not machine.banner(2222)


@scenario(*SERVICES)
def test_a_reload_keeps_the_process_and_reads_the_files(machine: Machine) -> None:
    """sshd executes itself anew (sshd.c sighup_restart): the start time that Linux gives stays, too."""
    assert machine.banner()
    before = machine.sshd()
    append(machine, "VersionAddendum trial")
    machine.shell(RELOAD[machine.kind.name])
    machine.wait_for("it has read the file", machine.on_trial)
    assert machine.sshd() == before
    machine.shell(machine.kind.restart)
    machine.wait_for("a new sshd answers", lambda: machine.banner() and machine.sshd() != before)


@scenario(*ALL)
def test_files_outlive_a_power_cut_and_processes_do_not(machine: Machine) -> None:
    machine.start("sleep", "4711")
    append(machine, "VersionAddendum trial")
    machine.shell("touch /run/gone /root/kept")
    machine.cut_power_and_boot()
    assert machine.on_trial() and machine.login()
    assert machine.path("/root/kept").exists() and not machine.path("/run/gone").exists()
    assert not any(
        "4711" in machine.path(f"/proc/{each.pid}/cmdline").read_text() for each in machine.processes("sleep")
    )


@scenario(INIT_SCRIPT, SYSTEMD, SOCKET)
def test_an_orderly_reboot(machine: Machine) -> None:
    append(machine, "VersionAddendum trial")
    machine.shut_down_and_boot()
    assert machine.on_trial() and machine.login()


@scenario(*SERVICES)
def test_sshd_that_cannot_bind_is_gone_and_can_be_started(machine: Machine) -> None:
    """No exit code shows it: the reload has done its part when the signal is sent. sshd has removed its pid file."""
    append(machine, "ListenAddress 192.0.2.7")
    assert machine.run("sh", "-c", RELOAD[machine.kind.name]).code == 0
    machine.wait_for("sshd is gone", lambda: machine.sshd() is None)
    again = machine.run("sh", "-c", RELOAD[machine.kind.name])
    assert again.code == {"no-init": 2, "init-script": 0, "systemd": 1}[machine.kind.name]
    assert (
        machine.run("sh", "-c", machine.kind.start).code
        == {"no-init": 0, "init-script": 0, "systemd": 1}[machine.kind.name]
    )
    machine.wait(1)
    assert machine.sshd() is None, "it can start, after all"
    machine.path(CONFIG).write_text(machine.original)
    machine.shell(machine.kind.start)
    machine.wait_for("it answers", machine.banner)


@scenario(NO_INIT)
def test_a_dead_sshd_that_nobody_reaps_still_takes_signals(machine: Machine) -> None:
    sshd = machine.sshd()
    machine.kill(sshd)
    machine.wait_for("it is dead", lambda: machine.sshd() is None)
    assert sshd and machine.path(f"/proc/{sshd.pid}/comm").read_text() == "sshd\n"
    assert machine.run("sh", "-c", RELOAD[NO_INIT.name]).code == 0


@scenario(INIT_SCRIPT)
def test_the_init_script_reloads_what_the_pid_file_names_or_nothing(machine: Machine) -> None:
    append(machine, "VersionAddendum trial")
    machine.shell("rm /run/sshd.pid && service ssh reload")
    machine.wait(1)
    assert not machine.on_trial()


@scenario(SYSTEMD)
def test_systemd_starts_a_killed_sshd_again_but_none_that_could_not_bind(machine: Machine) -> None:
    """Restart=on-failure, but RestartPreventExitStatus=255, which is how sshd ends then."""
    before = machine.sshd()
    machine.kill(before)
    machine.wait_for("there is a new one", lambda: machine.banner() and machine.sshd() != before)
    append(machine, "ListenAddress 192.0.2.7")
    machine.shell("systemctl reload ssh")
    machine.wait_for("it is gone", lambda: machine.sshd() is None)
    machine.wait(2)
    assert machine.sshd() is None


@scenario(SYSTEMD)
def test_systemd_starts_no_unit_too_often(machine: Machine) -> None:
    override(machine, "[Unit]\nStartLimitIntervalSec=1h\nStartLimitBurst=1\n")
    machine.shut_down_and_boot()
    machine.shell("systemctl stop ssh")
    assert machine.run("systemctl", "start", "ssh").code == 1
    assert "start-limit-hit" in machine.run("systemctl", "show", "-p", "Result", "ssh").out
    machine.shell("systemctl reset-failed ssh && systemctl start ssh")
    assert machine.banner()


@scenario(SYSTEMD)
def test_timers_of_systemd_run(machine: Machine) -> None:
    """One name can wait once; a timer is gone after a reboot, whatever it was to do."""
    later = (
        "systemd-run",
        "--quiet",
        "--collect",
        "--unit=later",
        "--on-active=2",
        "--timer-property=AccuracySec=100ms",
    )
    machine.shell(" ".join([*later, "touch", "/root/early"]))
    again = machine.run(*later, "touch", "/root/again")
    assert again.code == 1 and "already loaded or has a fragment file" in again.err
    machine.wait_for("it has fired", machine.path("/root/early").exists)
    machine.wait_for("the name is free", lambda: machine.run(*later, "touch", "/root/late").code == 0)
    machine.cut_power_and_boot()
    machine.wait(3)
    assert not machine.path("/root/late").exists()


@scenario(SYSTEMD)
def test_a_reload_hangs_while_the_machine_goes_down(machine: Machine) -> None:
    """The job of the reload waits for the shutdown's, and whatever waits for it holds the shutdown up."""
    script = "trap 'systemctl reload ssh; exit' TERM; touch /run/waits; while :; do sleep 0.1; done"
    machine.run("systemd-run", "--quiet", "--unit=waiting", "-p", "TimeoutStopSec=6", "sh", "-c", script)
    machine.wait_for("it waits", machine.path("/run/waits").exists)
    machine.run("systemctl", "poweroff")
    assert not machine.becomes(machine.container.is_down, 4)
    machine.wait_for("systemd has killed it", machine.container.is_down, 15)
    machine.boot()


@scenario(SOCKET)
def test_a_socket_starts_sshd_for_the_first_connection(machine: Machine) -> None:
    assert machine.sshd() is None
    assert machine.run("systemctl", "reload", "ssh").code == 1, "there is nothing to reload"
    machine.shell("systemctl try-reload-or-restart ssh")
    assert machine.sshd() is None and machine.banner() and machine.sshd()


@scenario(SOCKET)
def test_a_reload_under_a_socket_ends_sshd(machine: Machine) -> None:
    """After SIGHUP sshd has lost the socket that systemd gave it, and cannot bind one of its own. The next connection
    starts another one, which reads the new files."""
    assert machine.banner()
    before = machine.sshd()
    append(machine, "VersionAddendum trial")
    machine.shell("systemctl reload ssh")
    machine.wait_for("it is gone", lambda: machine.sshd() is None)
    assert "Cannot bind any address" in machine.log()
    machine.wait_for("another one has read the files", machine.on_trial)
    assert machine.sshd() != before


@scenario(SOCKET)
def test_a_socket_whose_sshd_is_gone_starts_another_one(machine: Machine) -> None:
    assert machine.banner()
    before = machine.sshd()
    machine.kill(before)
    machine.wait_for("another one answers", lambda: machine.banner() and machine.sshd() not in (None, before))
    append(machine, "ListenAddress 192.0.2.7")
    machine.shell("systemctl reload ssh")
    machine.wait(1)
    assert machine.login(), "where the socket listens is not sshd's business"
