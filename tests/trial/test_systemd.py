"""What systemd adds: reloads that fail, units that do not start again, and sockets that listen for sshd."""

from pathlib import Path

from tests.trial.kinds import SOCKET, SYSTEMD
from tests.trial.machine import Machine
from tests.trial.scenario import scenario
from tests.trial.test_process import ends_well, on_trial

DROP_IN = "/etc/systemd/system/ssh.service.d"


def override(machine: Machine, text: str) -> None:
    """Change the unit by a drop-in, as ``systemctl edit`` does."""
    machine.shell(f"mkdir -p {DROP_IN}")
    machine.path(f"{DROP_IN}/test.conf").write_text(text)
    machine.shell("systemctl daemon-reload")


@scenario(SYSTEMD)
def test_a_reload_that_fails_ends_the_trial(machine: Machine) -> None:
    override(machine, "[Service]\nExecReload=\nExecReload=/bin/false\n")
    done = machine.put_on_trial(60)
    assert done.code == 2 and "taken back" in done.err
    assert machine.runs_as_before() and machine.login()
    assert machine.sshkeep("confirm").code == 1


@scenario(SYSTEMD)
def test_a_reload_that_fails_at_the_end(machine: Machine) -> None:
    """sshd still has the trial's value then: sshkeep restarts it, or the next command reports it."""
    on_trial(machine, 12)
    override(machine, "[Service]\nExecReload=\nExecReload=/bin/false\n")
    machine.wait_for("the trial has ended", lambda: machine.timer() is None, 20)
    machine.becomes(machine.runs_as_before, 5)
    assert machine.runs_as_before() or "reloaded" in machine.sshkeep("lint").err


@scenario(SYSTEMD)
def test_a_unit_that_has_been_started_too_often(machine: Machine) -> None:
    """StartLimitBurst counts starts by hand, too; only ``systemctl reset-failed`` forgets them."""
    override(machine, "[Unit]\nStartLimitIntervalSec=1h\nStartLimitBurst=1\n")
    machine.shut_down_and_boot()
    machine.steal(2222)
    done = machine.put_on_trial(60, "Port", "2222")
    machine.wait_for("an sshd with the old files answers", machine.runs_as_before)
    assert done.code == 2


@scenario(SYSTEMD)
def test_a_unit_that_does_not_start_again(machine: Machine) -> None:
    """Then sshkeep has to report that nobody gets in any more."""
    override(machine, "[Service]\nExecStartPre=/bin/false\n")
    machine.steal(2222)
    done = machine.put_on_trial(60, "Port", "2222")
    assert done.code == 2 and (machine.runs_as_before() or "no sshd is running" in done.err)
    assert machine.runs_as_before() or "no sshd is running" in machine.sshkeep("confirm").err


@scenario(SOCKET)
def test_a_trial_before_the_first_connection(machine: Machine) -> None:
    """No sshd runs, and that is how it should be: the next connection starts one with the new files."""
    assert machine.sshd() is None
    assert machine.put_on_trial(10).code == 0
    machine.wait_for("who connects meets the new files", machine.on_trial)
    ends_well(machine)


# Ubuntu's socket, which learns from sshd_config where to listen.


GENERATOR = """#!/bin/sh
mkdir -p /run/sshd "$1/ssh.socket.d"
{
    echo '[Socket]'
    echo 'BindIPv6Only=ipv6-only'
    echo 'ListenStream='
    /usr/sbin/sshd -T | sed -n 's/^listenaddress /ListenStream=/p'
} >"$1/ssh.socket.d/addresses.conf"
"""
"""A stand-in for Ubuntu's sshd-socket-generator, whose package Debian's archive does not have; it writes what that one does."""


def _generated(root: Path) -> None:
    SOCKET.prepare(root)
    required = root / "etc/systemd/system/ssh.service.requires/ssh.socket"
    required.parent.mkdir()
    required.symlink_to("/lib/systemd/system/ssh.socket")
    generator = root / "usr/lib/systemd/system-generators/sshd-socket-generator"
    generator.write_text(GENERATOR)
    generator.chmod(0o755)


UBUNTU = SOCKET._replace(name="socket-generator", prepare=_generated)


@scenario(UBUNTU)
def test_a_port_on_trial_where_the_socket_follows(machine: Machine) -> None:
    assert machine.banner()
    assert machine.put_on_trial(10, "Port", "2222").code == 0
    machine.wait_for("the socket listens on the new port", lambda: machine.banner(2222))
    assert machine.login(2222) and not machine.banner()
    machine.wait_for("and on the old one again", machine.runs_as_before, 15)
    assert machine.login() and not machine.banner(2222)


@scenario(UBUNTU)
def test_an_address_of_another_machine_where_the_socket_follows(machine: Machine) -> None:
    done = machine.put_on_trial(10, "ListenAddress", "192.0.2.7")
    assert done.code == 2 and "192.0.2.7" in done.err and machine.runs_as_before()


@scenario(SOCKET)
def test_a_port_on_trial_under_a_socket_that_has_started_sshd(machine: Machine) -> None:
    """After SIGHUP sshd would listen on the new port itself, and nobody would answer at the socket any more."""
    assert machine.banner() and machine.sshd()
    assert machine.put_on_trial(10, "Port", "2222").code == 0
    assert machine.login() and not machine.banner(2222)
    machine.wait_for("the files are the old ones again", machine.runs_as_before, 15)
    assert machine.login()
