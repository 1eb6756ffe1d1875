"""A7: RHEL 8's crypto policy stands on sshd's command line; lint, effective, set and fix take that into account."""

import json
import subprocess
from pathlib import Path

import pytest

from sshkeep.api.lint import lint
from tests.oracle.installed import host_key
from tests.program import call
from tests.requirements import need

TEXT = "Ciphers aes256-ctr\nClientAliveInterval 60\n"
WINS = "RHEL 8's crypto policy on sshd's command line wins"


@pytest.fixture
def rhel(tmp_path: Path) -> Path:
    """The root of an RHEL 8."""
    (tmp_path / "etc/ssh").mkdir(parents=True)
    (tmp_path / "etc/sysconfig").mkdir()
    (tmp_path / "etc/ssh/sshd_config").write_text(TEXT)
    return tmp_path


def asked(command: str, root: Path, *more: str) -> tuple[int, str]:
    where = ["--root", str(root), "--target", "rhel-8.10", str(root / "etc/ssh/sshd_config")]
    done = call(command, *more, *where)
    return done.code, done.out


@pytest.mark.parametrize(
    ("sysconfig", "counts"),
    [
        ("", False),
        ("# CRYPTO_POLICY=\n", False),
        ("CRYPTO_POLICY=\n", True),
        ('OPTIONS="-u0"\nCRYPTO_POLICY=""\n', True),
        ("CRYPTO_POLICY=-oCiphers=aes256-ctr\n", False),
        ("NO_CRYPTO_POLICY=\n", False),
    ],
)
def test_the_machine_may_opt_out(sysconfig: str, counts: bool, rhel: Path) -> None:
    (rhel / "etc/sysconfig/sshd").write_text(sysconfig)
    for command in ("lint", "effective"):
        assert (WINS in asked(command, rhel)[1]) is not counts
    assert (WINS in asked("set", rhel, "Ciphers=aes128-ctr")[1]) is not counts


def test_set_claims_no_effect(rhel: Path) -> None:
    _, out = asked("set", rhel, "MACs=hmac-sha2-256")
    assert "MACs is hmac-sha2-256 in the file, without effect" in out
    assert "for all connections" not in out


def test_fix_claims_no_effect(rhel: Path) -> None:
    (rhel / "etc/ssh/sshd_config").write_text("Cipherz aes256-ctr\nClientAliveInterval 60\n")
    _, out = asked("fix", rhel, "--unsafe")
    assert f"sshd_config:1: no effect, {WINS}" in out


def test_effective_as_json(rhel: Path) -> None:
    settings = json.loads(asked("effective", rhel, "--format", "json")[1])["settings"]
    noted = {each["keyword"]: each["notes"] for each in settings if each["notes"]}
    assert list(noted) == ["Ciphers"]
    assert WINS in noted["Ciphers"][0]


@pytest.mark.parametrize(
    ("text", "keywords"),
    [
        ("Ciphers aes256-ctr\n", ["Ciphers"]),
        ("Ciphers aes256-ctr\nCiphers aes128-ctr\n", ["Ciphers"]),
        ("HostKeyAlgorithms ssh-ed25519\nCASignatureAlgorithms ssh-ed25519\n", ["CASignatureAlgorithms", "HostKeyAlgorithms"]),
        ("PubkeyAcceptedKeyTypes ssh-ed25519\n", ["PubkeyAcceptedKeyTypes"]),
        ("HostbasedAcceptedKeyTypes ssh-ed25519\n", []),
        ("Match User a\n PubkeyAcceptedKeyTypes ssh-ed25519\n", []),
        ("GSSAPIKexAlgorithms gss-group14-sha256-\n", ["GSSAPIKexAlgorithms"]),
    ],
)  # fmt: skip
def test_what_the_policy_holds(text: str, keywords: list[str]) -> None:
    found = lint(files={"sshd_config": text}, target="rhel-8.10").findings
    assert sorted(f.keyword for f in found if f.rule == "crypto-policy") == sorted(keywords)
    assert not any(
        f.rule == "crypto-policy" for f in lint(files={"sshd_config": text}, target="rhel-9.3").findings
    )


def test_algorithms_of_a_file_that_does_not_count_are_not_weak() -> None:
    found = lint(
        files={"sshd_config": "Ciphers 3des-cbc\n"}, target="rhel-8.10", select=["security"]
    ).findings
    assert not any(f.rule == "weak-ciphers" for f in found)


def test_sshd_takes_its_command_line_first(tmp_path: Path) -> None:
    """What the unit does, with this machine's sshd; a Match block comes after both."""
    need("openssh")
    path = tmp_path / "sshd_config"
    path.write_text(
        "Ciphers aes256-ctr\nMACs hmac-sha2-256\nMatch User a\nPubkeyAcceptedAlgorithms ssh-ed25519\n"
    )
    options = ["-oCiphers=aes128-ctr", "-oPubkeyAcceptedAlgorithms=rsa-sha2-256"]
    command = ["/usr/sbin/sshd", "-T", "-f", str(path), "-h", host_key(), *options, "-C", "user=a"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.lower().splitlines()
    assert {"ciphers aes128-ctr", "macs hmac-sha2-256", "pubkeyacceptedalgorithms ssh-ed25519"} <= {*printed}
