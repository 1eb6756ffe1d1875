"""The playbooks of the collection, as `ansible-playbook sshkeep.openssh.NAME` runs them, on the fleet."""

import csv
import json
import re

from tests.ansible.lab.fleet import Fleet
from tests.ansible.lab.hosts import PLANS
from tests.ansible.lab.test_modules import DOUBLING, HEALTHY
from tests.requirements import need

ROLE = "sshkeep.openssh.keepalive"


def test_one_report_of_all_hosts(machines: Fleet) -> None:
    """A host that can't be reached is in the report, too."""
    machines.controller.cable("rhel", "down")
    try:
        report = machines.controller.folder / "report"
        played = machines.play("sshkeep.openssh.audit", "-e", f"report={report}")
    finally:
        machines.controller.cable("rhel", "up")
    with open(f"{report}.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["host"] for row in rows} == {*PLANS}, played.out
    states = {row["host"]: row["state"] for row in rows}
    assert states == {**dict.fromkeys(PLANS, "findings"), "rhel": "unreachable"}
    assert [row["rule"] for row in rows if row["host"] == "cloud"] == ["interval-doubled"]

    (run,) = json.loads((report.parent / "report.sarif").read_text())["runs"]
    results = [(each["ruleId"], each["locations"][0]["physicalLocation"]) for each in run["results"]]
    assert len(results) == sum(row["state"] == "findings" for row in rows)
    assert ("unknown-keyword", {"artifactLocation": {"uri": "broken/etc/ssh/sshd_config"}, "region": {"startLine": 1}}) in results  # fmt: skip
    (failure,) = run["invocations"][0]["toolExecutionNotifications"]
    assert failure["message"]["text"].startswith("rhel: ")

    page = (report.parent / "report.html").read_text()
    parts = re.findall("/etc/ssh/sshd_config of (.*)</span></h2>", page)
    alone = {"cloud", "match", "suse", "linked", "broken"}
    assert "<li>rhel: " in page and {*parts} == {*alone, "stock, readonly"}


def test_the_role_on_all_hosts(machines: Fleet) -> None:
    options = ("-e", "keepalive_path_timeout=240", "-e", '{"batches": [1, "100%"]}')
    hosts = ",".join(HEALTHY)
    played = machines.play(ROLE, *options, hosts=hosts)
    assert played.code == 0, played.out
    intervals = {host: machines.effective(host)["clientaliveinterval"] for host in HEALTHY}
    assert intervals == {host: "30" if host in DOUBLING else "60" for host in HEALTHY}
    reloads = {
        host: each.result["confirmed"]
        for host, each in played.of(f"{ROLE} : Reload sshd after {ROLE}").items()
    }
    assert reloads == dict.fromkeys(HEALTHY, True), played.out
    again = machines.play(ROLE, *options, hosts=hosts)
    assert again.code == 0 and not [each for each in again.results if each.changed], again.out


def test_hardening_stops_at_a_broken_canary(machines: Fleet) -> None:
    """The order is that of the inventory: suse, broken, readonly."""
    options = ("-e", '{"batches": [1, 1, "100%"]}')
    played = machines.play("sshkeep.openssh.harden", *options, hosts="suse,broken,readonly")
    fixed = {host: each.status for host, each in played.of("Fix what the policy asks for").items()}
    assert (played.code, fixed) == (2, {"suse": "ok", "broken": "failed"}), played.out
    assert machines.effective("suse")["clientaliveinterval"] == "60"
    assert played.of("Reload sshd")["suse"].result["confirmed"]


def test_the_role_by_molecule(machines: Fleet) -> None:
    need("molecule")
    collection = machines.controller.folder / "collections/ansible_collections/sshkeep/openssh"
    assert machines.controller.run("molecule", "test", folder=collection / "extensions") == 0
