"""`sshkeep.set` without a path: this machine's own file, which is created where it is missing.

Nothing here touches the home of the user who runs the tests.
"""

import os
import stat
from pathlib import Path

import pytest

import sshkeep
from sshkeep.errors import SshkeepError
from sshkeep.trees import discover, this_machine
from tests.program import run


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home directory without ~/.ssh."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr(this_machine, "home_directory", lambda: str(home))
    monkeypatch.setattr(discover, "home_directory", lambda: str(home))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return home


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_missing_config_is_created_for_its_user_alone(home: Path) -> None:
    result = sshkeep.set(None, {"ServerAliveInterval": "60", "ServerAliveCountMax": "3"})
    assert [(change.path, change.before) for change in result.changes] == [(f"{home}/.ssh/config", None)]
    assert os.listdir(home) == []
    applied = result.write()
    config = home / ".ssh/config"
    assert config.read_text() == "Host *\n    ServerAliveInterval 60\n    ServerAliveCountMax 3\n"
    assert (mode(config), mode(home / ".ssh")) == (0o600, 0o700)
    assert any("ssh -G accepts it" in line for line in applied.lines)
    assert run("undo", applied.record).code == 0
    assert not config.exists()


def test_in_a_folder_that_others_may_read(home: Path) -> None:
    (home / ".ssh").mkdir(mode=0o755)
    (home / ".ssh").chmod(0o755)
    assert sshkeep.set(None, "ServerAliveInterval", "60").write().record
    assert (mode(home / ".ssh/config"), mode(home / ".ssh")) == (0o600, 0o755)


def test_what_exists_is_edited(home: Path) -> None:
    (home / ".ssh").mkdir()
    (home / ".ssh/config").write_text("Host *\n  Port 23\n")
    assert sshkeep.set(None, "ServerAliveInterval", "60").write().record
    assert (home / ".ssh/config").read_text() == "Host *\n  Port 23\n  ServerAliveInterval 60\n"


def test_no_planted_link_is_followed(home: Path, tmp_path: Path) -> None:
    """Another user put ~/.ssh there, as a link to a folder of the caller's."""
    (tmp_path / "secret").mkdir()
    (home / ".ssh").symlink_to(tmp_path / "secret")
    home.chmod(0o777)
    applied = sshkeep.set(None, "ServerAliveInterval", "60").write()
    assert applied.errors and os.listdir(tmp_path / "secret") == []


def test_nor_is_a_folder_made_where_others_may_replace_it(home: Path) -> None:
    home.chmod(0o777)
    applied = sshkeep.set(None, "ServerAliveInterval", "60").write()
    assert "others may write there" in applied.errors[0]
    assert os.listdir(home) == []


def test_a_link_that_leads_nowhere_is_no_missing_file(home: Path) -> None:
    (home / ".ssh").mkdir()
    (home / ".ssh/config").symlink_to("gone")
    with pytest.raises(SshkeepError, match="no such file"):
        sshkeep.set(None, "ServerAliveInterval", "60")


@pytest.mark.parametrize("path", [".ssh/other", "config", ".ssh/config.d/x"])
def test_no_other_file_is_created(path: str, home: Path) -> None:
    with pytest.raises(SshkeepError, match="no such file"):
        sshkeep.set(home / path, "ServerAliveInterval", "60")


def test_the_keyword_says_which_file(home: Path) -> None:
    with pytest.raises(SshkeepError, match="both know Ciphers"):
        sshkeep.set(None, "Ciphers", "aes256-ctr")
    assert sshkeep.set(None, "Ciphers", "aes256-ctr", kind="ssh_config").tree.name == f"{home}/.ssh/config"
    assert sshkeep.set(None, "User", "bob", block="Host web").tree.name == f"{home}/.ssh/config"
    assert this_machine.own_file_for("sshd_config") == "/etc/ssh/sshd_config"


def test_the_vendors_file_is_read_where_there_is_no_other(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """openSUSE: the setting goes into /etc/ssh, since updates replace what is in /usr/etc."""
    own, vendors = tmp_path / "etc/ssh", tmp_path / "usr/etc/ssh"
    for folder, module in ((own, "SSH_DIR"), (vendors, "VENDOR_DIR")):
        folder.mkdir(parents=True)
        monkeypatch.setattr(this_machine, module, str(folder))
    (own / "sshd_config.d").mkdir()
    (vendors / "sshd_config").write_text(f"Include {own}/sshd_config.d/*.conf\nPermitRootLogin yes\n")
    result = sshkeep.set(None, "PermitRootLogin", "no")
    assert result.tree.name == f"{vendors}/sshd_config"
    drop_in = f"{own}/sshd_config.d/50-sshkeep.conf"
    assert [(change.path, change.after) for change in result.changes] == [(drop_in, b"PermitRootLogin no\n")]
    (own / "sshd_config").write_text("")
    assert sshkeep.set(None, "PermitRootLogin", "no").tree.name == f"{own}/sshd_config"


def test_a_tree_elsewhere_wants_a_name() -> None:
    with pytest.raises(SshkeepError, match="the file is not named"):
        sshkeep.set(None, "ServerAliveInterval", "60", files={})
    with pytest.raises(SshkeepError, match="the file is not named"):
        sshkeep.set(None, "ServerAliveInterval", "60", root="/")
