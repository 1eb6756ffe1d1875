"""Where sshd cannot listen, it exits at the reload: `sshd -t` does not bind. Nobody gets in any more."""

from tests.trial.kinds import NO_INIT, SERVICES, SYSTEMD
from tests.trial.machine import CONFIG, Machine
from tests.trial.scenario import scenario

ELSEWHERE = "192.0.2.7"
"""An address that none of these machines has."""

OWN = "198.51.100.7"


def refused_untouched(machine: Machine, reason: str, *setting: str) -> None:
    """A trial of ``setting`` is refused with this reason; neither files nor sshd are touched."""
    before = machine.sshd()
    done = machine.put_on_trial(10, *setting)
    assert done.code == 2 and reason in done.err
    assert machine.sshd() == before, "sshd is not the same any more"
    assert machine.runs_as_before()
    assert machine.sshkeep("confirm").err == "sshkeep: nothing is on trial\n"


@scenario(*SERVICES)
def test_an_address_of_another_machine_is_refused(machine: Machine) -> None:
    refused_untouched(machine, ELSEWHERE, "ListenAddress", ELSEWHERE)


@scenario(*SERVICES)
def test_a_port_of_another_program_is_refused(machine: Machine) -> None:
    machine.occupy(2222)
    refused_untouched(machine, "2222", "Port", "2222")


@scenario(SYSTEMD)
def test_a_port_that_is_taken_for_ipv4_only_is_refused(machine: Machine) -> None:
    """sshd goes on with what it gets, so it would listen for IPv6 only."""
    machine.occupy(2222, "0.0.0.0")
    refused_untouched(machine, "2222", "Port", "2222")


@scenario(NO_INIT, SYSTEMD)
def test_an_address_of_this_machine_is_none_to_refuse(machine: Machine) -> None:
    machine.shell(f"ip address add {OWN}/32 dev lo")
    assert machine.put_on_trial(10, "ListenAddress", OWN).code == 0
    machine.wait_for("sshd answers there", lambda: machine.banner(address=OWN))
    assert not machine.banner()
    machine.wait_for("sshd answers as before", machine.runs_as_before, 15)


@scenario(SYSTEMD)
def test_the_port_that_sshd_has_itself_is_none_to_refuse(machine: Machine) -> None:
    assert machine.put_on_trial(10, "Port", "22", "2222").code == 0
    machine.wait_for("sshd listens on both", lambda: {"0.0.0.0:22", "0.0.0.0:2222"} <= machine.listening())


@scenario(SYSTEMD)
def test_linux_may_let_sshd_bind_what_is_not_there_yet(machine: Machine) -> None:
    machine.shell("echo 1 >/proc/sys/net/ipv4/ip_nonlocal_bind")
    machine.shell(f"echo 'ListenAddress 127.0.0.1' >>{CONFIG} && systemctl reload ssh")
    done = machine.sshkeep("set", "--write", "--confirm", "60", "--add", "ListenAddress", ELSEWHERE, CONFIG)
    assert done.code == 0
    machine.wait_for("sshd listens there", lambda: f"{ELSEWHERE}:22" in machine.listening())


@scenario(*SERVICES)
def test_sshd_that_dies_of_the_reload_is_started_with_the_old_files(machine: Machine) -> None:
    """The port is taken behind sshkeep's back, so no check could foresee it."""
    machine.steal(2222)
    done = machine.put_on_trial(60, "Port", "2222")
    machine.wait_for("an sshd with the old files answers", machine.runs_as_before)
    assert machine.login()
    assert done.code == 2 and "2222" in done.err
    assert machine.sshkeep("confirm").code == 1


@scenario(*SERVICES)
def test_an_old_port_that_is_taken_meanwhile(machine: Machine) -> None:
    """At the end of the trial sshd cannot go back to where it listened, and that must not pass in silence."""
    assert machine.put_on_trial(10, "Port", "2222").code == 0
    machine.wait_for("sshd listens on the new port", lambda: machine.banner(2222))
    machine.occupy(22)
    machine.wait_for("the files are the old ones", lambda: machine.config() == machine.original, 15)
    machine.wait_for("the trial has ended", lambda: machine.timer() is None)
    answer = machine.sshkeep("confirm")
    assert answer.code != 0 and "22" in answer.err.replace("2222", ""), (
        "no word of the port that sshd could not have"
    )


@scenario(*SERVICES)
def test_a_reload_alone_does_not_claim_what_did_not_happen(machine: Machine) -> None:
    done = machine.sshkeep("set", "--write", "--reload", "ListenAddress", ELSEWHERE, CONFIG)
    assert "sshd was reloaded" not in done.out and done.code == 2


@scenario(SYSTEMD)
def test_a_wildcard_beside_an_address_of_its_own_is_refused(machine: Machine) -> None:
    """sshd binds one of both, and nobody reaches it at the others any more."""
    machine.shell(f"echo 'ListenAddress 0.0.0.0' >>{CONFIG} && systemctl reload ssh")
    before = machine.config()
    done = machine.sshkeep("set", "--write", "--confirm", "10", "--add", "ListenAddress", "127.0.0.1", CONFIG)
    assert done.code == 2 and "0.0.0.0:22 (127.0.0.1:22 of the same config is in the way)" in done.err
    assert machine.config() == before and machine.login()


@scenario(SYSTEMD)
def test_more_addresses_than_sshd_can_have_are_refused(machine: Machine) -> None:
    refused_untouched(machine, "more than 16 addresses", "Port", *map(str, range(2201, 2210)))
