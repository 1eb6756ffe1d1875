"""Files of another machine in memory: they are read as that machine reads them, and the disk never is."""

import pytest

import sshkeep
from sshkeep import OtherMachine, SshkeepError
from sshkeep.config.local_machine import FileStatus
from sshkeep.openssh.targets import target_of
from sshkeep.trees.this_machine import target_of_answers

MAIN = "/etc/ssh/sshd_config"
BOOKWORM = 'ID=debian\nVERSION_ID="12"\n'


def machine(files: dict[str, str], target: str = "debian-12", **more: object) -> OtherMachine:
    contents = {path: text.encode() for path, text in files.items()}
    return OtherMachine(contents, target_of(target), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("version", "os_release", "target"),
    [
        ("OpenSSH_9.2p1 Debian-2+deb12u3, OpenSSL 3.0.15", BOOKWORM, "debian-12"),
        (
            "OpenSSH_8.7p1, OpenSSL 3.0.7",
            'ID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.4"\n',
            "rocky-9.4",
        ),
        ("OpenSSH_10.0p2", "", "openssh-10.0"),
        ("OpenSSH_99.0p1", "", "openssh-10.6"),
        ("sh: ssh: not found", BOOKWORM, None),
    ],
)
def test_target_of_what_a_machine_answers(version: str, os_release: str, target: str | None) -> None:
    found = target_of_answers(version, os_release)
    assert (found.name if found else None) == target


def test_older_release_than_known() -> None:
    with pytest.raises(SshkeepError, match=r"OpenSSH 7\.4 is older than 8\.0"):
        target_of_answers("OpenSSH_7.4p1", "")


def test_its_own_release_counts() -> None:
    result = sshkeep.set(MAIN, "ClientAliveInterval", "30", files=machine({MAIN: "Port 22\n"}))
    assert result.plan.config.target.name == "debian-12"
    assert [change.after for change in result.changes] == [b"Port 22\nClientAliveInterval 30\n"]


def test_user_file_then_system_file_of_that_machine() -> None:
    files = {
        "/home/ann/.ssh/config": "Include ~/.ssh/more\n",
        "/home/ann/.ssh/more": "Host web\n  ServerAliveInterval 30\n",
        "/etc/ssh/ssh_config": "Host *\n  ServerAliveInterval 60\n",
    }
    result = sshkeep.lint("/home/ann/.ssh/config", files=machine(files, home="/home/ann", user=1000))
    assert list(result.configs[0].config.files) == list(files)


def test_missing_user_config_is_created() -> None:
    result = sshkeep.set(
        "/home/ann/.ssh/config", "ServerAliveInterval", "60", files=machine({}, home="/home/ann")
    )
    assert [(each.path, each.before) for each in result.changes] == [("/home/ann/.ssh/config", None)]


def test_unreadable_file_is_an_error_and_no_change_is_trusted() -> None:
    drop_in = "/etc/ssh/sshd_config.d/50-x.conf"
    files = machine({MAIN: f"Include {drop_in}\n"}, unreadable={drop_in: "larger than 1 MiB"})
    assert sshkeep.lint(MAIN, files=files).errors == (
        f"{drop_in}: larger than 1 MiB; {MAIN} includes it, so not all can be known",
    )
    with pytest.raises(SshkeepError, match="larger than 1 MiB"):
        sshkeep.set(MAIN, "ClientAliveInterval", "60", files=files)


def test_permissions_of_that_machine() -> None:
    files = machine({MAIN: "UsePAM yes\n"}, statuses={MAIN: FileStatus(0o666, 0, 0)})
    found = sshkeep.lint(MAIN, files=files, select=["file-writable"]).findings
    assert [finding.label for finding in found] == ["mode 0666, owner 0, group 0"]


def test_vendors_file_where_the_admin_has_none() -> None:
    files = {"/home/ann/.ssh/config": "", "/usr/etc/ssh/ssh_config": "Host *\n  ServerAliveInterval 60\n"}
    result = sshkeep.lint("/home/ann/.ssh/config", files=machine(files, home="/home/ann"))
    assert list(result.configs[0].config.files) == list(files)


def test_this_machine_is_not_asked_about_it() -> None:
    result = sshkeep.set(MAIN, "ClientAliveInterval", "30", files=machine({MAIN: "Port 22\n"}))
    assert result.planned.validate().lines == (
        "not checked with sshd -t: the file is not in this machine's /etc/ssh",
    )
    with pytest.raises(SshkeepError, match="in memory"):
        result.write()
