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
    assert ("to ignore it, write IgnoreUnknown Foo above it" in finding.notes) == helps
    need("openssh")
    (tmp_path / "c").write_text(f"IgnoreUnknown Foo\n{line}\n")
    done = subprocess.run(["ssh", "-G", "-F", str(tmp_path / "c"), "web"], capture_output=True, timeout=20)
    assert (done.returncode == 0) == helps


WHERE = [
    # the config, the keyword, and what the hint says to write where
    ("IgnoreUnknown UseKeychain\nHost *\n  Foo bar\n", "Foo", "UseKeychain,Foo in line 1"),
    ("IgnoreUnknown UseKeychain\nFoo 1\nBar 2\n", "Bar", "UseKeychain,Foo,Bar in line 1"),
    ("IgnoreUnknown foo,FOO\nBar 1\n", "Bar", "foo,Bar in line 1"),
    ("Foo bar\nIgnoreUnknown UseKeychain\n", "Foo", "UseKeychain,Foo above it"),
    ("Foo 1\nfoo 2\nBar 3\n", "Foo", "foo,Bar above it"),
    ("Host web\n  Foo bar\n", "Foo", "Foo above the first block"),
    (
        "Host mac\n  IgnoreUnknown UseKeychain\nHost *\n  Foo bar\n",
        "Foo",
        "UseKeychain,Foo above the first block",
    ),
    ("Match final all\n  IgnoreUnknown Foo\n  Foo bar\n", "Foo", "Foo above it"),
    (
        "Host mac\n  IgnoreUnknown UseKeychain\nHost *\n  IgnoreUnknown Foo\n  Foo bar\n",
        "Foo",
        "UseKeychain,Foo above the first block",
    ),
]


@pytest.mark.parametrize(("text", "name", "hint"), WHERE)
def test_the_hint_names_the_one_line_that_ssh_takes(text: str, name: str, hint: str, tmp_path: Path) -> None:
    found = [f for f in lint(files={"ssh_config": text}).findings if f.rule == "unknown-keyword"]
    finding = next(each for each in found if f"option: {name.lower()}" in each.message)
    assert f"to ignore it, write IgnoreUnknown {hint}" in finding.notes
    need("openssh")
    value = hint.partition(" ")[0]
    old = "" if " in line 1" not in hint else text.splitlines(keepends=True)[0]
    (tmp_path / "c").write_text(f"IgnoreUnknown {value}\n{text.removeprefix(old)}")
    for host in ("web", "mac"):
        done = subprocess.run(["ssh", "-G", "-F", str(tmp_path / "c"), host], capture_output=True, timeout=20)
        assert done.returncode == 0


def test_a_list_that_is_too_long_for_a_hint_is_counted() -> None:
    text = "".join(f"{letter * 20} x\n" for letter in "ABC")
    notes = [note for finding in lint(files={"ssh_config": text}).findings for note in finding.notes]
    hint = "to ignore it, write one IgnoreUnknown above it, with all 3 keywords to ignore"
    assert notes.count(hint) == 3


FOR_SOME = [
    # the config, the line, the host for which ssh refuses it, and what is said; empty where it is ignored
    (
        "Host mac\n  IgnoreUnknown UseKeychain\nHost *\n  IgnoreUnknown Foo\n  Foo bar\n",
        "mac",
        "for 'Host mac', ssh exits with \"Bad configuration option: foo\"",
    ),
    (
        "Host a\n  IgnoreUnknown F*\nHost b\n  IgnoreUnknown X\nHost *\n  IgnoreUnknown Foo\n  Foo bar\n",
        "b",
        "for 'Host b', ssh exits with \"Bad configuration option: foo\"",
    ),
    ("Host mac\n  IgnoreUnknown UseKeychain,Foo\nHost *\n  IgnoreUnknown Foo\n  Foo bar\n", "mac", ""),
    (
        "Host b\n  IgnoreUnknown F*\nHost b\n  IgnoreUnknown X\nHost *\n  IgnoreUnknown Foo\n  Foo bar\n",
        "b",
        "",
    ),
    ("IgnoreUnknown Foo\nHost mac\n  IgnoreUnknown UseKeychain\nHost *\n  Foo bar\n", "mac", ""),
    ("Host !b\n  IgnoreUnknown UseKeychain\nHost *\n  IgnoreUnknown Foo\n  Foo bar\n", "b", ""),
    (
        "Host q\n  IgnoreUnknown UseKeychain\nHost *\n  UseKeychain yes\n",
        "web",
        "only for 'Host q' ssh ignores UseKeychain; "
        'for other hosts, ssh exits with "Bad configuration option: usekeychain"',
    ),
]


@pytest.mark.parametrize(("text", "host", "message"), FOR_SOME)
def test_a_keyword_that_ssh_refuses_for_some_hosts(
    text: str, host: str, message: str, tmp_path: Path
) -> None:
    found = [f.message for f in lint(files={"ssh_config": text}).findings if f.rule == "unknown-keyword"]
    assert found == ([message] if message else [])
    need("openssh")
    (tmp_path / "c").write_text(text)
    done = subprocess.run(["ssh", "-G", "-F", str(tmp_path / "c"), host], capture_output=True, timeout=20)
    assert (done.returncode != 0) == bool(message)


def test_a_line_for_the_second_pass_is_not_extended() -> None:
    """ssh refuses the keyword in its first pass, so the line goes to the top."""
    text = "Match final all\n  IgnoreUnknown UseKeychain\n  UseKeychain yes\n"
    (finding,) = [f for f in lint(files={"ssh_config": text}).findings if f.rule == "unknown-keyword"]
    assert finding.fix and finding.fix.title == "IgnoreUnknown UseKeychain"
    (change,) = fix(files={"ssh_config": text}, select=["unknown-keyword"]).changes
    assert change.after == f"IgnoreUnknown UseKeychain\n{text}".encode()


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
