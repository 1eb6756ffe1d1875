"""After a fix, the real program says that the setting is in effect and that nothing else has changed."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.fix.plan import FixPlan, plan_fixes
from sshkeep.lint.registry import chosen_rules
from sshkeep.openssh.kind import Kind
from sshkeep.state.record import About
from sshkeep.trees.discover import TreeOptions, tree_for
from sshkeep.trees.this_machine import installed_target
from sshkeep.write.transaction import write_changes
from tests.oracle.installed import openssh
from tests.requirements import need

RULES = chosen_rules([], [], [])
KEEPALIVE = {
    "clientaliveinterval",
    "clientalivecountmax",
    "serveraliveinterval",
    "serveralivecountmax",
    "connecttimeout",
    "tcpkeepalive",
}


class Placement(NamedTuple):
    """A config, the same fixed (only sshkeep's keepalive default is missing in it), and what to ask.

    ``{dir}`` is the folder; in ``after`` only the top file is shown, unless ``changed`` names another.
    """

    name: str
    kind: Kind
    before: str
    after: str
    asks: tuple[str, ...] = ("",)
    files: tuple[tuple[str, str], ...] = ()
    changed: str = ""


SSHD_ASKS = ("", "user=bob,host=h,addr=10.0.0.1", "user=root,host=h,addr=192.168.0.1")
SSH_ASKS = ("web", "db", "elsewhere")
# What is written for each kind: half of 60 for an sshd that doubles it (9.2 to 9.4), else 60.
PLACEMENTS = (
    Placement("an empty file", "sshd_config", "", "ClientAliveInterval {n}\n"),
    Placement("no final newline", "sshd_config", "Port 22", "Port 22\nClientAliveInterval {n}"),
    Placement("CRLF", "sshd_config", "Port 22\r\n", "Port 22\r\nClientAliveInterval {n}\r\n"),
    Placement("equals sign", "sshd_config", "Port=22\n", "Port=22\nClientAliveInterval={n}\n"),
    Placement("tab", "sshd_config", "Port\t22\n", "Port\t22\nClientAliveInterval\t{n}\n"),
    Placement(
        "an aligned column",
        "sshd_config",
        "UseDNS                  no\nPrintMotd               no\n",
        "UseDNS                  no\nPrintMotd               no\nClientAliveInterval     {n}\n",
    ),
    Placement(
        "the commented default",
        "sshd_config",
        "#ClientAliveInterval 0\nUseDNS no\n",
        "ClientAliveInterval {n}\nUseDNS no\n",
    ),
    Placement(
        "not the commented example of a block",
        "sshd_config",
        "UseDNS no\n#Match User anoncvs\n#\tClientAliveInterval 0\n",
        "UseDNS no\nClientAliveInterval {n}\n#Match User anoncvs\n#\tClientAliveInterval 0\n",
    ),
    Placement(
        "not a comment that says more",
        "sshd_config",
        "# ClientAliveInterval 0 switches it off\nUseDNS no\n",
        "# ClientAliveInterval 0 switches it off\nUseDNS no\nClientAliveInterval {n}\n",
    ),
    Placement(
        "above the first Match",
        "sshd_config",
        "Port 22\n\n# bob\nMatch User bob\n  X11Forwarding no\n",
        "Port 22\nClientAliveInterval {n}\n\n# bob\nMatch User bob\n  X11Forwarding no\n",
        SSHD_ASKS,
    ),
    Placement(
        "a file that begins with Match and its comments",
        "sshd_config",
        "# bob\nMatch User bob\n  X11Forwarding no\n",
        "ClientAliveInterval {n}\n# bob\nMatch User bob\n  X11Forwarding no\n",
        SSHD_ASKS,
    ),
    Placement(
        "a Match that sets it on purpose is left alone",
        "sshd_config",
        "Port 22\nMatch User bob\n  ClientAliveInterval 10\n",
        "Port 22\nClientAliveInterval {n}\nMatch User bob\n  ClientAliveInterval 10\n",
        SSHD_ASKS,
    ),
    Placement(
        "the line under Match all wins",
        "sshd_config",
        "Match User bob\n  X11Forwarding no\nMatch all\nClientAliveInterval 0\n",
        "Match User bob\n  X11Forwarding no\nMatch all\nClientAliveInterval {n}\n",
        SSHD_ASKS,
    ),
    Placement(
        "the winner is in an included file",
        "sshd_config",
        "Include {dir}/d/*.conf\nUseDNS no\n",
        "ClientAliveInterval {n}\n",
        files=(("d/10.conf", "ClientAliveInterval 0\n"), ("d/20.conf", "UseDNS yes\n")),
        changed="d/10.conf",
    ),
    Placement(
        "only the value changes",
        "sshd_config",
        "  clientaliveinterval = \"0\"  # off\nUseDNS no\n",
        "  clientaliveinterval = {n}  # off\nUseDNS no\n",
    ),
    Placement("an empty file", "ssh_config", "", "Host *\n    ServerAliveInterval 60\n", SSH_ASKS),
    Placement(
        "into the last Host *",
        "ssh_config",
        "Host *\n\tUser a\nHost web\n\tUser b\nHost *\n\tPort 9\n",
        "Host *\n\tUser a\nHost web\n\tUser b\nHost *\n\tPort 9\n\tServerAliveInterval 60\n",
        SSH_ASKS,
    ),
    Placement(
        "behind the block's last line, not behind its blank lines",
        "ssh_config",
        "Host *\n  Port 9\n\n\n# end\n",
        "Host *\n  Port 9\n  ServerAliveInterval 60\n\n\n# end\n",
        SSH_ASKS,
    ),
    Placement(
        "a new Host * at the end",
        "ssh_config",
        "Host web\n  Port 9\n",
        "Host web\n  Port 9\n\nHost *\n  ServerAliveInterval 60\n",
        SSH_ASKS,
    ),
    Placement(
        "never to the top",
        "ssh_config",
        "Compression yes\nHost web\n  ServerAliveInterval 9\n",
        "Compression yes\nHost web\n  ServerAliveInterval 9\n\nHost *\n  ServerAliveInterval 60\n",
        SSH_ASKS,
    ),
    Placement(
        "not into a Host * that comes before a Host with its own value",
        "ssh_config",
        "Host *\n  Port 9\nHost web\n  ServerAliveInterval 9\n",
        "Host *\n  Port 9\nHost web\n  ServerAliveInterval 9\n\nHost *\n  ServerAliveInterval 60\n",
        SSH_ASKS,
    ),
    Placement(
        "an empty Host *",
        "ssh_config",
        "Host web\n  Port 9\nHost *\n",
        "Host web\n  Port 9\nHost *\n    ServerAliveInterval 60\n",
        SSH_ASKS,
    ),
    Placement(
        "no final newline",
        "ssh_config",
        "Host web\n  Port 9",
        "Host web\n  Port 9\n\nHost *\n  ServerAliveInterval 60",
        SSH_ASKS,
    ),
    Placement(
        "a Host's own 0, and nothing for the others",
        "ssh_config",
        "Host web\n  ServerAliveInterval=0\nHost *\n  ServerAliveInterval=7\n",
        "Host web\n  ServerAliveInterval=60\nHost *\n  ServerAliveInterval=7\n",
        SSH_ASKS,
    ),
    Placement(
        "the winner is in an included file",
        "ssh_config",
        "Include {dir}/x\nHost web\n  Port 9\n",
        "Host *\n  ServerAliveInterval 60\n",
        SSH_ASKS,
        (("x", "Host *\n  ServerAliveInterval 0\n"),),
        "x",
    ),
)  # fmt: skip


def seconds(kind: Kind) -> int:
    """What the fix writes for the installed release."""
    target = installed_target()
    assert target
    return 30 if kind == "sshd_config" and (9, 2) <= target.release <= (9, 4) else 60


def fixed(kind: Kind, path: Path) -> FixPlan:
    """All safe fixes, written; also to what other programs write, as a few real files are."""
    tree = tree_for(str(path), TreeOptions(kind, installed_target(), "/"))
    plan = plan_fixes(tree, RULES, {}, unsafe=False, edit_managed=True)
    if plan.changes:
        write_changes(plan.changes, About("fix", (), "as installed"))
    return plan


@pytest.mark.parametrize("case", PLACEMENTS, ids=lambda case: f"{case.kind}: {case.name}")
def test_a_setting_is_placed_where_it_takes_effect(case: Placement, tmp_path: Path) -> None:
    need("openssh")
    for name, text in (*case.files, (case.kind, case.before)):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.replace("{dir}", str(tmp_path)).encode())
        path.chmod(0o600)
    top = tmp_path / case.kind
    before = [openssh(case.kind, top, ask) for ask in case.asks]
    fixed(case.kind, top)
    changed = tmp_path / (case.changed or case.kind)
    assert changed.read_bytes().decode() == case.after.replace("{n}", str(seconds(case.kind)))
    assert fixed(case.kind, top).after == {}, "a second run changes something"
    for ask, then in zip(case.asks, before, strict=True):
        now = openssh(case.kind, top, ask)
        assert now.accepted
        assert int(_interval(case.kind, now.values)) > 0
        assert {k: v for k, v in now.values.items() if k not in KEEPALIVE} == {
            k: v for k, v in then.values.items() if k not in KEEPALIVE
        }


def _interval(kind: Kind, settings: object) -> str:
    name = "clientaliveinterval" if kind == "sshd_config" else "serveraliveinterval"
    return settings[name][0]  # type: ignore[index, no-any-return]


def corpus() -> Iterator[tuple[Kind, Path]]:
    """The real configs of the folder that SSHKEEP_CORPUS names."""
    folder = os.environ.get("SSHKEEP_CORPUS")
    for path in sorted(Path(folder).rglob("*ssh*_config*")) if folder else ():
        if path.is_file() and path.parent.name[-2:] != ".d":
            yield ("sshd_config" if path.name.startswith("sshd") else "ssh_config"), path


def harmless(kind: Kind, path: Path) -> bool:
    """Whether the real program can be asked: ``ssh -G`` runs Match exec and resolves canonical names."""
    config = tree_for(str(path), TreeOptions(kind, installed_target(), "/")).load()
    runs = any(b"exec" in block.header.raw.lower() for block in config.blocks)
    return kind == "sshd_config" or not (runs or config.lines("canonicalizehostname"))


CORPUS = [
    pytest.param(kind, path, id=f"{path.parent.name}/{path.name}")
    for kind, path in corpus()
    if harmless(kind, path)
]


@pytest.mark.parametrize(("kind", "path"), CORPUS)
def test_real_files_are_mended_and_otherwise_unchanged(kind: Kind, path: Path, tmp_path: Path) -> None:
    need("openssh")
    copy = tmp_path / kind
    shutil.copy(path, copy)
    asks = SSHD_ASKS if kind == "sshd_config" else ("github.com", "example.org")
    before = [openssh(kind, copy, ask) for ask in asks]
    try:
        fixed(kind, copy)
    except SshkeepError as error:
        pytest.fail(str(error))
    for ask, then in zip(asks, before, strict=True):
        now = openssh(kind, copy, ask)
        assert now.accepted >= then.accepted
        if then.accepted:
            others = then.values.keys() - KEEPALIVE
            assert {k: now.values[k] for k in others} == {k: then.values[k] for k in others}
            assert int(_interval(kind, now.values)) > 0
