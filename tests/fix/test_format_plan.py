"""A tree is formatted: what is left alone and why, and that every line is read as before."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.fix import format_plan
from sshkeep.fix.format_plan import plan_format
from sshkeep.fix.proof.white_space import prove_white_space
from sshkeep.openssh.kind import Kind
from sshkeep.testing import config_of, tree_of

MAIN = "/etc/ssh/sshd_config"
DROP_IN = "/etc/ssh/sshd_config.d/50-x.conf"
INCLUDE = "Include /etc/ssh/sshd_config.d/*.conf\n"
ODD = "  Port  22 \n"
PLAIN = "Port 22\n"


def test_every_file_of_the_tree_is_formatted() -> None:
    plan = plan_format(tree_of({MAIN: f"  {INCLUDE}", DROP_IN: ODD}))
    assert [(change.path, change.after) for change in plan.changes] == [
        (MAIN, INCLUDE.encode()),
        (DROP_IN, PLAIN.encode()),
    ]
    assert plan.left_alone == ()


def test_a_block_goes_on_where_an_include_stands_in_it() -> None:
    """Indentation follows the lines of a file: what a drop-in sets for the block stays at its margin."""
    plan = plan_format(tree_of({MAIN: f"Match User bob\n{INCLUDE}", DROP_IN: "  PermitTTY no\n"}))
    assert [change.after for change in plan.changes] == [
        f"Match User bob\n    {INCLUDE}".encode(),
        b"PermitTTY no\n",
    ]


@pytest.mark.parametrize(
    ("path", "text", "why"),
    [
        (DROP_IN, b"  Port  22\0\n", f"{DROP_IN} is left alone: it holds a NUL byte"),
        (
            DROP_IN,
            "  Port  22\n".encode("utf-16"),
            f"{DROP_IN} is left alone: it is UTF-16, little endian, which OpenSSH can't read",
        ),
        (
            DROP_IN,
            b"# Ansible managed\n  Port  22\n",
            f"{DROP_IN}: Ansible generates this file, and may overwrite it; it is left alone",
        ),
    ],
)
def test_a_file_that_is_left_alone_is_named(path: str, text: bytes, why: str) -> None:
    plan = plan_format(tree_of({MAIN: INCLUDE + ODD, path: text}))
    assert [change.path for change in plan.changes] == [MAIN]
    assert plan.left_alone == (why,)


def test_a_template_is_left_alone() -> None:
    path = "/x/sshd_config.j2"
    plan = plan_format(tree_of({path: "  Port  {{ port }}\n"}, "sshd_config", live=False))
    assert plan.changes == ()
    assert plan.left_alone == (f"{path} is left alone: it is a Jinja template",)


def test_lines_of_another_program_are_left_alone() -> None:
    owned = "# BEGIN ANSIBLE MANAGED BLOCK\n  UseDNS  no\n\n\n# END ANSIBLE MANAGED BLOCK\n"
    plan = plan_format(tree_of({MAIN: ODD + owned + "  Banner  none\n"}))
    assert [change.after for change in plan.changes] == [f"{PLAIN}{owned}Banner none\n".encode()]
    assert plan.left_alone == (
        f"{MAIN}: Ansible writes lines 2 to 6, and may overwrite them; these lines are left alone",
    )


def test_a_file_that_is_formatted_already_is_not_named() -> None:
    plan = plan_format(tree_of({MAIN: f"# Ansible managed\n{PLAIN}"}))
    assert (plan.changes, plan.left_alone) == ((), ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Port 22\n", "Port 23\n"),
        ("Port 22\n", "Port 22\nPort 22\n"),
        ("Port 22\n", "port 22\n"),
        ('Banner "/a  b"\n', 'Banner "/a b"\n'),
        ("Match User bob\nPermitTTY no\n", "PermitTTY no\nMatch User bob\n"),
        ("Match User bob\nPermitTTY no\n", "Match User  bo\nPermitTTY no\n"),
        ("Match User bob\nMatch all\n", "Match all\n"),
    ],
)
def test_more_than_white_space_is_not_proven(before: str, after: str) -> None:
    with pytest.raises(SshkeepError, match="it would change more than white space"):
        prove_white_space(config_of({MAIN: before}), config_of({MAIN: after}))


def test_a_file_that_can_t_be_proven_is_left_alone_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof refuses what the drop-in becomes; the main file is formatted all the same."""
    prove = prove_white_space

    def wrong_in_drop_in(old: object, new: object) -> None:
        if new.files[DROP_IN].source.data != ODD.encode():  # type: ignore[attr-defined]
            raise SshkeepError("no")
        prove(old, new)  # type: ignore[arg-type]

    monkeypatch.setattr(format_plan, "prove_white_space", wrong_in_drop_in)
    plan = plan_format(tree_of({MAIN: f"  {INCLUDE}", DROP_IN: ODD}))
    assert [change.path for change in plan.changes] == [MAIN]
    assert plan.left_alone == (f"{DROP_IN} is left alone: no",)


def test_real_files_keep_their_meaning() -> None:
    """Every file of the corpus is proven, and formatted once and for all."""
    folder = os.environ.get("SSHKEEP_CORPUS")
    if not folder:
        pytest.skip("SSHKEEP_CORPUS is not set")
    count = 0
    for path in sorted(Path(folder).glob("ssh*_config-*")):
        kind: Kind = "sshd_config" if path.name.startswith("sshd") else "ssh_config"
        data = path.read_bytes()
        plan = plan_format(tree_of({"/x/f": data}, kind, live=False))
        assert [why for why in plan.left_alone if "not safe" in why] == [], path
        again = {"/x/f": plan.config.files["/x/f"].stored}
        assert plan_format(tree_of(again, kind, live=False)).changes == (), path
        assert b"".join(again["/x/f"].split()) == b"".join(data.split()), path
        count += bool(plan.changes)
    assert count
