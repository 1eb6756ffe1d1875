"""Unknown keywords: IgnoreUnknown is named where it helps, as ssh -G shows."""

import subprocess
from pathlib import Path

import pytest

from sshkeep.api.fix import fix
from sshkeep.api.lint import lint
from tests.requirements import need

EXCUSABLE = [
    ("Foo x", True),
    ("Foo x y", True),
    ('Foo ""', True),
    ("Foo = x", True),
    ("Foo", False),
    ("Foo =", False),
    ('Foo "x', False),
]


@pytest.mark.parametrize(("line", "helps"), EXCUSABLE)
def test_the_hint_is_there_where_ssh_then_takes_the_line(line: str, helps: bool, tmp_path: Path) -> None:
    (finding,) = [each for each in lint(files={"ssh_config": f"{line}\n"}).findings if each.refused]
    assert ("to make ssh ignore this line, write IgnoreUnknown Foo above it" in finding.notes) == helps
    need("openssh")
    (tmp_path / "c").write_text(f"IgnoreUnknown Foo\n{line}\n")
    done = subprocess.run(["ssh", "-G", "-F", str(tmp_path / "c"), "web"], capture_output=True, timeout=20)
    assert (done.returncode == 0) == helps


@pytest.mark.parametrize("name", ["Fo*o", "Foo,Bar", "'Foo"])
def test_no_hint_at_what_is_no_keyword_of_anything(name: str) -> None:
    (finding,) = [each for each in lint(files={"ssh_config": f"{name} x\n"}).findings if each.refused]
    assert not any("IgnoreUnknown" in note for note in finding.notes)


def test_no_fix_excuses_a_line_that_stays_refused() -> None:
    assert (
        fix(files={"ssh_config": "Host *\n  UseKeychain\n"}, select=["unknown-keyword"], unsafe=True).changes
        == ()
    )


AMBIGUOUS = [
    ("sshd_config", "ClientAliveIntervalMax 3", "ClientAliveCountMax 3"),
    ("sshd_config", "ClientAliveMaxInterval 300", "ClientAliveInterval 300"),
    ("sshd_config", "ClientAliveCountInterval 60", "ClientAliveInterval 60"),
    ("ssh_config", "ServerAliveIntervalMax 5", "ServerAliveCountMax 5"),
    ("ssh_config", "ServerAliveIntervalCount 2", "ServerAliveCountMax 2"),
]


@pytest.mark.parametrize(("kind", "line", "right"), AMBIGUOUS)
def test_a_keyword_that_may_be_an_interval_or_a_count_is_no_safe_fix(
    kind: str, line: str, right: str
) -> None:
    (finding,) = [each for each in lint(files={kind: f"{line}\n"}).findings if each.refused]
    assert finding.fix and finding.fix.safety == "unsafe"
    assert fix(files={kind: f"{line}\n"}, select=[finding.rule]).changes == ()
    (change,) = fix(files={kind: f"{line}\n"}, select=[finding.rule], unsafe=True).changes
    assert change.after == f"{right}\n".encode()


@pytest.mark.parametrize(
    "line", ["ClientAliveIntervall 60", "ClientAliveMaxCount 3", "ClientAliveTimeout 60"]
)
def test_one_that_can_be_but_one_is_safe(line: str) -> None:
    (finding,) = [each for each in lint(files={"sshd_config": f"{line}\n"}).findings if each.refused]
    assert finding.fix and finding.fix.safety == "safe"


@pytest.mark.parametrize(
    ("kind", "line", "target", "label"),
    [
        (
            "ssh_config",
            "GSSAPITrustDns yes",
            "debian-sid",
            "in debian-sid only openssh-client-gssapi has it",
        ),
        (
            "sshd_config",
            "GSSAPIKeyExchange no",
            "debian-sid",
            "in debian-sid only openssh-server-gssapi has it",
        ),
        (
            "ssh_config",
            "GSSAPITrustDns yes",
            "openssh-10.6",
            "only Debian, Ubuntu, Fedora, GSI-OpenSSH, RHEL and SUSE have it",
        ),
        ("ssh_config", "UseKeychain yes", "debian-sid", "only macOS has it"),
    ],
)
def test_who_knows_the_keyword(kind: str, line: str, target: str, label: str) -> None:
    """Debian's own keywords of GSSAPI are in the packages openssh-*-gssapi since 1:10.6p1."""
    (finding,) = [each for each in lint(files={kind: f"{line}\n"}, target=target).findings if each.refused]
    assert finding.label == label
