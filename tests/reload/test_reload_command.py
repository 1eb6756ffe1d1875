"""Which command makes sshd read its new files, on which system, and what running it says."""

import time
from pathlib import Path

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.reload.changed_options import changed_options
from sshkeep.reload.init_systems import find_reload_command
from sshkeep.reload.reload_command import ReloadCommand, answer_of, run_commands, run_start
from sshkeep.reload.running_sshd import RunningSshd
from sshkeep.reload.system_files import SystemFiles
from sshkeep.system.processes import Process
from sshkeep.testing import config_of

BOOTED = {"/run/systemd/system/": ""}
DEBIAN = {
    **BOOTED,
    "/lib/systemd/system/ssh.service": "",
    "/lib/systemd/system/ssh.socket": "ListenStream=22\nAccept=no\n",
}
ENABLED = {"/etc/systemd/system/sockets.target.wants/ssh.socket": ""}
UBUNTU = {**DEBIAN, "/etc/systemd/system/ssh.service.requires/ssh.socket": "", "/usr/lib/systemd/system-generators/sshd-socket-generator": ""}  # fmt: skip
FEDORA = {**BOOTED, "/usr/lib/systemd/system/sshd.service": "", "/usr/lib/systemd/system/sshd.socket": "Accept=yes\n"}  # fmt: skip
FEDORA_SOCKET = {**FEDORA, "/etc/systemd/system/sockets.target.wants/sshd.socket": ""}


def made(files: dict[str, str], root: Path) -> None:
    """Make the files below ``root``; a name that ends in a slash is a folder's."""
    for path, text in files.items():
        place = root / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        if path.endswith("/"):
            place.mkdir(exist_ok=True)
        else:
            place.write_text(text)


@pytest.mark.parametrize(
    ("platform", "files", "changed", "shown", "why"),
    [
        ("linux", DEBIAN, ["usedns"], "systemctl reload ssh", ""),
        ("linux", DEBIAN, ["port"], "systemctl reload ssh", ""),
        ("linux", {**DEBIAN, "/etc/systemd/system/sshd.service": ""}, [], "systemctl reload ssh", ""),
        ("linux", {**DEBIAN, **ENABLED}, ["usedns"], "systemctl try-restart ssh", ""),
        ("linux", {**DEBIAN, **ENABLED}, ["port"], "systemctl try-restart ssh", "that of ssh.socket"),
        ("linux", UBUNTU, ["usedns"], "systemctl try-restart ssh", ""),
        ("linux", UBUNTU, ["port"], "systemctl daemon-reload && systemctl restart ssh.socket", "learns"),
        ("linux", UBUNTU, ["listenaddress"], "systemctl daemon-reload && systemctl restart ssh.socket", "learns"),
        ("linux", UBUNTU, ["addressfamily"], "systemctl daemon-reload && systemctl restart ssh.socket", "learns"),
        ("linux", FEDORA, ["port"], "systemctl reload sshd", ""),
        ("linux", FEDORA_SOCKET, ["usedns"], "", "starts sshd again for each connection, so it needs no reload"),
        ("linux", FEDORA_SOCKET, ["port"], "", "the port is that of sshd.socket"),
        ("linux", {"/etc/systemd/system/sshd.service": "", "/etc/init.d/ssh": ""}, [], "/etc/init.d/ssh reload", ""),
        ("linux", {"/run/openrc/": "", "/etc/init.d/sshd": ""}, [], "rc-service sshd reload", ""),
        ("linux", {"/run/runit/": "", "/etc/sv/sshd/": ""}, [], "sv hup sshd", ""),
        ("linux", {"/etc/init.d/sshd": ""}, [], "/etc/init.d/sshd reload", ""),
        ("linux", {}, [], "", "restart it the way it was started"),
        ("darwin", {}, ["usedns"], "", "launchd starts sshd again for each connection"),
        ("darwin", {}, ["port"], "", "/System/Library/LaunchDaemons/ssh.plist"),
        ("freebsd14", {"/etc/rc.d/sshd": ""}, [], "service sshd reload", ""),
        ("dragonfly6", {"/etc/rc.d/sshd": ""}, [], "service sshd reload", ""),
        ("openbsd7", {"/usr/sbin/rcctl": ""}, [], "rcctl reload sshd", ""),
        ("netbsd10", {"/etc/rc.d/sshd": ""}, [], "/etc/rc.d/sshd reload", ""),
        ("win32", {}, [], "powershell.exe -NoProfile -Command 'Restart-Service sshd'", ""),
    ],
)  # fmt: skip
def test_the_reload_of_each_system(
    platform: str,
    files: dict[str, str],
    changed: list[str],
    shown: str,
    why: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made(files, tmp_path)
    reload = find_reload_command(changed, files=SystemFiles(str(tmp_path), platform))
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.delenv("SUDO_UID", raising=False)
    assert reload.shown == shown
    assert why in reload.why
    assert bool(why) == bool(reload.why)
    assert reload.needed == (bool(shown) or "restart it" in why)
    assert bool(reload.start) == ("restart it" not in why and platform != "darwin")


def test_without_an_init_system_the_running_sshd_gets_a_signal(tmp_path: Path) -> None:
    process = Process(71, 1, 5, 0, "/usr/sbin/sshd (deleted)", ())
    running = RunningSshd(process, ("-D", "-E", "/var/log/sshd.log", "-p22"))
    reload = find_reload_command((), running, SystemFiles(str(tmp_path), "linux"))
    assert (reload.commands, reload.by_signal) == ((("kill", "-HUP", "71"),), True)
    assert reload.start == (("/usr/sbin/sshd", "-E", "/var/log/sshd.log", "-p", "22"),), "as a daemon"


@pytest.mark.parametrize(
    ("files", "changed", "listener", "follows", "ports", "start"),
    [
        (DEBIAN, ["port"], "sshd", True, set(), "systemctl start ssh.service"),
        ({**DEBIAN, **ENABLED}, ["port"], "systemd", False, {22}, "systemctl start ssh.socket"),
        (
            {**DEBIAN, **ENABLED, "/etc/systemd/system/ssh.socket.d/p.conf": "ListenStream=\nListenStream=[::]:2022\n"},
            [],
            "systemd",
            False,
            {22, 2022},
            "systemctl start ssh.socket",
        ),
        (UBUNTU, ["port"], "systemd", True, {22}, "systemctl restart ssh.socket"),
        (FEDORA_SOCKET, [], "systemd", False, set(), "systemctl start sshd.socket"),
    ],
)  # fmt: skip
def test_who_listens_under_systemd(
    files: dict[str, str],
    changed: list[str],
    listener: str,
    follows: bool,
    ports: set[int],
    start: str,
    tmp_path: Path,
) -> None:
    made(files, tmp_path)
    reload = find_reload_command(changed, files=SystemFiles(str(tmp_path), "linux"))
    assert (str(reload.listener), reload.follows_config, {*reload.listener_ports}) == (
        listener,
        follows,
        ports,
    )
    assert " ".join(reload.start[-1]) == start
    assert any("reset-failed" in command for command in reload.start), "else StartLimitBurst may refuse"


@pytest.mark.parametrize(("user", "sudo", "before"), [(0, "", ""), (0, "1000", "sudo "), (1000, "", "sudo ")])
def test_sudo_is_shown_where_it_is_used(
    user: int, sudo: str, before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: user)
    monkeypatch.delenv("SUDO_UID", raising=False)
    if sudo:
        monkeypatch.setenv("SUDO_UID", sudo)
    commands = (("systemctl", "daemon-reload"), ("systemctl", "restart", "ssh.socket"))
    assert (
        ReloadCommand(commands).shown
        == f"{before}systemctl daemon-reload && {before}systemctl restart ssh.socket"
    )


def test_the_commands_are_run_in_order_and_found_without_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    run_commands((("touch", str(tmp_path / "a")), ("mv", str(tmp_path / "a"), str(tmp_path / "b"))))
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("sh", "-c", "echo first; echo last >&2; exit 3"), "failed: last"),
        (("sh", "-c", "exit 3"), "`sh -c 'exit 3'` failed: exit code 3"),
        (("nothing-called-so", "x"), "nothing-called-so does not exist"),
    ],
)
def test_a_command_that_fails_says_why(command: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(SshkeepError) as error:
        run_commands((command,))
    assert sentence in str(error.value)
    assert sentence.startswith("nothing") or "last" not in sentence or answer_of(command) == "first\nlast"


def test_of_a_start_the_last_command_has_to_succeed(tmp_path: Path) -> None:
    run_start((("false",), ("touch", str(tmp_path / "started"))))
    assert (tmp_path / "started").exists()
    with pytest.raises(SshkeepError):
        run_start((("true",), ("false",)))


def test_a_daemon_that_keeps_its_output_open_is_not_waited_for() -> None:
    begun = time.monotonic()
    run_commands((("sh", "-c", "sleep 5 &"),))
    assert time.monotonic() - begun < 4


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("Port 22\n", "Port 22\n# more\n", set()),
        ("Port 22\nUseDNS no\n", "Port 22\nUseDNS yes\n", {"usedns"}),
        ("Port 22\n", "Port 22\nPort 23\n", {"port"}),
        ("ListenAddress ::\nKeepAlive no\n", "TCPKeepAlive no\n", {"listenaddress"}),
    ],
)
def test_the_options_that_differ(old: str, new: str, changed: set[str]) -> None:
    before, after = (config_of({"sshd_config": text}, target="openssh-9.2") for text in (old, new))
    assert changed_options(before, after) == changed
