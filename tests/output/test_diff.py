"""The diff on standard output is a patch: what patch(1) makes of it is what sshkeep writes."""

import subprocess
from pathlib import Path
from shutil import which

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sshkeep.output.diff import diff_lines
from sshkeep.output.terminal import Terminal
from tests.program import run

DEBIAN = """\
# This is the sshd server system-wide configuration file.

Include /etc/ssh/sshd_config.d/*.conf

#PermitRootLogin prohibit-password
#AuthorizedKeysFile\t.ssh/authorized_keys .ssh/authorized_keys2
KbdInteractiveAuthentication no
UsePAM yes
X11Forwarding yes
PrintMotd no
#ClientAliveInterval 0
#ClientAliveCountMax 3
AcceptEnv LANG LC_*
Subsystem\tsftp\t/usr/lib/openssh/sftp-server

# Example of overriding settings on a per-user basis
#Match User anoncvs
#\tX11Forwarding no
"""

FILES = {
    "Debian's, with tabs": DEBIAN.encode(),
    "CRLF": DEBIAN.replace("\n", "\r\n").encode(),
    "no newline at the end": b"Port 22\nSubsystem\tsftp\tinternal-sftp",
    "a tab in the line that changes": b"ClientAliveInterval\t0\nPort\t22\n",
    "odd bytes far away": b"# \xe4\x1b[31m\n" + DEBIAN.encode(),
    "odd bytes above": b"# \x1b[31m\xff\nClientAliveInterval 0\nPort 22\nUseDNS no\nUsePAM yes\n",
    "odd bytes below": b"Port 22\nUseDNS no\nUsePAM yes\nClientAliveInterval 0\n# \x1b[31m\xff\nX11Forwarding no\n",
    "odd bytes on either side": b"# \x9b\nClientAliveInterval 0\n# \x9b\nPort 22\n",
    "blanks and letters of Unicode": "# caf\u00e9\u00a0\u3000\u6771\u4eac\nClientAliveInterval 0\n".encode(),
    "a no-break space": "Port 22\nClientAliveInterval\u00a0300\nUseDNS no\n".encode(),
    "a CR alone": b"# a\rb\nPort 22\nClientAliveInterval 0\n",
}


def patched(text: bytes, patch: str, folder: Path) -> bytes | None:
    (folder / "patched").write_bytes(text)
    (folder / "p").write_bytes(patch.encode(errors="surrogateescape"))
    command = ["patch", "--binary", "-s", "--no-backup-if-mismatch", "-F", "0", "patched", "p"]
    done = subprocess.run(command, cwd=folder, capture_output=True)
    return (folder / "patched").read_bytes() if done.returncode == 0 else None


@pytest.mark.skipif(not which("patch"), reason="needs patch")
class TestPatch:
    @pytest.mark.parametrize("text", FILES.values(), ids=FILES)
    def test_what_fix_prints_is_a_patch(self, text: bytes, tmp_path: Path) -> None:
        path = tmp_path / "sshd_config"
        path.write_bytes(text)
        (tmp_path / "f").write_bytes(text)
        (tmp_path / "p").write_bytes(run("fix", "sshd_config", cwd=tmp_path).out.encode())
        done = subprocess.run(["patch", "--binary", "f", "p"], cwd=tmp_path, capture_output=True)
        assert done.returncode == 0, done.stdout
        assert run("fix", "--write", "sshd_config", cwd=tmp_path).code == 0
        assert path.read_bytes() != text
        assert (tmp_path / "f").read_bytes() == path.read_bytes()

    def test_several_files_are_one_patch(self, tmp_path: Path) -> None:
        names = ("a/sshd_config", "b c/sshd_config")
        for name in names:
            (tmp_path / name).parent.mkdir()
            (tmp_path / name).write_text(DEBIAN)
        (tmp_path / "p").write_bytes(run("fix", *names, cwd=tmp_path).out.encode())
        done = subprocess.run(["patch", "-p0", "--binary", "-i", "p"], cwd=tmp_path, capture_output=True)
        assert done.returncode == 0, done.stdout
        assert [(tmp_path / name).read_text() != DEBIAN for name in names] == [True, True]

    @settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.lists(
            st.sampled_from([b"a\n", b"b\tc\n", b"d\r\n", b"\x1b\xff\n", b"e\xc3\xa9\n"]),
            min_size=1,
            max_size=30,
        ),
        st.sets(st.integers(0, 29), min_size=1, max_size=4),
    )
    @example([b"\x1b\xff\n", b"a\n", b"\x1b\xff\n"], {1})
    def test_a_change_of_lines_that_can_be_printed_is_one(
        self, tmp_path: Path, lines: list[bytes], places: set[int]
    ) -> None:
        after = [b"new\n" if at in places and b"\x1b" not in line else line for at, line in enumerate(lines)]
        old, new = b"".join(lines), b"".join(after)
        if old == new:
            return
        text = "".join(f"{line}\n" for line in diff_lines("x", old, new, Terminal("never")))
        assert patched(old, text, tmp_path) == new


def test_a_terminal_is_not_spoken_to() -> None:
    lines = list(diff_lines("x", b"a\x1b]0;\x07\x9b\t\rb\r\n\xe2\x80\xae\n", b"b\n", Terminal("never")))
    assert lines[3:] == ["-a\\x1b]0;\\x07\\x9b\t\\x0db\r", "-\\u202e", "+b"]


def test_json_has_the_same_diff(tmp_path: Path) -> None:
    import json

    (tmp_path / "sshd_config").write_bytes(b"ClientAliveInterval\t0\r\n")
    report = json.loads(run("fix", "--format", "json", "sshd_config", cwd=tmp_path).out)
    assert "-ClientAliveInterval\t0\r\n+ClientAliveInterval\t60\r\n" in report["files"][0]["diff"]
