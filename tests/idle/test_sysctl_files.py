"""sysctl.conf and sysctl.d: which line counts, and what `idle` makes of it."""

from pathlib import Path

import pytest

from sshkeep.api.idle import idle
from sshkeep.config.tree.file_system import DISK
from sshkeep.idle.sysctl_files import read_sysctl_files

TIME = "net.ipv4.tcp_keepalive_time"


def machine(root: Path, files: dict[str, str]) -> Path:
    for name, text in {"etc/ssh/sshd_config": "", **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.mark.parametrize(
    ("files", "value"),
    [
        ({}, None),
        ({"etc/sysctl.conf": f"{TIME} = 60\n"}, 60),
        ({"etc/sysctl.conf": f"{TIME}=60\n{TIME} = 90\n"}, 90),
        ({"etc/sysctl.conf": f"# {TIME} = 60\n; {TIME} = 70\n"}, None),
        ({"etc/sysctl.conf": "net/ipv4/tcp_keepalive_time = 60\n"}, 60),
        ({"etc/sysctl.conf": f"-{TIME} = 60\r\n"}, 60),
        ({"etc/sysctl.conf": f"{TIME} = x\n{TIME} =\n{TIME}\n"}, None),
        ({"etc/sysctl.conf": f"{TIME} = 60\n", "etc/sysctl.d/99-z.conf": f"{TIME} = 90\n"}, 60),
        ({"etc/sysctl.d/10-a.conf": f"{TIME} = 60\n", "etc/sysctl.d/20-b.conf": f"{TIME} = 90\n"}, 90),
        ({"usr/lib/sysctl.d/50-a.conf": f"{TIME} = 60\n", "etc/sysctl.d/50-a.conf": "\n"}, None),
        ({"usr/lib/sysctl.d/90-a.conf": f"{TIME} = 60\n", "etc/sysctl.d/50-a.conf": f"{TIME} = 90\n"}, 60),
        ({"etc/sysctl.d/a.conf.bak": f"{TIME} = 60\n"}, None),
        ({"etc/sysctl.conf": "net.ipv4.tcp_keepalive_time_x = 60\nnet.ipv6.tcp_keepalive_time = 60\n"}, None),
    ],
)
def test_the_line_that_counts(files: dict[str, str], value: int | None, tmp_path: Path) -> None:
    found = read_sysctl_files(str(machine(tmp_path, files)), DISK).get("keepalive_time")
    assert (found.value if found else None) == value


def test_idle_takes_those_of_the_root(tmp_path: Path) -> None:
    machine(tmp_path, {"etc/sysctl.conf": f"{TIME} = 60\n"})
    found = idle(server=tmp_path / "etc/ssh/sshd_config", server_target="debian-12", root=tmp_path)
    assert found.session.server.endpoint.kernel.keepalive_time == 60
    assert found.session.client.endpoint.kernel.keepalive_time == 7200
    assert [note for note in found.notes if "SO_KEEPALIVE" in note and "sysctl.conf:1" in note]


def test_the_call_wins(tmp_path: Path) -> None:
    machine(tmp_path, {"etc/sysctl.conf": f"{TIME} = 60\n"})
    found = idle(
        server=tmp_path / "etc/ssh/sshd_config",
        server_target="debian-12",
        root=tmp_path,
        kernel={"keepalive_time": 30},
    )
    assert found.session.server.endpoint.kernel.keepalive_time == 30


def test_a_file_of_no_machine_has_no_sysctls(tmp_path: Path) -> None:
    machine(tmp_path, {"etc/sysctl.conf": f"{TIME} = 60\n"})
    found = idle(server=tmp_path / "etc/ssh/sshd_config", server_target="debian-12")
    assert found.session.server.endpoint.kernel.keepalive_time == 7200


@pytest.mark.parametrize("what", ["link", "folder"])
def test_hostile_files(what: str, tmp_path: Path) -> None:
    root = machine(tmp_path / "root", {})
    (tmp_path / "outside").write_text(f"{TIME} = 60\n")
    if what == "link":
        (root / "etc/sysctl.conf").symlink_to(tmp_path / "outside")
    else:
        (root / "etc/sysctl.conf").mkdir()
    assert read_sysctl_files(str(root), DISK) == {}
