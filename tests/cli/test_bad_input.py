"""Whatever sshkeep is given, it answers with one clear sentence and the right exit code.

Never a traceback, never a hang, never a changed file. The real program runs, as a process of its own.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st

from sshkeep.cli.exit_codes import Exit
from sshkeep.config.blocks.clients import Connection, HostQuery
from sshkeep.config.effective.evaluate import evaluate_ssh, evaluate_sshd
from sshkeep.config.refusals import lines_refused_alone
from sshkeep.config.tree.file_system import UnreadableFile
from sshkeep.errors import SshkeepError
from sshkeep.fix.plan import plan_fixes
from sshkeep.lint.registry import all_rules
from sshkeep.lint.runner import run_rules
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import NEWEST_TARGET, target_of
from sshkeep.output.diff import diff_lines
from sshkeep.output.effective import setting_lines
from sshkeep.output.findings import finding_lines
from sshkeep.output.terminal import Terminal
from sshkeep.syntax.source import Source
from sshkeep.trees.discover import TreeOptions, tree_for
from sshkeep.trees.tree import Tree
from tests.program import ROOT
from tests.requirements import CHECKS, need

PROGRAM = (sys.executable, "-m", "sshkeep")
COMMANDS = (("lint",), ("fix",), ("fix", "--write"), ("effective",))
READING = (("lint",), ("fix",), ("effective",))
SEVERAL_FILES = (("lint",), ("fix",))

FINE = b"ClientAliveInterval 60\n"
BAD = b"Port 22\nClientAliveInterval 0\n"
MIB = 1024 * 1024


# The program, run and watched.


class Ran(NamedTuple):
    """What a run of sshkeep came to."""

    code: int
    out: str
    err: str


def sshkeep(
    folder: Path,
    *arguments: str,
    stdin: bytes = b"",
    program: Sequence[str] = PROGRAM,
    timeout: float = 20,
    environment: Mapping[str, str] = {},
) -> Ran:
    """sshkeep run in ``folder``, where it changes nothing; its output is valid UTF-8 without traceback."""
    before = content(folder)
    done = subprocess.run(
        [*program, *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        timeout=timeout,
        env={**plain_environment(), **environment},
    )
    ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in ran.out + ran.err
    assert content(folder) == before, "something was written"
    return ran


def plain_environment() -> dict[str, str]:
    """The environment without what changes how results look."""
    return {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "FORCE_COLOR", "NO_COLOR")}


def content(folder: Path) -> dict[str, tuple[int, int, str]]:
    """Every path below ``folder``: mode, time and a hash of the bytes, as far as they may be read."""
    return {str(p): (p.lstat().st_mode, p.lstat().st_mtime_ns, _hash(p)) for p in folder.rglob("*")}


def _hash(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    except PermissionError:
        return ""


def assert_failed(ran: Ran, says: str) -> None:
    """Exit code 2, and one sentence that ``says`` so."""
    assert ran.code == Exit.FAILED, ran
    assert ran.err.startswith("sshkeep: ")
    assert ran.err.count("\n") == 1, "one sentence"
    assert says in ran.err


def commands(*which: Sequence[str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("command", which, ids=" ".join)


# File permissions hold for root only when it gives its powers away before sshkeep starts. That keeps
# an interpreter in root's own home in reach, which another user could not run.

POWERLESS = """
import ctypes, os, sys
for power in range(64):
    ctypes.CDLL(None).prctl(24, power, 0, 0, 0)  # PR_CAPBSET_DROP
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


def _python_under_permissions() -> tuple[str, ...]:
    if os.geteuid() != 0:
        return (sys.executable,)
    return (sys.executable, "-c", POWERLESS)


@lru_cache(maxsize=1)
def _permissions_hold() -> bool:
    """Whether the program can be run so that a folder of mode 0 is closed to it."""
    with TemporaryDirectory() as folder, mode(Path(folder), 0):
        look = [*_python_under_permissions(), "-c", "import os, sys; print(os.access(sys.argv[1], os.R_OK))"]
        return subprocess.run([*look, folder], capture_output=True, text=True).stdout == "False\n"


CHECKS["permissions"] = (_permissions_hold, "needs a user for whom file permissions hold")
CHECKS["dev-full"] = (lambda: os.path.exists("/dev/full"), "needs /dev/full")


def under_permissions() -> tuple[str, ...]:
    """The program, as a user for whom file permissions hold."""
    need("permissions")
    return (*_python_under_permissions(), "-m", "sshkeep")


@contextmanager
def mode(path: Path, bits: int) -> Iterator[None]:
    """``path`` with other permissions for a while."""
    before = path.stat().st_mode
    path.chmod(bits)
    try:
        yield
    finally:
        path.chmod(before)


# A config that can't be read.


Make = Callable[[Path], None]


def missing(path: Path) -> None:
    """There is nothing."""


def dangling_link(path: Path) -> None:
    path.symlink_to("nowhere")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def folder_without_configs(path: Path) -> None:
    path.mkdir()
    (path / "notes.txt").write_bytes(BAD)


def fifo(path: Path) -> None:
    os.mkfifo(path)


def program_file(path: Path) -> None:
    path.write_bytes(b"\x7fELF\2\1\1\0\0\0Port 22\n" + bytes(range(256)) * 100)


def random_bytes(path: Path) -> None:
    path.write_bytes(os.urandom(100_000))


def too_large(path: Path) -> None:
    path.write_bytes(b"# a comment as people write them\n" * (65 * MIB // 33))


UNREADABLE: dict[Make, str] = {
    missing: "sshd_config: no such file",
    dangling_link: "sshd_config: no such file",
    link_to_itself: "sshd_config: too many levels of symbolic links",
    folder_without_configs: "below sshd_config (name the file itself",
    fifo: "sshd_config: not a regular file",
    too_large: "sshd_config: larger than 64 MiB",
}


def made_by(table: Mapping[Make, str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("make", "says"), table.items(), ids=[make.__name__ for make in table])


@commands(*COMMANDS)
@made_by(UNREADABLE)
def test_a_config_that_can_not_be_read(make: Make, says: str, command: Sequence[str], tmp_path: Path) -> None:
    make(tmp_path / "sshd_config")
    ran = sshkeep(tmp_path, *command, "sshd_config")
    assert_failed(ran, says)
    assert ran.out == ""


@commands(*SEVERAL_FILES)
def test_the_other_files_are_reported_all_the_same(command: Sequence[str], tmp_path: Path) -> None:
    for make in UNREADABLE:
        (tmp_path / make.__name__).mkdir()
        make(tmp_path / make.__name__ / "sshd_config")
    (tmp_path / "good").mkdir()
    (tmp_path / "good/sshd_config").write_bytes(BAD)
    ran = sshkeep(tmp_path, *command, *(f"{make.__name__}/sshd_config" for make in UNREADABLE), "good")
    assert ran.code == Exit.FAILED
    for make, says in UNREADABLE.items():
        assert says.replace("sshd_config", f"{make.__name__}/sshd_config") in ran.err
    assert "good/sshd_config:2:1: " in ran.out


@commands(*SEVERAL_FILES)
def test_json_tells_what_could_not_be_read(command: Sequence[str], tmp_path: Path) -> None:
    ran = sshkeep(tmp_path, *command, "--format", "json", "sshd_config")
    assert_failed(ran, "sshd_config: no such file")
    report = json.loads(ran.out)
    assert report["exit_code"] == Exit.FAILED
    assert report["errors"] == ["sshd_config: no such file"]


def only_nul_bytes(path: Path) -> None:
    path.write_bytes(bytes(20 * MIB))


@commands(*COMMANDS)
@pytest.mark.parametrize("make", [program_file, random_bytes, only_nul_bytes])
def test_binary_junk_under_any_name(make: Make, command: Sequence[str], tmp_path: Path) -> None:
    make(tmp_path / "junk")
    assert_failed(sshkeep(tmp_path, *command, "junk"), "can't tell whether junk is")


@commands(*READING, ("fix", "--write"))
@pytest.mark.parametrize("make", [program_file, random_bytes, only_nul_bytes])
def test_a_config_with_nul_bytes_is_read_as_openssh_does_and_never_changed(
    make: Make, command: Sequence[str], tmp_path: Path
) -> None:
    make(tmp_path / "sshd_config")
    ran = sshkeep(tmp_path, *command, "sshd_config")
    refused = make is not only_nul_bytes
    assert (
        ran.code
        == {
            "lint": Exit.FOUND,
            "fix": Exit.FOUND if "--write" in command else Exit.FINE,
            "effective": Exit.FOUND if refused else Exit.FINE,
        }[command[0]]
    )
    assert len(ran.out) < MIB
    if command == ("lint",):
        assert ran.out.count("warning nul-byte") == 1


@commands(("lint", "--format", "json"), ("fix", "--format", "json"))
def test_nothing_is_fixed_in_a_tree_with_a_nul_byte(command: Sequence[str], tmp_path: Path) -> None:
    tree_with(text(b"Banner none\0\n"), tmp_path)
    ran = sshkeep(tmp_path, *command, "sshd_config")
    assert '"nul-byte"' in ran.out
    assert '"keepalive-misspelt"' in ran.out
    assert '"title"' not in ran.out


@commands(*COMMANDS)
def test_a_text_of_neither_kind(command: Sequence[str], tmp_path: Path) -> None:
    (tmp_path / "junk").write_bytes(bytes(range(1, 256)) * 100)
    assert_failed(sshkeep(tmp_path, *command, "junk"), "can't tell whether junk is")


@commands(*READING)
def test_junk_without_nul_bytes_is_a_config_that_openssh_refuses(
    command: Sequence[str], tmp_path: Path
) -> None:
    (tmp_path / "junk").write_bytes(bytes(range(1, 256)) * 100)
    assert sshkeep(tmp_path, *command, "--kind", "sshd_config", "junk").code == Exit.FOUND


@commands(*COMMANDS)
def test_a_file_without_permission(command: Sequence[str], tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_bytes(BAD)
    with mode(tmp_path / "sshd_config", 0):
        ran = sshkeep(tmp_path, *command, "sshd_config", program=under_permissions())
    assert_failed(ran, "sshd_config: permission denied")
    assert ran.out == ""


@commands(*COMMANDS)
@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("secret", "can't read the directory secret: "),
        ("secret/sshd_config", "sshd_config: permission denied"),
    ],
)
def test_a_directory_without_permission(path: str, says: str, command: Sequence[str], tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    with mode(tmp_path / "secret", 0):
        assert_failed(sshkeep(tmp_path, *command, path, program=under_permissions()), says)


@commands(*SEVERAL_FILES)
def test_a_directory_without_permission_hides_no_other(command: Sequence[str], tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "sshd_config").write_bytes(BAD)
    with mode(tmp_path / "secret", 0):
        ran = sshkeep(tmp_path, *command, ".", program=under_permissions())
    assert_failed(ran, "can't read the directory ./secret: ")
    assert "./sshd_config:2:1: " in ran.out


# A config of odd size.


def test_a_config_of_50_megabytes(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_bytes(b"# a comment as people write them\n" * (50 * MIB // 33) + BAD)
    ran = sshkeep(tmp_path, "lint", "sshd_config", timeout=30)
    assert ran.code == Exit.FOUND
    assert ran.err == ""


TOO_MUCH = {
    b"\n" * (64 * MIB): "sshd_config: more than 1,600,000 lines (",
    b"a \n" * (64 * MIB // 3): "sshd_config: more than 1,600,000 lines (",
    b"a \n" * 800_001: "sshd_config: more than 800,000 settings (",
    b"AllowUsers " + b"a " * (32 * MIB - 6): "sshd_config:1: longer than 1 MiB (",
    b"x" * (64 * MIB): "sshd_config:1: longer than 1 MiB (",
}


@commands(("lint",), ("fix",), ("set", "Port", "23"), ("effective", "-C", "user=bob"), ("idle", "--server"))
@pytest.mark.parametrize(
    ("data", "says"), TOO_MUCH.items(), ids=["lines", "bad lines", "settings", "words", "keyword"]
)
def test_64_megabytes_are_refused_at_once(
    data: bytes, says: str, command: Sequence[str], tmp_path: Path
) -> None:
    (tmp_path / "sshd_config").write_bytes(data)
    assert_failed(sshkeep(tmp_path, *command, "sshd_config"), says)


def test_includes_count_for_the_lines_of_a_config(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_bytes(b"Include /etc/ssh/a.conf\n")
    (tmp_path / "a.conf").write_bytes(b"\n" * 1_600_000)
    assert_failed(sshkeep(tmp_path, "lint", "sshd_config"), "sshd_config: more than 1,600,000 lines (")


def test_a_config_that_is_read_may_be_too_large_to_be_changed(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_bytes(b"Port 22\n" * 600_000)
    for command in (("fix",), ("set", "Port", "23")):
        ran = sshkeep(tmp_path, *command, "sshd_config", timeout=60)
        assert_failed(ran, "sshd_config: more than 500,000 settings (sshkeep changes no larger config)")


def test_more_findings_than_can_be_fixed_at_once(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_bytes(b"Foo 1\n" * 100_001)
    ran = sshkeep(tmp_path, "fix", "sshd_config", timeout=60)
    assert_failed(ran, "sshd_config: unknown-keyword has more than 100,000 findings (")


LONG = 100_000


@commands(*READING)
@pytest.mark.parametrize(
    "line",
    [
        pytest.param("# " + "x" * LONG, id="comment"),
        pytest.param("#ClientAliveInterval " + "0" * LONG, id="commented default"),
        pytest.param("x" * LONG, id="keyword"),
        pytest.param("ClientAliveInterval " + "0" * LONG, id="value"),
        pytest.param("ClientAliveInterval " + " " * LONG + "0", id="blanks"),
        pytest.param("ClientAliveInterval " + "0 " * (LONG // 2), id="words"),
        pytest.param('Banner "' + "x" * LONG, id="open quote"),
        pytest.param("Match User " + "a*," * (LONG // 3) + "b\nClientAliveInterval 0", id="patterns"),
    ],
)
def test_a_line_of_100_kilobytes(line: str, command: Sequence[str], tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text(line + "\n")
    ran = sshkeep(tmp_path, *command, "sshd_config")
    assert ran.code in (Exit.FINE, Exit.FOUND)


@pytest.mark.parametrize("line", ["x" * LONG, "ClientAliveInterval " + "0" * LONG], ids=["keyword", "value"])
def test_a_finding_about_it_can_be_read(line: str, tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text(f"{line}\n")
    ran = sshkeep(tmp_path, "lint", "sshd_config")
    assert max(map(len, (ran.out + ran.err).splitlines())) < 1000


# Includes.


@commands(*COMMANDS)
def test_an_include_loop(command: Sequence[str], tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_bytes(b"Include a.conf\n")
    (tmp_path / "a.conf").write_bytes(b"Include sshd_config\n")
    ran = sshkeep(tmp_path, *command, "sshd_config")
    says = "Includes are nested more than 16 deep"
    if command == ("lint",):
        assert ran.code == Exit.FOUND
        assert says in ran.out
    elif "effective" in command:
        assert ran.code == Exit.FOUND
        assert says in ran.err
    else:
        assert_failed(ran, says)


@commands(*COMMANDS)
def test_an_include_of_too_many_files(command: Sequence[str], tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_bytes(b"Include many/*\n")
    (tmp_path / "many").mkdir()
    for number in range(1000):
        (tmp_path / "many" / str(number)).write_bytes(FINE)
    assert_failed(sshkeep(tmp_path, *command, "sshd_config"), "includes more than 1000 files")


@commands(*COMMANDS)
def test_a_dangling_include_is_told_once(command: Sequence[str], tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_bytes(b"Include gone.conf\nInclude gone.conf\n" + FINE)
    ran = sshkeep(tmp_path, *command, "sshd_config")
    assert ran.code == Exit.FINE
    assert ran.err.startswith("sshkeep: note: nothing found for Include gone.conf (")
    assert ran.err.count("gone.conf") == ran.err.count("\n") == 1


UNREADABLE_INCLUDES: dict[Make, str] = {
    fifo: "10-site.conf: not a regular file",
    link_to_itself: "10-site.conf: too many levels of symbolic links",
    too_large: "10-site.conf: larger than 64 MiB",
}
MISSPELT = b"Include sshd_config.d/*.conf\nClientAliveIntervall 60\n"


def tree_with(make: Make, folder: Path) -> None:
    """A main file with a finding of its own, and a drop-in."""
    (folder / "sshd_config.d").mkdir()
    (folder / "sshd_config").write_bytes(MISSPELT)
    make(folder / "sshd_config.d/10-site.conf")


def text(data: bytes) -> Make:
    """Makes an ordinary file."""

    def make(path: Path) -> None:
        path.write_bytes(data)

    return make


def assert_incomplete(command: Sequence[str], says: str, ran: Ran) -> None:
    """What does not depend on the file is told; nothing is fixed."""
    assert_failed(ran, says)
    if command == ("lint",):
        assert "sshd_config:2:1: error keepalive-misspelt" in ran.out
    elif command == ("effective",):
        assert "TCPKeepAlive" in ran.out
    else:
        assert ran.out == ""


@commands(("lint",), ("fix",), ("fix", "--write"))
@made_by(UNREADABLE_INCLUDES)
def test_an_include_that_can_not_be_read(
    make: Make, says: str, command: Sequence[str], tmp_path: Path
) -> None:
    tree_with(make, tmp_path)
    assert_incomplete(command, says, sshkeep(tmp_path, *command, "sshd_config"))


@commands(("lint",), ("fix",), ("fix", "--write"))
def test_an_include_without_permission(command: Sequence[str], tmp_path: Path) -> None:
    tree_with(text(FINE), tmp_path)
    with mode(tmp_path / "sshd_config.d/10-site.conf", 0):
        ran = sshkeep(tmp_path, *command, "sshd_config", program=under_permissions())
    assert_incomplete(command, "10-site.conf: permission denied", ran)


def test_effective_tells_that_the_tree_is_not_whole(tmp_path: Path) -> None:
    tree_with(fifo, tmp_path)
    (tmp_path / "sshd_config").write_bytes(b"MaxAuthTries 3\nInclude sshd_config.d/*.conf\n")
    ran = sshkeep(tmp_path, "effective", "sshd_config")
    assert_failed(ran, "10-site.conf: not a regular file; sshd_config includes it")
    assert "MaxAuthTries 3  sshd_config:1\n" in ran.out


@commands(*SEVERAL_FILES)
def test_an_include_that_can_not_be_read_hides_no_other_file(command: Sequence[str], tmp_path: Path) -> None:
    tree_with(fifo, tmp_path)
    (tmp_path / "good").mkdir()
    (tmp_path / "good/sshd_config").write_bytes(BAD)
    ran = sshkeep(tmp_path, *command, "sshd_config", "good/sshd_config")
    assert_failed(ran, "10-site.conf: not a regular file")
    assert "good/sshd_config:2:1: " in ran.out


# Files that can't be written.


def test_a_read_only_file_is_not_fixed(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_bytes(BAD)
    with mode(tmp_path / "sshd_config", 0o444):
        ran = sshkeep(tmp_path, "fix", "--write", "sshd_config", program=under_permissions())
    assert_failed(ran, "can't write sshd_config: ")


def test_a_file_in_a_read_only_directory_is_not_fixed(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/sshd_config").write_bytes(BAD)
    with mode(tmp_path / "etc", 0o555):
        ran = sshkeep(tmp_path, "fix", "--write", "etc/sshd_config", program=under_permissions())
    assert_failed(ran, "can't write etc/sshd_config: ")


@pytest.mark.parametrize("read_only", ["sshd_config", "sshd_config.d/10-site.conf"])
def test_a_tree_is_fixed_whole_or_not_at_all(read_only: str, tmp_path: Path) -> None:
    tree_with(text(b"KeepAlive yes\n"), tmp_path)
    with mode(tmp_path / read_only, 0o444):
        ran = sshkeep(tmp_path, "fix", "--write", "sshd_config", program=under_permissions())
    assert_failed(ran, f"can't write {read_only}: ")


@commands(*READING)
def test_the_report_does_not_take_the_place_of_the_config(command: Sequence[str], tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_bytes(BAD)
    assert_failed(sshkeep(tmp_path, *command, "--output", "sshd_config", "sshd_config"), "sshd_config")


# Standard streams.


@pytest.mark.parametrize(
    ("arguments", "code", "out"),
    [
        pytest.param(("lint", "--kind", "sshd_config"), Exit.FOUND, "<stdin>:1:1: warning", id="lint"),
        pytest.param(("fix", "--kind", "sshd_config"), Exit.FINE, "ClientAliveInterval 60\n", id="fix"),
        pytest.param(("effective", "--kind", "sshd_config"), Exit.FINE, "TCPKeepAlive", id="effective"),
        pytest.param(
            ("effective", "--kind", "ssh_config", "--host", "web"),
            Exit.FINE,
            "TCPKeepAlive",
            id="effective ssh",
        ),
    ],
)
def test_standard_input_is_empty(arguments: Sequence[str], code: Exit, out: str, tmp_path: Path) -> None:
    ran = sshkeep(tmp_path, *arguments, "-")
    assert ran.code == code
    assert out in ran.out
    assert ran.err == ""


@commands(*COMMANDS)
def test_standard_input_is_empty_and_of_no_kind(command: Sequence[str], tmp_path: Path) -> None:
    assert_failed(sshkeep(tmp_path, *command, "-"), "(use --kind ")


@commands(*COMMANDS)
def test_standard_input_is_too_large(command: Sequence[str], tmp_path: Path) -> None:
    ran = sshkeep(tmp_path, *command, "--kind", "sshd_config", "-", stdin=b"# a line\n" * (65 * MIB // 9))
    assert_failed(ran, "larger than 64 MiB")


def shell(redirection: str) -> tuple[str, ...]:
    """The program, started by a shell with a redirection."""
    return ("sh", "-c", f'exec "$@" {redirection}', "sh", *PROGRAM)


@commands(*COMMANDS)
def test_standard_input_is_closed(command: Sequence[str], tmp_path: Path) -> None:
    ran = sshkeep(tmp_path, *command, "--kind", "sshd_config", "-", program=shell("<&-"))
    assert_failed(ran, "standard input")


@commands(*READING)
def test_standard_output_is_closed(command: Sequence[str], tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_bytes(BAD)
    ran = sshkeep(tmp_path, *command, "sshd_config", program=shell(">&-"))
    assert ran.code in (Exit.FAILED, Exit.READER_GONE)


def test_standard_error_is_closed(tmp_path: Path) -> None:
    assert sshkeep(tmp_path, "lint", "nowhere", program=shell("2>&-")).code == Exit.FAILED


@commands(*READING)
def test_the_disk_is_full(command: Sequence[str], tmp_path: Path) -> None:
    need("dev-full")
    (tmp_path / "sshd_config").write_bytes(BAD)
    for arguments, program in ((("--output", "/dev/full"), PROGRAM), ((), shell(">/dev/full"))):
        ran = sshkeep(tmp_path, *command, "sshd_config", *arguments, program=program)
        assert_failed(ran, "o space left on device")


def with_reader_gone(folder: Path, *arguments: str, errors_too: bool = False) -> Ran:
    """sshkeep writing to a pipe that nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    errors = writer if errors_too else subprocess.PIPE
    try:
        done = subprocess.run([*PROGRAM, *arguments], cwd=folder, stdout=writer, stderr=errors, timeout=30)
    finally:
        os.close(writer)
    return Ran(done.returncode, "", (done.stderr or b"").decode())


@pytest.mark.parametrize(
    "arguments",
    [
        ("lint", "sshd_config"),
        ("lint", "--format", "json", "sshd_config"),
        ("fix", "sshd_config"),
        ("fix", "-", "--kind", "sshd_config"),
        ("effective", "sshd_config"),
        ("rule",),
    ],
    ids=" ".join,
)
def test_the_reader_is_gone(arguments: Sequence[str], tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_bytes(BAD)
    assert with_reader_gone(tmp_path, *arguments) == Ran(Exit.READER_GONE, "", "")


@pytest.mark.parametrize("arguments", [("lint", "nowhere")], ids=" ".join)
def test_the_reader_of_errors_is_gone(arguments: Sequence[str], tmp_path: Path) -> None:
    assert with_reader_gone(tmp_path, *arguments, errors_too=True).code in (Exit.FAILED, Exit.READER_GONE)


@commands(*SEVERAL_FILES)
def test_the_reader_is_gone_in_the_midst_of_500_files(command: Sequence[str], tmp_path: Path) -> None:
    for number in range(500):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "sshd_config").write_bytes(BAD)
    assert with_reader_gone(tmp_path, *command, ".") == Ran(Exit.READER_GONE, "", "")


# Ctrl-C. That sshkeep is at work shows in what it has taken in, or has told.


def start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen([*PROGRAM, *arguments], cwd=folder, stdin=pipe, stdout=pipe, stderr=pipe)


def interrupted(process: subprocess.Popen[bytes]) -> Ran:
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)
    return Ran(process.returncode, out.decode(), err.decode())


@commands(*COMMANDS)
def test_ctrl_c_while_standard_input_is_read(command: Sequence[str], tmp_path: Path) -> None:
    process = start(tmp_path, *command, "--kind", "sshd_config", "-")
    assert process.stdin
    process.stdin.write(b"# more than a pipe holds\n" * 40_000)
    process.stdin.flush()
    assert interrupted(process) == Ran(Exit.INTERRUPTED, "", "")


DROPPED = """
import signal, sys, time, weakref
from sshkeep.cli import main

class Thing: pass

def work(argv):
    thing = Thing()
    watched = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGINT))
    del thing
    time.sleep(9)

main._work = work
main.main()
"""


def test_ctrl_c_where_python_drops_exceptions_is_not_lost() -> None:
    """A weak reference's callback is such a place; an import has one at its end."""
    done = subprocess.run(
        [sys.executable, "-c", DROPPED],
        capture_output=True,
        text=True,
        timeout=8,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)},
    )
    assert (done.returncode, done.stdout, done.stderr) == (Exit.INTERRUPTED, "", "")


def _wait_until_it_has_read(pid: int, size: int) -> None:
    """proc_pid_io(5), rchar: what was read, from files and else."""
    if not os.path.exists("/proc/self/io"):
        pytest.skip("this system does not count what a process reads")
    while int(Path(f"/proc/{pid}/io").read_text().split()[1]) < size:
        time.sleep(0.002)


@commands(*SEVERAL_FILES, ("fix", "--write"))
def test_ctrl_c_while_a_big_file_is_read(command: Sequence[str], tmp_path: Path) -> None:
    line = b"ClientAliveInterval 60\n"
    (tmp_path / "sshd_config").write_bytes(line * (20 * MIB // len(line)) + BAD)
    before = content(tmp_path)
    process = start(tmp_path, *command, "sshd_config")
    _wait_until_it_has_read(process.pid, 20 * MIB)
    assert interrupted(process) == Ran(Exit.INTERRUPTED, "", "")
    assert content(tmp_path) == before


# Wrong usage.


USAGE = {
    ("no-such-command",): "no-such-command",
    ("lint", "--no-such-option"): "--no-such-option",
    ("lint", "--output"): "--output",
    ("lint", "--kind", "dhcpd_config", "sshd_config"): "dhcpd_config",
    ("lint", "--format", "xml", "sshd_config"): "xml",
    ("lint", "--fail-on", "sometimes", "sshd_config"): "sometimes",
    ("lint", "--select", "no-such-rule", "sshd_config"): "no-such-rule (`sshkeep rule` lists them)",
    ("lint", "--ignore", "no-such-rule", "sshd_config"): "no-such-rule (`sshkeep rule` lists them)",
    ("fix", "--extend-select", "x,no-such", "sshd_config"): "x (`sshkeep rule` lists them)",
    ("lint", "--target", "beos-5", "sshd_config"): "unknown target 'beos-5' (`sshkeep targets` lists them)",
    ("lint", "--target", "openssh-7.9", "sshd_config"): "(it reads configs for 8.0 to ",
    ("lint", "--target", "openssh-99.9", "sshd_config"): "(it reads configs for 8.0 to ",
    ("lint", "--root", "nowhere", "sshd_config"): "the root nowhere is not a directory (",
    ("lint", "--root", "sshd_config", "sshd_config"): "the root sshd_config is not a directory (",
    ("lint", "--output", "nowhere/report", "sshd_config"): "can't write nowhere/report: ",
    ("fix", "-", "sshd_config"): "`-` can't be fixed together with other files (",
    ("fix", "--write", "sshd_config", "-"): "`-` can't be fixed together with other files (",
    ("effective", "sshd_config", "sshd_config"): "sshd_config",
    ("effective", "-C", "colour=red", "sshd_config"): "-C does not take 'colour=red' (use user=..., ",
    ("effective", "-C", "bob", "sshd_config"): "-C does not take 'bob' (use user=..., ",
    ("effective", "-C", "lport=ssh", "sshd_config"): "-C lport=ssh is not a port number (",
    ("effective", "-C", "lport=²", "sshd_config"): "-C lport=² is not a port number (",
    ("effective", "-C", "lport=\N{ARABIC-INDIC DIGIT NINE}", "sshd_config"): "is not a port number (",
    ("effective", "--host", "web", "sshd_config"): "--host is for an ssh_config (name the connection",
    ("effective", "--kind", "ssh_config", "sshd_config"): "(name it with --host NAME)",
    ("effective", "--keyword", "Nonsense", "sshd_config"): "Nonsense is not a keyword of sshd_config (",
    ("rule", "no-such-rule"): "no-such-rule (`sshkeep rule` lists them)",
}


@pytest.mark.parametrize(("arguments", "says"), USAGE.items(), ids=map(" ".join, USAGE))
def test_wrong_usage_is_told_with_a_hint(arguments: Sequence[str], says: str, tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_bytes(BAD)
    ran = sshkeep(tmp_path, *arguments)
    assert (ran.code, ran.out) == (Exit.FAILED, "")
    assert says in ran.err
    assert "Traceback" not in ran.err
    assert "Error: " in ran.err or re.search(r" \(.+\)$", ran.err), "no hint"


DIGITS = re.compile(r"\.is(?:digit|decimal|numeric)\(|\\d\{")


def test_numbers_are_ascii_digits_everywhere() -> None:
    """Python's own digits are of all scripts, and int() refuses some of them, such as a raised 2."""
    files = [path for folder in ("sshkeep", "rules") for path in (ROOT / folder).rglob("*.py")]
    lines = [(path.name, line) for path in files for line in path.read_text().splitlines()]
    found = [name for name, line in lines if DIGITS.search(line) and "isascii()" not in line]
    assert found == ["this_machine.py"], "a pattern of bytes"


@pytest.mark.parametrize("value", ["0" * 5000 + "22", "+" + "0" * 5000 + "22"])
@commands(("lint",), ("fix",), ("effective", "-C", "user=bob"))
def test_a_number_of_thousands_of_zeros(value: str, command: Sequence[str], tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text(f"Port {value}\nClientAliveInterval 60\n")
    assert sshkeep(tmp_path, *command, "sshd_config").code == Exit.FINE


# What nobody expected.

BROKEN = """
import sys
import time
from sshkeep.cli import lint, main
def broken(*asked): raise {error}
lint.lint_trees = broken
sys.argv[1:] = ["lint", "x"]
main.main()
"""


def test_a_bug_is_one_sentence_and_a_code_of_its_own(tmp_path: Path) -> None:
    ran = sshkeep(tmp_path, program=(sys.executable, "-c", BROKEN.format(error="KeyError(chr(27))")))
    assert (ran.code, ran.out) == (Exit.BUG, "")
    assert ran.err.startswith("sshkeep: KeyError in broken (<string>:5): this is a bug of sshkeep ")
    assert ran.err.endswith("(SSHKEEP_DEBUG=1 shows the traceback)\n")
    assert ran.err.count("\n") == 1


def test_its_traceback_is_shown_where_it_is_asked_for() -> None:
    program = (sys.executable, "-c", BROKEN.format(error="KeyError"))
    done = subprocess.run(program, env={**os.environ, "SSHKEEP_DEBUG": "1"}, capture_output=True)
    assert b"Traceback" in done.stderr
    assert done.returncode == Exit.BUG


def test_no_memory_is_no_bug(tmp_path: Path) -> None:
    ran = sshkeep(tmp_path, program=(sys.executable, "-c", BROKEN.format(error="MemoryError")))
    assert_failed(ran, "there is not enough memory for a config of this size")


# What could speak to a terminal, and what a locale can't show.

EVIL = b"\x1b]0;owned\x07\xc2\x9b31m\xe2\x80\xae\xe2\x81\xa6\x9b\x7f\r\x08"
"""A window title, a colour by a C1 control, text turned around, an invalid byte, and going back."""
RAW = re.compile(
    "\r(?!\n|$)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\udc80-\udcff]"
)
EVIL_LINES = (
    b"ClientAliveInterval %s\n",
    b"ClientAliveInterval 0 %s\n",
    b"ClientAliveInterval 0\nClientAliveInterval 60 #%s\n",
    b"ClientAliveInterval%s 60\n",
    b"Match User %s\n  ClientAliveInterval 0\n",
    b"Match %s\n  ClientAliveInterval 0\n",
    b"#%s\nClientAliveInterval 0 # %s\n",
    b"Banner %s\nXAuthLocation %s\nBanner two\n",
    b"AcceptEnv %s\n",
    b"Include %s\n",
    b'Banner "%s\n',
)


@commands(("lint",), ("fix",), ("effective", "-C", "user=bob"))
@pytest.mark.parametrize("line", EVIL_LINES, ids=lambda line: line.decode().partition("\n")[0])
def test_no_config_speaks_to_the_terminal(line: bytes, command: Sequence[str], tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_bytes(line.replace(b"%s", EVIL))
    ran = sshkeep(tmp_path, *command, "sshd_config")
    assert RAW.findall(ran.out + ran.err) == []


def test_nor_does_effective_in_the_format_of_openssh(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_bytes(b"Banner " + EVIL + b"\n")
    ran = sshkeep(tmp_path, "effective", "--format", "openssh", "sshd_config")
    assert RAW.findall(ran.out + ran.err) == []


@commands(*READING)
@pytest.mark.parametrize("data", [BAD, b"", b"\0", None], ids=["bad", "empty", "binary", "missing"])
def test_nor_does_a_file_name(data: bytes | None, command: Sequence[str], tmp_path: Path) -> None:
    name = "sshd_config" + os.fsdecode(EVIL)
    if data is not None:
        (tmp_path / name).write_bytes(data)
    ran = sshkeep(tmp_path, *command, name)
    assert RAW.findall(ran.out + ran.err) == []
    assert "\\x1b]0;owned\\x07\\x9b31m\\u202e" in ran.out + ran.err or command == ("effective",)


@pytest.mark.parametrize(
    "arguments",
    [
        ("lint", "--kind", "{}", "sshd_config"),
        ("lint", "--select", "{}", "sshd_config"),
        ("lint", "--target", "{}", "sshd_config"),
        ("lint", "--root", "{}", "sshd_config"),
        ("lint", "--output", "{}/x", "sshd_config"),
        ("effective", "-C", "{}", "sshd_config"),
        ("effective", "--keyword", "{}", "sshd_config"),
        ("rule", "{}"),
        ("{}",),
    ],
    ids=" ".join,
)
def test_nor_does_an_argument(arguments: Sequence[str], tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_bytes(BAD)
    ran = sshkeep(tmp_path, *(argument.format(os.fsdecode(EVIL)) for argument in arguments))
    assert ran.code == Exit.FAILED
    assert RAW.findall(ran.out + ran.err) == []


@commands(*READING)
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_file_name_that_is_no_utf_8(form: str, command: Sequence[str], tmp_path: Path) -> None:
    name = os.fsdecode(b"sshd_config-\xff\xfe")
    (tmp_path / name).write_bytes(BAD)
    ran = sshkeep(tmp_path, *command, "--format", form, name)
    assert ran.code == (Exit.FINE if command == ("effective",) else Exit.FOUND)
    assert ("sshd_config-\\xff\\xfe" if form == "text" else "sshd_config-\ufffd\ufffd") in ran.out
    assert ran.err == ""


POOR_LOCALES = (
    {"PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
)


@commands(*READING)
@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("environment", POOR_LOCALES, ids=" ".join)
def test_a_locale_that_can_not_show_the_config(
    environment: dict[str, str], form: str, command: Sequence[str], tmp_path: Path
) -> None:
    name = "sshd_config-é"
    (tmp_path / name).write_bytes("# Grüße für €\nMatch User jürgen\n\tClientAliveInterval 0\n".encode())
    ran = sshkeep(tmp_path, *command, "--format", form, name, environment=environment)
    assert ran.code == (Exit.FINE if command == ("effective",) else Exit.FOUND)
    assert ran.out.isascii()
    assert ran.err == ""


def test_a_narrow_terminal(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_bytes(
        b"Port 22\n\t  ClientAliveInterval    0    # " + b"never probe anybody " * 9 + b"\nKeepAlive no\n"
        b"ClientAliveInterval 60\nMatch User bob\n  ClientAliveIntervall 90\n"
    )
    ran = sshkeep(tmp_path, "lint", "sshd_config", environment={"COLUMNS": "40"})
    *findings, summary = ran.out.splitlines()
    wide = [line for line in findings if len(line) > 40 and not line.startswith("sshd_config:")]
    assert wide == []
    assert ran.code == Exit.FOUND
    assert "problems" in summary


@pytest.mark.parametrize("columns", ["0", "1", "-5", "wide", "99999999999999999999"])
def test_a_nonsensical_terminal(columns: str, tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_bytes(BAD)
    ran = sshkeep(tmp_path, "lint", "sshd_config", environment={"COLUMNS": columns})
    assert ran.code == Exit.FOUND
    assert ran.err == ""


# Any bytes at all.

KINDS: tuple[Kind, ...] = ("sshd_config", "ssh_config")
TARGETS = ("openssh-8.0", "openssh-9.2", "debian-12", NEWEST_TARGET.name)
KEYWORDS = (
    *("ClientAliveInterval", "ClientAliveCountMax", "ServerAliveInterval", "ServerAliveCountMax"),
    *("clientaliveintervall", "ProtocolKeepAlives", "SetupTimeOut", "KeepAlive", "TCPKeepAlive"),
    *("Match", "Host", "Match user", "Match all", "Match host", "Include", "Port", "HostName", "BatchMode"),
    *("IgnoreUnknown", "#ClientAliveInterval", "#ServerAliveInterval", "#", ""),
)
VALUES = (
    *("0", "60", "1m", "-1", "1.5", "99999999999", "yes", "no", "none", "*", "bob", "!*", "all", "a,b"),
    *("10.0.0.0/8", "exec true", "final", "gone.conf", "[", '"', "'", '"60"', "\\", "#", "= 5", ""),
)
LINES = st.one_of(
    st.tuples(
        st.sampled_from(["", " ", "\t"]),
        st.sampled_from(KEYWORDS),
        st.sampled_from([" ", "=", " = ", "\t", "\r", '"']),
        st.sampled_from(VALUES),
        st.sampled_from(["", " ", "\r", "\f", " # why", " 5"]),
    ).map(lambda parts: "".join(parts).encode()),
    st.binary(max_size=30),
)
CONFIGS = st.one_of(
    st.binary(max_size=300),
    st.builds(
        lambda lines, end: b"\n".join(lines) + end,
        st.lists(LINES, max_size=12),
        st.sampled_from([b"", b"\n"]),
    ),
)


def tree_of(kind: Kind, target: str, data: bytes) -> Tree:
    """A config that is not on disk, nor any file that it includes."""
    return tree_for(f"/nowhere/{kind}", TreeOptions(kind, target_of(target)), data)


def tree_or_reject(kind: Kind, target: str, data: bytes) -> Tree:
    """A tree of one file, unless the file is named as no config at all."""
    try:
        return tree_of(kind, target, data)
    except SshkeepError:
        reject()


TREES = st.builds(tree_or_reject, st.sampled_from(KINDS), st.sampled_from(TARGETS), CONFIGS)
thorough = settings(max_examples=200, deadline=None)


def shown(tree: Tree) -> Iterator[str]:
    """All that `lint` and `effective` say of a tree, as text."""
    terminal = Terminal("never")
    config = tree.load()
    for finding in run_rules(config, list(all_rules().values())):
        yield from finding_lines(finding, terminal)
    evaluated = (
        evaluate_sshd(config, Connection())
        if tree.kind == "sshd_config"
        else evaluate_ssh(config, HostQuery("web", None, "bob"))
    )
    yield from setting_lines(evaluated, config, terminal)
    for refusal in lines_refused_alone(config):
        yield refusal.directive.where


def refused(work: Callable[[], object]) -> str:
    """The sentence with which ``work`` ends; empty where it comes to its end."""
    try:
        work()
    except (SshkeepError, UnreadableFile) as error:
        return str(error)
    return ""


@thorough
@given(TREES)
@example(tree_of("ssh_config", "openssh-8.0", b'IgnoreUnknown "\nFoo 1\n'))
@example(tree_of("ssh_config", NEWEST_TARGET.name, b"IgnoreUnknown '\nFoo 1\n"))
def test_any_bytes_are_linted_and_evaluated_or_refused(tree: Tree) -> None:
    lines: list[str] = []
    assert "\n" not in refused(lambda: lines.extend(shown(tree)))
    assert [line for line in lines if RAW.search(line) or "\n" in line] == []


@thorough
@given(TREES, st.booleans())
@example(tree_of("sshd_config", "openssh-9.2", b'TCPKeepAlive 60\nKeepAlive "\n'), False)
@example(tree_of("sshd_config", "openssh-9.2", b"ClientAliveCntm\nClientAliveCountMax x\n"), False)
@example(
    tree_of(
        "ssh_config",
        NEWEST_TARGET.name,
        b'ClientAliveInterval x\nProtocolKeepAlives 60\nProtocolKeepAlives "60"\n',
    ),
    False,
)
def test_any_bytes_are_fixed_or_refused(tree: Tree, unsafe: bool) -> None:
    def fix() -> None:
        plan = plan_fixes(tree, list(all_rules().values()), {}, unsafe=unsafe)
        for path, after in plan.after.items():
            lines.extend(diff_lines(path, plan.old.files[path].source.data, after, Terminal("never")))

    lines: list[str] = []
    sentence = refused(fix)
    assert "bug of sshkeep" not in sentence
    assert [line for line in lines if RAW.search(line) or "\n" in line] == []


@given(st.binary(max_size=1000))
def test_the_lines_of_any_bytes_are_those_bytes(data: bytes) -> None:
    assert b"".join(Source("x", data).lines) == data
