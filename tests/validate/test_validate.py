"""The installed OpenSSH judges a change before it is written: what it sees, what it says, what it never does."""

import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from sshkeep.config.local_machine import home_directory
from sshkeep.config.tree.file import File
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import NEWEST_TARGET
from sshkeep.syntax.source import Source
from sshkeep.testing import config_of, tree_of
from sshkeep.validate.check import missing_besides_config
from sshkeep.validate.private_copy import copy_tree
from sshkeep.validate.result import CannotValidate, ValidationResult
from sshkeep.validate.safe_to_run import why_unsafe_to_run
from tests.validate.chamber import Question, ask

TOP = "/etc/ssh/sshd_config"
TARGET = "openssh-9.2"
DROP_IN = "/etc/ssh/sshd_config.d/50-own.conf"
INCLUDE = "Include /etc/ssh/sshd_config.d/*.conf\n"
NOBODY = 65534

Machine = Callable[..., ValidationResult]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A place that every user can look into; pytest's own are for one user alone."""
    with TemporaryDirectory(prefix="sshkeep-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def machine(folder: Path) -> Machine:
    """Asks about changes on a machine with these files in /etc/ssh, or under a full path elsewhere."""

    def asked(
        files: dict[str, str],
        after: dict[str, str | None],
        *,
        keys: bool = True,
        links: dict[str, str] | None = None,
        **how: object,
    ) -> ValidationResult:
        binds = {}
        for place in ("/etc/ssh", f"{home_directory()}/.ssh"):
            there = folder / place.strip("/").replace("/", "-")
            (there / "sshd_config.d").mkdir(parents=True)
            binds[str(there)] = place
            for path, text in files.items():
                if path.startswith(f"{place}/"):
                    (there / path[len(place) + 1 :]).write_text(text)
            for path, target in (links or {}).items():
                if path.startswith(f"{place}/"):
                    (there / path[len(place) + 1 :]).symlink_to(target)
            for key in Path("/etc/ssh").glob("ssh_host_*") if keys and place == "/etc/ssh" else ():
                shutil.copy2(key, there / key.name)
        copies = folder / "copies"
        copies.mkdir()
        copies.chmod(0o1777)
        content = {path: None if text is None else text.encode() for path, text in after.items()}
        return ask(Question(content, binds, place=str(copies), **how))  # type: ignore[arg-type]

    return asked


BOTH = {TOP: INCLUDE + "Port 22\n", DROP_IN: "UseDNS no\n"}

# Root on Linux: the new files are bound over the live ones, for the asked program alone.


@pytest.mark.parametrize(
    ("after", "verdict", "said"),
    [
        ({TOP: INCLUDE + "Port 23\n"}, "accepted", ""),
        ({TOP: INCLUDE + "Port 0\n"}, "refused", f"{TOP} line 2: Badly formatted port number."),
        ({TOP: "Nonsense 1\n"}, "refused", f"{TOP}: line 1: Bad configuration option: Nonsense"),
        ({DROP_IN: "UseDNS yes\n"}, "accepted", ""),
        ({DROP_IN: "UseDNS perhaps\n"}, "refused", f"{DROP_IN} line 1: unsupported option"),
        ({DROP_IN: None}, "accepted", ""),
        ({"/etc/ssh/sshd_config.d/60-new.conf": "UseDNS no\n"}, "accepted", ""),
        ({"/etc/ssh/sshd_config.d/60-new.conf": "Nope no\n"}, "refused", "60-new.conf: line 1: Bad config"),
        ({TOP: "Include more/a.conf\n", "/etc/ssh/more/a.conf": "Nope no\n"}, "refused", "more/a.conf: line 1"),
        ({TOP: INCLUDE, DROP_IN: "Port 23\n", "/etc/ssh/sshd_config.d/1.conf": "Nope\n"}, "refused", "1.conf"),
        ({}, "accepted", ""),
    ],
)  # fmt: skip
def test_the_candidate_is_judged(
    after: dict[str, str | None], verdict: str, said: str, machine: Machine
) -> None:
    judgement = machine(BOTH, after)
    assert judgement.status == verdict, judgement
    assert said in judgement.stderr
    assert ("mounted over" in judgement.summary) == bool(after)


def test_a_bad_drop_in_that_goes_is_not_seen(machine: Machine) -> None:
    files = {TOP: INCLUDE, DROP_IN: "Nope\n", "/etc/ssh/sshd_config.d/60.conf": "UseDNS no\n"}
    assert machine(files, {DROP_IN: None}).status == "accepted"


def test_the_drop_ins_that_stay_are_seen_beside_a_new_one(machine: Machine) -> None:
    judgement = machine(
        {TOP: INCLUDE, DROP_IN: "Nope 1\n"}, {"/etc/ssh/sshd_config.d/60.conf": "UseDNS no\n"}
    )
    assert judgement.status == "refused"
    assert DROP_IN in judgement.stderr


@pytest.mark.parametrize(
    ("links", "after"),
    [
        ({"/etc/ssh/sshd_config.d/60.conf": "../bad"}, "/etc/ssh/sshd_config.d/70.conf"),
        ({"/etc/ssh/sshd_config.d/60.conf": "/etc/ssh/bad"}, "/etc/ssh/sshd_config.d/70.conf"),
        ({"/etc/ssh/sshd_config.d/60.conf": "bad.link", "/etc/ssh/sshd_config.d/bad.link": "../bad"}, "/etc/ssh/sshd_config.d/70.conf"),
        ({"/etc/ssh/more": "sshd_config.d", "/etc/ssh/sshd_config.d/60.conf": "../bad"}, "/etc/ssh/more/70.conf"),
    ],
)  # fmt: skip
def test_links_lead_where_they_led(links: dict[str, str], after: str, machine: Machine) -> None:
    judgement = machine({TOP: INCLUDE, "/etc/ssh/bad": "Nope 1\n"}, {after: "UseDNS no\n"}, links=links)
    assert judgement.status == "refused"
    assert "60.conf: line 1: Bad configuration option" in judgement.stderr
    assert "mounted over" in judgement.summary


def test_a_main_file_that_is_a_link_is_judged(machine: Machine) -> None:
    links = {TOP: "real_config"}
    real = "/etc/ssh/real_config"
    assert machine({real: "Port 22\n"}, {TOP: "Port 23\n"}, links=links).status == "accepted"


# Without root, or without mounts: a private copy.

WAYS = [{"user": NOBODY}, {"may_mount": False}]


@pytest.mark.parametrize("way", WAYS, ids=str)
@pytest.mark.parametrize(
    ("after", "verdict", "said"),
    [
        ({TOP: INCLUDE + "Port 23\n"}, "accepted", ""),
        ({TOP: INCLUDE + "Port 0\n"}, "refused", f"\n{TOP} line 2: Badly formatted port number."),
        ({DROP_IN: "UseDNS perhaps\n"}, "refused", f"\n{DROP_IN} line 1: unsupported option"),
        ({"/etc/ssh/sshd_config.d/60-new.conf": "Nope no\n"}, "refused", "60-new.conf: line 1: Bad config"),
        ({TOP: 'Include "sshd_config.d/*.conf" none\n', DROP_IN: "Nope 1\n"}, "refused", f"{DROP_IN}: line 1"),
        ({TOP: "Match user a\nInclude =sshd_config.d/50*\n", DROP_IN: "Nope 1\n"}, "refused", f"{DROP_IN}: "),
        ({TOP: f"Include {DROP_IN}\n", DROP_IN: "Nope 1\n"}, "refused", f"{DROP_IN}: line 1"),
    ],
)  # fmt: skip
def test_a_copy_is_judged(
    way: dict[str, object], after: dict[str, str | None], verdict: str, said: str, machine: Machine
) -> None:
    judgement = machine(BOTH, after, **way)
    assert judgement.status == verdict, judgement
    assert said in f"\n{judgement.stderr}"
    assert "private copy" in judgement.summary


@pytest.mark.parametrize("way", [{}, *WAYS], ids=str)
def test_a_missing_host_key_is_no_refusal(way: dict[str, object], machine: Machine) -> None:
    judgement = machine(BOTH, {TOP: "Port 23\n"}, keys=False, **way)
    assert judgement.status == "accepted"
    assert judgement.summary.endswith("; it found no host key that it can read, as today")


@pytest.mark.parametrize("way", [{}, {"may_mount": False}], ids=str)
def test_a_host_key_that_the_change_takes_away_is_a_refusal(way: dict[str, object], machine: Machine) -> None:
    judgement = machine(BOTH, {TOP: "HostKey /etc/ssh/no-such-key\n"}, **way)
    assert judgement.status == "refused"
    assert judgement.summary.endswith("; it found no host key that it can read, as it does not today")


@pytest.mark.parametrize("way", [{}, *WAYS], ids=str)
def test_a_refusal_is_one_without_host_keys_too(way: dict[str, object], machine: Machine) -> None:
    assert machine(BOTH, {TOP: "Port 0\n"}, keys=False, **way).status == "refused"


@pytest.mark.parametrize(
    ("last", "why"),
    [
        ("sshd: no hostkeys available -- exiting.", "it found no host key that it can read"),
        ("Missing privilege separation directory: /run/sshd", "its privilege separation directory is missing"),
        ("Privilege separation user sshd does not exist", "its privilege separation user is missing"),
        ("/run/sshd must be owned by root and not group or world-writable.", "its privilege separation directory is not safe"),
        ("/etc/ssh/sshd_config line 3: unsupported option \"sshd: no hostkeys available -- exiting.\".", ""),
        ("/etc/ssh/sshd_config line 3: x must be owned by root and not group or world-writable.", ""),
        ("/etc/ssh/sshd_config: terminating, 1 bad configuration options", ""),
        ("AuthorizedKeysCommand set without AuthorizedKeysCommandUser", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_missing_besides_the_config_is_told_apart(last: str, why: str) -> None:
    assert missing_besides_config("sshd_config", f"Unable to load host key: /x\n{last}\n") == why
    assert missing_besides_config("ssh_config", f"{last}\n") == ""


def test_a_missing_run_directory_is_no_refusal(machine: Machine, folder: Path) -> None:
    (folder / "run").mkdir()
    fake = folder / "sshd-without-run"
    fake.write_text(f'#!/bin/sh\nmount --bind {folder}/run /run\nexec /usr/sbin/sshd "$@"\n')
    fake.chmod(0o755)
    judgement = machine(BOTH, {TOP: "Port 23\n"}, program=str(fake))
    assert judgement.status == "accepted"
    assert judgement.summary.endswith("; its privilege separation directory is missing, as today")


# A client's files.

CONFIG = f"{home_directory()}/.ssh/config"
SYSTEM = "/etc/ssh/ssh_config"


@pytest.mark.parametrize(
    ("files", "after", "verdict", "said"),
    [
        ({}, "Host web\n  User a\n", "accepted", ""),
        ({}, "Host web\n  Usr a\n", "refused", f"{CONFIG}: line 2: Bad configuration option: usr"),
        ({SYSTEM: "Nope 1\n"}, "Host web\n", "refused", f"{SYSTEM}: line 1: Bad configuration option: nope"),
        ({SYSTEM: "Nope 1\n"}, "IgnoreUnknown nope\n", "accepted", ""),
        ({f"{home_directory()}/.ssh/more": "Nope 1\n"}, "Include more\n", "refused", f"{home_directory()}/.ssh/more: line 1"),
        ({f"{home_directory()}/.ssh/more": "Nope 1\n"}, "Include ~/.ssh/m*\n", "refused", f"{home_directory()}/.ssh/more: line 1"),
        ({SYSTEM: "Include more\n", "/etc/ssh/more": "Nope 1\n"}, "User a\n", "refused", "/etc/ssh/more: line 1"),
    ],
)  # fmt: skip
def test_a_client_s_files_are_judged(
    files: dict[str, str], after: str, verdict: str, said: str, machine: Machine
) -> None:
    judgement = machine({CONFIG: "", **files}, {CONFIG: after}, top=CONFIG)
    assert judgement.status == verdict, judgement
    assert said in judgement.stderr
    assert "ssh -G" in judgement.summary and "private copy" in judgement.summary


# What it never does.


@pytest.mark.parametrize("place", [CONFIG, SYSTEM, f"{home_directory()}/.ssh/more", "/etc/ssh/more"])
@pytest.mark.parametrize("header", ["Match exec {}", "Match host x exec {}", 'ma"tch" user a !"exec" {}'])
def test_a_match_exec_is_never_run(place: str, header: str, machine: Machine, folder: Path) -> None:
    (folder / "open").mkdir(mode=0o777)
    witness = folder / "open" / "ran"
    line = header.format(f'"touch {witness}"')
    files = {CONFIG: "Include more\n", SYSTEM: "Include more\n", place: f"Include more\n{line}\n"}
    judgement = machine(files, {CONFIG: files[CONFIG] + "User a\n"}, top=CONFIG)
    assert judgement.status == "not asked"
    assert "Match exec" in judgement.summary
    assert not witness.exists()


def test_no_fixture_error_hides_a_match_exec(machine: Machine, folder: Path) -> None:
    """The witness of the test above does appear where the command is run."""
    config = folder / "config"
    config.write_text(f'Match exec "touch {folder}/ran"\n')
    subprocess.run(["/usr/bin/ssh", "-G", "-F", str(config), "x"], check=True, capture_output=True)
    assert (folder / "ran").exists()


@pytest.mark.parametrize("way", [{}, *WAYS], ids=str)
def test_no_agent_is_spoken_to(way: dict[str, object], machine: Machine, folder: Path) -> None:
    place = folder / "agent"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(place))
        place.chmod(0o777)
        listener.listen()
        listener.setblocking(False)
        assert machine(BOTH, {TOP: f"HostKeyAgent {place}\n"}, **way).status == "accepted"
        with pytest.raises(BlockingIOError):
            listener.accept()


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        ("ssh_config", "Host a\n ProxyCommand exec nc %h\n KnownHostsCommand /x\n LocalCommand y\n", ""),
        ("ssh_config", "# Match exec x\nMatch host exec-host\n", "Match exec"),
        ("ssh_config", "Match localnetwork 10.0.0.0/8\n", ""),
        ("ssh_config", "Host a\n  Match EXEC true\n", "Match exec"),
        ("ssh_config", "\"Match\"=\"ex\"'ec' true\n", "Match exec"),
        ("ssh_config", "CanonicalizeHostname yes\n", "CanonicalizeHostname"),
        ("ssh_config", "Host a\n canonicalizehostname=no\n", "CanonicalizeHostname"),
        ("ssh_config", "CanonicalizePermittedCNAMEs a:b\n", "CanonicalizePermittedCNAMEs"),
        ("ssh_config", "CanonicalDomains a.b\n", ""),
        ("ssh_config", "ControlPath ${XDG_RUNTIME_DIR}/x\n", "variables"),
        ("ssh_config", "RefuseConnection no\n", "RefuseConnection"),
        ("sshd_config", "AuthorizedKeysCommand /x\nForceCommand y\n", ""),
        ("sshd_config", "ListenAddress 0.0.0.0\nListenAddress ::\nListenAddress [::1]:22\n", ""),
        ("sshd_config", "ListenAddress 10.1.2.3:22\nListenAddress fe80::1%eth0\n", ""),
        ("sshd_config", "ListenAddress host.example\n", "host.example"),
        ("sshd_config", "ListenAddress host.example:22\n", "host.example"),
        ("sshd_config", "ListenAddress 10.1\n", "10.1"),
        ("sshd_config", 'ListenAddress "10.1.2.3 x"\n', "10.1.2.3 x"),
        ("sshd_config", "ListenAddress 1::2:host\n", "1::2:host"),
        ("sshd_config", 'ListenAddress "x\n', "ListenAddress"),
    ],
)  # fmt: skip
def test_what_would_reach_out(kind: Kind, text: str, reason: str) -> None:
    config = config_of({kind: text}, target=TARGET)
    assert reason in why_unsafe_to_run(config)
    assert bool(why_unsafe_to_run(config)) == bool(reason)


def test_an_include_in_reach_counts() -> None:
    files = {"ssh_config": "Include /etc/ssh/b\n", "b": "Match exec x\n"}
    config = config_of(files, target=TARGET)
    assert why_unsafe_to_run(config)


def test_a_file_with_nul_bytes_is_not_handed_on() -> None:
    config = config_of({"ssh_config": "User x\n"}, target=TARGET)
    file = config.files["/etc/ssh/ssh_config"]
    config.files["/etc/ssh/ssh_config"] = File(
        Source("/etc/ssh/ssh_config", b"User x\0\n"), file.kind, file.target
    )
    assert "NUL" in why_unsafe_to_run(config)


@pytest.mark.parametrize(
    "include",
    [
        "../x",
        "/etc/ssh/../x",
        "~root/x",
        "\\ x",
        '""/etc/ssh/x',
    ],
)
def test_an_include_that_can_t_be_led_to_a_copy_is_not_asked_about(include: str, tmp_path: Path) -> None:
    tree = tree_of({"ssh_config": f"Include ok {include}\n"}, target=TARGET)
    with pytest.raises(CannotValidate):
        copy_tree(tree.tops, tree.load(), str(tmp_path))


def test_no_copy_is_made_outside_its_folder(tmp_path: Path) -> None:
    files = {"ssh_config": "Include /etc/ssh/../../../../b\n", "/etc/ssh/../../../../b": ""}
    tree = tree_of(files, target=TARGET)
    with pytest.raises(CannotValidate):
        copy_tree(tree.tops, tree.load(), str(tmp_path / "in"))
    assert [*tmp_path.iterdir()] == []


def fake_sshd(folder: Path, script: str) -> str:
    program = folder / "fake-sshd"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


def test_a_program_that_hangs_is_ended(machine: Machine, folder: Path) -> None:
    (folder / "open").mkdir()
    script = f"sleep 600 & echo $! >{folder}/open/pid; echo waiting >&2; wait"
    judgement = machine(BOTH, {TOP: "Port 23\n"}, program=fake_sshd(folder, script), seconds=1)
    assert judgement.status == "refused"
    assert "gave no answer" in judgement.summary
    assert judgement.stderr == "waiting\n"
    left = Path("/proc", (folder / "open/pid").read_text().strip(), "cmdline")
    assert not left.exists() or left.read_bytes() == b""  # dead, and perhaps not yet buried


def test_it_gets_nothing_of_ours(machine: Machine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_PRELOAD_OF_A_TEST", "x")
    script = "{ pwd; umask; /usr/bin/env; readlink /proc/self/fd/0; ls /proc/self/fd | wc -l; } >&2; exit 1"
    said = machine(BOTH, {TOP: "Port 23\n"}, program=fake_sshd(folder, script)).stderr.splitlines()
    assert said[:2] == ["/", "0077"]
    assert not [line for line in said if "OF_A_TEST" in line]
    assert "/dev/null" in said


def test_only_the_end_of_much_is_kept(machine: Machine, folder: Path) -> None:
    script = "yes 0123456789 | head -c 5000000 >&2; echo '\x1b]0;x\x07the end' >&2; exit 1"
    judgement = machine(BOTH, {TOP: "Port 23\n"}, program=fake_sshd(folder, script))
    assert judgement.status == "refused"
    assert judgement.stderr.endswith("\x1b]0;x\x07the end\n")
    assert len(judgement.stderr) <= 16 * 1024


def test_a_program_that_may_not_read_the_files_has_not_judged(machine: Machine, folder: Path) -> None:
    program = fake_sshd(folder, "echo /etc/ssh/sshd_config: Permission denied >&2; exit 1")
    judgement = machine(BOTH, {TOP: "Port 23\n"}, program=program)
    assert judgement.status == "not asked"
    assert judgement.summary == f"not checked with sshd -t: {program} may not read the files"


# Where nobody is asked.


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"program": "/nowhere/sshd"}, "sshd is not installed"),
        ({"target": "newest"}, f"{NEWEST_TARGET.name} is not what is installed here"),
    ],
)
def test_it_says_why_nobody_was_asked(how: dict[str, object], reason: str, machine: Machine) -> None:
    judgement = machine(BOTH, {TOP: "Nonsense\n"}, **how)
    assert judgement == ValidationResult("not asked", f"not checked with sshd -t: {reason}", "")


def test_another_machine_s_file_is_not_judged(machine: Machine, folder: Path) -> None:
    other = folder / "sshd_config"
    other.write_text("Port 22\n")
    judgement = machine(BOTH, {str(other): "Port 23\n"}, top=str(other))
    assert judgement.summary == "not checked with sshd -t: the file is not in this machine's /etc/ssh"
