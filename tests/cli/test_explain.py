"""`sshkeep explain`: a keyword's facts, and where files set it."""

from pathlib import Path

import pytest

from tests.program import run

SAYS = [
    (
        "clientaliveinterval",
        "openssh-9.2",
        ["ClientAliveInterval (sshd_config)", "seconds", "0 (openssh-9.2)"],
    ),
    ("Port", "openssh-9.2", ["Port (sshd_config)", "add to one list", "Port (ssh_config)", "first one wins"]),
    ("LogLevel", "debian-12", ["silent", "in Match  yes"]),
    ("IPQoS", "openssh-9.2", ["the last one wins"]),
    ("UsePAM", "openssh-9.2", ["in Match  no"]),
    ("UseKeychain", "openssh-9.2", ["not to openssh-9.2", "macOS"]),
    ("ChannelTimeout", "openssh-9.0", ["not to openssh-9.0", "since 9.2"]),
    ("KeepAlive", "openssh-9.2", ["also", "TCPKeepAlive"]),
    ("UseLogin", "openssh-9.2", ["deprecated: OpenSSH takes the line and does nothing with it"]),
    ("Match", "openssh-9.2", ["criteria"]),
]


@pytest.mark.parametrize(("keyword", "target", "texts"), SAYS)
def test_what_is_said(keyword: str, target: str, texts: list[str]) -> None:
    done = run("explain", keyword, "--target", target)
    assert (done.code, done.err) == (0, "")
    assert [text for text in texts if text not in done.out] == []


def test_where_it_is_set(tmp_path: Path) -> None:
    path = tmp_path / "sshd_config"
    path.write_text("KeepAlive no\nMatch all\n  TCPKeepAlive yes\n")
    done = run("explain", "TCPKeepAlive", "--kind", "sshd_config", path)
    assert done.out.splitlines()[-2:] == [
        f"  {path}:1: KeepAlive no",
        f"  {path}:3: TCPKeepAlive yes  (in Match all)",
    ]
    assert f"{path} does not set Port" in run("explain", "port", path).out


@pytest.mark.parametrize(
    ("keyword", "hint"), [("ServraliveInterval", "did you mean ServerAliveInterval?"), ("x\x1b[2J", "man")]
)
def test_no_such_keyword(keyword: str, hint: str) -> None:
    done = run("explain", keyword)
    assert (done.code, hint in done.err, "\x1b" in done.err) == (2, True, False)


def test_what_the_crypto_policy_replaces(tmp_path: Path) -> None:
    path = tmp_path / "sshd_config"
    path.write_text("Ciphers aes256-ctr\nMatch User a\n    X11Forwarding no\n")
    assert "(no effect: RHEL 8's crypto policy" in run("explain", "Ciphers", path, "--target", "rhel-8").out
    assert "no effect" not in run("explain", "Ciphers", path, "--target", "rhel-9").out
