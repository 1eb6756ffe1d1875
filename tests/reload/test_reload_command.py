"""Which command makes sshd read its new files, on which system, and what running it says."""

from pathlib import Path

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.reload.changed_options import changed_options
from sshkeep.reload.init_systems import find_reload_command
from sshkeep.reload.reload_command import ReloadCommand, run_reload
from sshkeep.reload.system_files import SystemFiles
from sshkeep.testing import config_of

BOOTED = {"/run/systemd/system/": ""}
DEBIAN = {**BOOTED, "/lib/systemd/system/ssh.service": "", "/lib/systemd/system/ssh.socket": "Accept=no\n"}
ENABLED = {"/etc/systemd/system/sockets.target.wants/ssh.socket": ""}
UBUNTU = {**DEBIAN, "/etc/systemd/system/ssh.service.requires/ssh.socket": "", "/usr/lib/systemd/system-generators/sshd-socket-generator": ""}  # fmt: skip
FEDORA = {**BOOTED, "/usr/lib/systemd/system/sshd.service": "", "/usr/lib/systemd/system/sshd.socket": "Accept=yes\n"}  # fmt: skip
FEDORA_SOCKET = {**FEDORA, "/etc/systemd/system/sockets.target.wants/sshd.socket": ""}


@pytest.mark.parametrize(
    ("platform", "files", "changed", "shown", "why"),
    [
        ("linux", DEBIAN, ["usedns"], "systemctl reload ssh", ""),
        ("linux", DEBIAN, ["port"], "systemctl reload ssh", ""),
        ("linux", {**DEBIAN, "/etc/systemd/system/sshd.service": ""}, [], "systemctl reload ssh", ""),
        ("linux", {**DEBIAN, **ENABLED}, ["usedns"], "systemctl try-reload-or-restart ssh", ""),
        ("linux", {**DEBIAN, **ENABLED}, ["port"], "systemctl try-reload-or-restart ssh", "that of ssh.socket"),
        ("linux", UBUNTU, ["usedns"], "systemctl try-reload-or-restart ssh", ""),
        ("linux", UBUNTU, ["port"], "systemctl daemon-reload && systemctl restart ssh.socket", "learns"),
        ("linux", UBUNTU, ["listenaddress"], "systemctl daemon-reload && systemctl restart ssh.socket", "learns"),
        ("linux", UBUNTU, ["addressfamily"], "systemctl daemon-reload && systemctl restart ssh.socket", "learns"),
        ("linux", FEDORA, ["port"], "systemctl reload sshd", ""),
        ("linux", FEDORA_SOCKET, ["usedns"], "", "starts sshd anew for each connection, so it needs no reload"),
        ("linux", FEDORA_SOCKET, ["port"], "", "the port is that of sshd.socket"),
        ("linux", {"/etc/systemd/system/sshd.service": "", "/etc/init.d/ssh": ""}, [], "/etc/init.d/ssh reload", ""),
        ("linux", {"/run/openrc/": "", "/etc/init.d/sshd": ""}, [], "rc-service sshd reload", ""),
        ("linux", {"/run/runit/": "", "/etc/sv/sshd/": ""}, [], "sv hup sshd", ""),
        ("linux", {"/etc/init.d/sshd": ""}, [], "/etc/init.d/sshd reload", ""),
        ("linux", {"/run/sshd.pid": "71\n", "/proc/71/comm": "sshd\n"}, [], "kill -HUP 71", ""),
        ("linux", {"/run/sshd.pid": "71\n", "/proc/71/comm": "nginx\n"}, [], "", "restart it"),
        ("linux", {"/run/sshd.pid": "-1\n"}, [], "", "restart it"),
        ("linux", {}, [], "", "restart it the way it was started"),
        ("darwin", {}, ["usedns"], "", "launchd starts sshd anew for each connection"),
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
    for path, text in files.items():
        place = tmp_path / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        if path.endswith("/"):
            place.mkdir(exist_ok=True)
        else:
            place.write_text(text)
    reload = find_reload_command(changed, SystemFiles(str(tmp_path), platform))
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.delenv("SUDO_UID", raising=False)
    assert reload.shown == shown
    assert why in reload.why
    assert bool(why) == bool(reload.why)
    assert reload.needed == (bool(shown) or "restart it" in why)


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
    run_reload(
        ReloadCommand((("touch", str(tmp_path / "a")), ("mv", str(tmp_path / "a"), str(tmp_path / "b"))))
    )
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


@pytest.mark.parametrize(
    ("reload", "sentence"),
    [
        (ReloadCommand((("sh", "-c", "echo first; echo last >&2; exit 3"),)), "failed: last"),
        (ReloadCommand((("sh", "-c", "exit 3"),)), "`sh -c 'exit 3'` failed: exit code 3"),
        (ReloadCommand((("nothing-called-so", "x"),)), "nothing-called-so is not there"),
        (ReloadCommand((), "sshkeep can't tell"), "sshd was not reloaded: sshkeep can't tell"),
    ],
)
def test_a_reload_that_fails_says_why(reload: ReloadCommand, sentence: str) -> None:
    with pytest.raises(SshkeepError) as error:
        run_reload(reload)
    assert sentence in str(error.value)


def test_where_no_reload_is_needed_none_is_run() -> None:
    run_reload(ReloadCommand((), "launchd does it", needed=False))


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
