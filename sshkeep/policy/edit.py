"""Putting targets and names of rules into a policy that is there, comments and all."""

from __future__ import annotations

import os
import re
import shutil
from io import StringIO
from tempfile import NamedTemporaryFile
from typing import Any, NamedTuple

from sshkeep.config.files import Unreadable, read_regular
from sshkeep.errors import SshkeepError
from sshkeep.policy.load import check_policy_text, load_policy
from sshkeep.policy.yaml_nodes import parse_yaml


class PolicyEdits(NamedTuple):
    """The targets to name instead, and what to add to each list."""

    target: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def edit_policy(path: str, wanted: PolicyEdits) -> bool:
    """Whether the file had to change. Raises SshkeepError where it is not valid, before or after."""
    load_policy(path)
    try:
        data = read_regular(path)
    except (OSError, Unreadable) as error:
        raise SshkeepError(f"can't read {path}: {error}") from None
    before = parse_yaml(data).plain() or {}
    after = {**before, **_new_values(before, wanted)}
    if after == before:
        return False
    text = _with_values(data.decode("utf-8-sig"), _new_values(before, wanted))
    if parse_yaml(text.encode()).plain() != after or not _comments(data.decode("utf-8-sig")) <= _comments(
        text
    ):
        raise SshkeepError(f"{path} can't be edited without loss", "edit it by hand")
    check_policy_text(path, text.encode())
    replace(path, text)
    return True


def _new_values(before: dict[str, Any], wanted: PolicyEdits) -> dict[str, str | list[str]]:
    values: dict[str, str | list[str]] = {}
    for key, names in wanted._asdict().items():
        old = before.get(key) or []
        old = [old] if isinstance(old, str) else old
        new = list(names) if key == "target" else [*old, *(name for name in names if name not in old)]
        if names and new != old:
            values[key] = new[0] if key == "target" and len(new) == 1 else new
    return values


def _with_values(text: str, values: dict[str, str | list[str]]) -> str:
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 4096
    offset = _list_offset(text)
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    data = yaml.load(text)
    if data is None:  # nothing but comments
        data = CommentedMap()
        text_before = text if text.endswith("\n") or not text else text + "\n"
    else:
        text_before = ""
    for key, value in values.items():
        there = data.get(key)
        if isinstance(there, CommentedSeq) and isinstance(value, list) and key != "target":
            there.extend(value[len(there) :])
            continue
        if isinstance(value, list):
            value = CommentedSeq(value)
            value.fa.set_flow_style()
        data[key] = value
    stream = StringIO()
    yaml.dump(data, stream)
    return text_before + stream.getvalue()


def _list_offset(text: str) -> int:
    """How far the file indents the items of its lists."""
    found = re.search(
        r"^( *)[^ #\n][^\n]*:[ ]*(?:#[^\n]*)?\n(?:[ ]*#[^\n]*\n|[ ]*\n)*( *)- ", text, re.MULTILINE
    )
    return max(len(found[2]) - len(found[1]), 0) if found else 2


def _comments(text: str) -> set[str]:
    return {line[line.index("#") :].strip() for line in text.splitlines() if "#" in line}


def replace(path: str, text: str) -> None:
    """The file as a whole, its mode kept."""
    real = os.path.realpath(path)
    try:
        with NamedTemporaryFile("w", encoding="utf-8", dir=os.path.dirname(real), delete=False) as stream:
            stream.write(text)
        shutil.copymode(real, stream.name)
        os.replace(stream.name, real)
    except OSError as error:
        raise SshkeepError(f"can't write {path}: {error.strerror}", "nothing was changed") from None
