"""What each module does to files of this machine: check mode, diff, run, and a second run that changes nothing."""

import signal
import subprocess
import time
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from tests.ansible.collection import environment, playbook_command, run_tasks
from tests.requirements import need

OFF = "Port 22\nClientAliveInterval 0\nMatch User bob\n    X11Forwarding yes\n"


@pytest.fixture(autouse=True)
def _ansible() -> None:
    need("ansible", "openssh", "root")


def make_etc(folder: Path) -> Path:
    """A config with a drop-in, whose modes are not those of new files."""
    (folder / "sshd_config.d").mkdir(parents=True)
    (folder / "sshd_config").write_text(f"Include {folder}/sshd_config.d/*.conf\n{OFF}")
    (folder / "sshd_config.d" / "50-cloud-init.conf").write_text("PasswordAuthentication yes\n")
    (folder / "sshd_config").chmod(0o640)
    return folder


@pytest.fixture
def etc(tmp_path: Path) -> Path:
    return make_etc(tmp_path / "etc")


def config(etc: Path, **more: Any) -> dict[str, Any]:
    return {"path": str(etc / "sshd_config"), "target": "openssh-9.2", **more}


def contents(etc: Path) -> dict[str, bytes]:
    return {str(path.relative_to(etc)): path.read_bytes() for path in etc.rglob("*") if path.is_file()}


CHANGES: list[tuple[str, dict[str, Any], str, str]] = [
    ("setting", {"keyword": "PermitRootLogin", "value": False}, "sshd_config", "PermitRootLogin no"),
    ("setting", {"settings": {"MaxAuthTries": 3, "LogLevel": "VERBOSE"}}, "sshd_config", "MaxAuthTries 3"),
    (
        "setting",
        {"keyword": "PasswordAuthentication", "value": "no", "edit_managed": True},
        "sshd_config.d/50-cloud-init.conf",
        "PasswordAuthentication no",
    ),
    (
        "setting",
        {"keyword": "X11Forwarding", "value": False, "in_block": "Match User bob"},
        "sshd_config",
        "    X11Forwarding no",
    ),
    (
        "setting",
        {"keyword": "MaxSessions", "value": 5, "drop_in": True, "drop_in_name": "10-sessions.conf"},
        "sshd_config.d/10-sessions.conf",
        "MaxSessions 5",
    ),
    ("keepalive", {"path_timeout": 240}, "sshd_config", "ClientAliveInterval 30"),
    ("keepalive", {"interval": 120, "count": 2}, "sshd_config", "ClientAliveInterval 60"),
    ("fix", {"select": ["client-alive-interval"]}, "sshd_config", "ClientAliveInterval 30"),
]


def test_check_run_and_second_run(tmp_path: Path) -> None:
    folders = [make_etc(tmp_path / f"etc{number}") for number in range(len(CHANGES))]
    before = [contents(etc) for etc in folders]
    tasks: list[dict[str, Any]] = []
    for etc, (module, arguments, _, _) in zip(folders, CHANGES, strict=True):
        task = {f"sshkeep.openssh.{module}": config(etc, **arguments)}
        tasks += [{**task, "check_mode": True, "diff": True}, task, task]
    results = run_tasks(tmp_path, tasks)
    for number, (etc, (_, _, file, line)) in enumerate(zip(folders, CHANGES, strict=True)):
        checked, run, again = results[number * 3 : number * 3 + 3]
        (diff,) = checked["diff"]
        assert checked["changed"] and diff["before"].encode() == before[number].get(file, b"")
        assert run["changed"] and run["files"] == [str(etc / file)] and "accepts it" in run["asked"], run
        assert contents(etc) == {**before[number], file: diff["after"].encode()}
        assert line in diff["after"].split("\n")
        assert not again["changed"] and again["files"] == []
        assert (etc / "sshd_config").stat().st_mode & 0o777 == 0o640
        assert "diff" not in run


def test_check_mode_changes_nothing(etc: Path, tmp_path: Path) -> None:
    before = contents(etc)
    arguments = config(etc, keyword="MaxSessions", value=5, drop_in=True)
    (result,) = run_tasks(tmp_path, [{"sshkeep.openssh.setting": arguments}], "--check")
    assert result["changed"] and "accepts it" in result["asked"]
    assert contents(etc) == before


def test_refused_by_the_hosts_own_sshd(etc: Path, tmp_path: Path) -> None:
    """The target is newer than the host: the library accepts what the sshd there does not know."""
    before = contents(etc)
    arguments = config(
        etc, target="openssh-10.6", keyword="RefuseConnection", value="yes", in_block="Match User eve"
    )
    (result,) = run_tasks(tmp_path, [{"sshkeep.openssh.setting": arguments}])
    assert result["failed"] and "nothing was written: /usr/sbin/sshd -t refuses it" in result["msg"]
    assert contents(etc) == before


def test_wrong_arguments_and_files(etc: Path, tmp_path: Path) -> None:
    (etc / "key.conf").write_text("-----BEGIN OPENSSH PRIVATE KEY-----\nsecret\n")
    (etc / "with_key").write_text(f"Include {etc}/key.conf\n")
    tasks = [
        {"sshkeep.openssh.setting": config(etc, keyword="PermitRootLogin", value="perhaps")},
        {
            "sshkeep.openssh.setting": config(
                etc, keyword="PasswordAuthentication", value="no", drop_in_name="99.conf"
            )
        },
        {"sshkeep.openssh.setting": config(etc)},
        {"sshkeep.openssh.lint": {"path": str(etc / "missing_sshd_config")}},
        {"sshkeep.openssh.lint": {"path": str(etc / "with_key"), "kind": "sshd_config"}},
        {"sshkeep.openssh.lint": config(etc, select=["no-such-rule"])},
        {"sshkeep.openssh.lint": {"path": "sshd_config"}},
    ]
    messages = [result["msg"] for result in run_tasks(tmp_path, tasks) if result["failed"]]
    expected = [
        "perhaps",
        "(without drop_in, ",
        "keyword and settings",
        "no such file",
        "private key",
        "no-such-rule",
        "relative path",
    ]
    assert len(messages) == len(expected)
    for message, part in zip(messages, expected, strict=True):
        assert part in message


SUDO = """\
#!/bin/sh
for command do :; done
echo "$command" >>{log}
case $command in *AnsiballZ*) ;; *python3*) {refuse} ;; esac
exec sh -c "$command"
"""
REQUIRETTY = "echo 'sudo: sorry, you must have a tty to run sudo' >&2; exit 1"


@pytest.mark.parametrize(("refuse", "files", "pipes"), [(":", 0, 1), (REQUIRETTY, 1, 1)])
def test_become_takes_a_pipe_unless_sudo_wants_a_terminal(
    refuse: str, files: int, pipes: int, etc: Path, tmp_path: Path
) -> None:
    sudo, log = tmp_path / "sudo", tmp_path / "log"
    sudo.write_text(SUDO.format(log=log, refuse=refuse))
    sudo.chmod(0o755)
    arguments = config(etc, keyword="MaxSessions", value=5)
    (result,) = run_tasks(
        tmp_path,
        [
            {
                "sshkeep.openssh.setting": arguments,
                "become": True,
                "vars": {"ansible_become_user": "daemon", "ansible_become_exe": str(sudo)},
            }
        ],
    )
    assert result["changed"] and "accepts it" in result["asked"], result
    assert "MaxSessions 5\n" in (etc / "sshd_config").read_text()
    commands = [line for line in log.read_text().splitlines() if "/usr/bin/python3" in line]
    with_file = [line for line in commands if "AnsiballZ" in line]
    assert (len(with_file), len(commands) - len(with_file)) == (files, pipes), commands


def test_link_that_another_user_could_have_made(etc: Path, tmp_path: Path) -> None:
    real = tmp_path / "real"
    (etc / "sshd_config").rename(real)
    (etc / "sshd_config").symlink_to(real)
    task = {"sshkeep.openssh.setting": config(etc, keyword="MaxSessions", value=5)}
    (followed,) = run_tasks(tmp_path, [task])
    assert (
        followed["changed"] and (etc / "sshd_config").is_symlink() and b"MaxSessions 5" in real.read_bytes()
    )
    etc.chmod(0o777)
    task = {"sshkeep.openssh.setting": config(etc, keyword="MaxSessions", value=6)}
    (refused,) = run_tasks(tmp_path, [task])
    assert refused["failed"] and "symbolic link that others could have made" in refused["msg"]
    assert b"MaxSessions 5" in real.read_bytes()


def test_secrets_are_not_shown(etc: Path, tmp_path: Path) -> None:
    task = {"sshkeep.openssh.setting": config(etc, keyword="SetEnv", value="TOKEN={{ 'hu' + 'sh' }}")}
    command = playbook_command(tmp_path, [task], "--diff", "-vvv")
    done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True)
    assert b"SetEnv TOKEN=hush" in contents(etc)["sshd_config"]
    assert "censored" in done.stdout and "hush" not in done.stdout


def test_nor_where_the_task_fails(etc: Path, tmp_path: Path) -> None:
    task = {"sshkeep.openssh.setting": config(etc, keyword="SetEnv", value="{{ 'hu' + 'sh' }}")}
    command = playbook_command(tmp_path, [task], "-vvv")
    done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True)
    assert done.returncode == 2 and "SetEnv can't be set so" in done.stdout and "hush" not in done.stdout


def test_a_policy_that_changes_between_two_tasks(etc: Path, tmp_path: Path) -> None:
    policy = tmp_path / "sshkeep.yaml"
    policy.write_text("ignore: [client-alive-interval]\n")
    task = {"sshkeep.openssh.lint": config(etc, policy=str(policy))}
    change = {"ansible.builtin.shell": f"echo 'select: [client-alive-interval]' >{policy}"}
    before, _, after = run_tasks(tmp_path, [task, change, task])
    rules = [{finding["rule"] for finding in each["findings"]} for each in (before, after)]
    assert "client-alive-interval" not in rules[0] and rules[1] == {"client-alive-interval"}


@pytest.mark.parametrize("end", ["", "SIGINT", "SIGKILL"])
def test_nothing_of_a_host_stays_on_the_controller(etc: Path, tmp_path: Path, end: str) -> None:
    reached = tmp_path / "reached"
    tasks: list[dict[str, Any]] = [
        {"sshkeep.openssh.setting": config(etc, keyword="MaxSessions", value=5), "check_mode": True},
        {"ansible.builtin.shell": f"touch {reached}; sleep {20 if end else 0}"},
        {"sshkeep.openssh.setting": config(etc, keyword="MaxSessions", value="perhaps")},
    ]
    command = playbook_command(tmp_path, tasks)
    with subprocess.Popen(command, env=environment(tmp_path), stdout=subprocess.DEVNULL) as run:
        while not reached.exists():
            assert run.poll() is None
            time.sleep(0.01)
        if end:
            run.send_signal(signal.Signals[end])
    assert run.returncode != 0
    left = [path for name in ("home", "remote") for path in (tmp_path / name).rglob("*") if path.is_file()]
    text = contents(etc)["sshd_config"]
    for path in left:
        data = path.read_bytes()
        assert text not in data and b64encode(text)[:40] not in data, path
    assert end == "SIGKILL" or list((tmp_path / "home" / "tmp").iterdir()) == []


def test_findings_settings_and_verdict(etc: Path, tmp_path: Path) -> None:
    ssh_config = tmp_path / "client_config"
    ssh_config.write_text("Host *\n    ServerAliveInterval 0\n")
    more = "    SetEnv TOKEN=hush\n    SetEnv OTHER=hush\n    SetEnv TOKEN=hush\n"
    (etc / "sshd_config").write_text((etc / "sshd_config").read_text() + more)
    tasks = [
        {"sshkeep.openssh.lint": config(etc)},
        {"sshkeep.openssh.lint": config(etc, fail_on="warning")},
        {"sshkeep.openssh.effective": config(etc, connection={"user": "bob", "addr": "192.0.2.1"})},
        {"sshkeep.openssh.idle": config(etc, client=str(ssh_config), path_timeout=300)},
        {"sshkeep.openssh.idle": config(etc, client_settings={"ServerAliveInterval": 30}, path_timeout=300)},
    ]
    found, failed, effective, lost, kept = run_tasks(tmp_path, tasks)
    assert {finding["rule"] for finding in found["findings"]} >= {"client-alive-interval"} and not found[
        "failed"
    ]
    assert failed["failed"] and "problem" in failed["msg"]
    assert effective["values"]["x11forwarding"] == ["yes"] and effective["values"]["setenv"] == ["TOKEN=..."]
    assert effective["ansible_facts"]["sshkeep_sshd_config"] == effective["values"]
    assert lost["lost"] and not kept["lost"]
    assert "hush" not in str([found, effective, lost, kept])


def test_one_page_of_the_audits_of_many_hosts(etc: Path, tmp_path: Path) -> None:
    """Equal hosts are one part; a host that could not be audited is an error; text of a config is escaped."""
    (etc / "sshd_config").write_text(f"Banner <b>bold</b>\n{OFF}")
    task = {"sshkeep.openssh.audit": config(etc, profile="cis")}
    missing = {"sshkeep.openssh.audit": {"path": str(etc / "missing"), "kind": "sshd_config"}}
    hosts = "{'web1': result_0, 'web2': result_0, 'db': result_1}"
    page = {"ansible.builtin.set_fact": {"page": f"{{{{ {hosts} | sshkeep.openssh.audit_html }}}}"}}
    audited, failed, made = run_tasks(tmp_path, [task, missing, page])
    assert audited["summary"]["fail"] > 3 and audited["configs"][0]["target"] == "openssh-9.2"
    assert failed["failed"] and not audited["changed"]
    text = made["ansible_facts"]["page"]
    assert text.count(f"{etc}/sshd_config of web1, web2</span>") == 1
    assert f'<b class="fail">{audited["summary"]["fail"] * 2}</b>' in text
    assert f"<li>db: {failed['msg']}" in text
    assert text.count("<svg") == 0 and text.count("data:image/svg+xml;base64,") == 1
    assert "&lt;b&gt;" in text and "<b>bold" not in text
