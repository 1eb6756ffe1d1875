"""The units of examples/fleet: sshkeep checks the files once a day, and when they change."""

import json

from tests.program import ROOT
from tests.trial.kinds import SYSTEMD
from tests.trial.machine import Machine
from tests.trial.scenario import scenario

UNITS = sorted((ROOT / "examples" / "fleet" / "systemd").iterdir())
FINDINGS = "/var/lib/sshkeep-audit/findings.json"
SERVICE = "sshkeep-audit.service"


@scenario(SYSTEMD)
def test_a_change_is_checked_when_it_is_made(machine: Machine) -> None:
    for unit in UNITS:
        machine.path(f"/etc/systemd/system/{unit.name}").write_text(unit.read_text())
    done = machine.run("systemd-analyze", "verify", *(f"/etc/systemd/system/{unit.name}" for unit in UNITS))
    assert not done.code and "sshkeep" not in done.err
    machine.shell("systemctl enable --now sshkeep-audit.timer sshkeep-audit.path")
    timers = machine.run("systemctl", "list-timers", "--all", "--no-legend").out
    assert SERVICE in timers

    assert machine.sshkeep("fix", "--write", "--reload").code == 0
    machine.wait_for("the files were checked", machine.path(FINDINGS).exists, 15)
    machine.wait_for("nothing was found", lambda: _result(machine) == "success", 15)
    before = machine.path(FINDINGS).stat().st_mtime_ns
    assert json.loads(machine.path(FINDINGS).read_text())["summary"]["warning"] == 0

    machine.shell("echo ClientAliveIntervall 30 >/etc/ssh/sshd_config.d/50-typo.conf")
    machine.wait_for(
        "they were checked again", lambda: machine.path(FINDINGS).stat().st_mtime_ns > before, 15
    )
    machine.wait_for("there are findings", lambda: _result(machine) == "exit-code", 15)
    assert "keepalive-misspelt" in machine.run("journalctl", "--no-pager", f"--unit={SERVICE}").out
    assert "keepalive-misspelt" in machine.path(FINDINGS).read_text()


def _result(machine: Machine) -> str:
    shown = machine.quietly("systemctl", "show", "--property=ActiveState,Result", SERVICE).out
    state = dict(line.split("=", 1) for line in shown.splitlines())
    return "" if state["ActiveState"] == "activating" else state["Result"]
