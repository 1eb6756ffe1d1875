"""Add targets and names of rules to an existing policy, and keep its comments."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

from sshkeep.config.tree.file_system import UnreadableFile, read_regular_file
from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.policy.load import check_policy_text
from sshkeep.policy.yaml_nodes import parse_yaml
from sshkeep.system.files import replace_file


class PolicyEdits(NamedTuple):
    """The new targets, and what to add to each list."""

    target: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def edit_policy(path: str, wanted: PolicyEdits) -> bool:
    """Edit the file ``path``; whether it had to change.

    Raises SshkeepError where it is not valid, before or after, and where it can't be written.
    """
    try:
        data = read_regular_file(path)
    except (OSError, UnreadableFile) as error:
        reason = getattr(error, "strerror", None) or error
        raise SshkeepError(f"can't read the policy {path}: {reason}") from None
    check_policy_text(path, data)
    before = parse_yaml(data).plain() or {}
    after = {**before, **_new_values(before, wanted)}
    if after == before:
        return False
    text = _with_values(data.decode("utf-8-sig"), _new_values(before, wanted))
    kept = _comments(data.decode("utf-8-sig")) <= _comments(text)
    if not kept or parse_yaml(text.encode()).plain() != after:
        raise SshkeepError(f"{path} can't be edited without loss", "edit it by hand")
    check_policy_text(path, text.encode())
    replace_file(path, text.encode(), expected=data)
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
    """By how many columns the file indents the items of its lists."""
    found = re.search(
        r"^( *)[^ #\n][^\n]*:[ ]*(?:#[^\n]*)?\n(?:[ ]*#[^\n]*\n|[ ]*\n)*( *)- ", text, re.MULTILINE
    )
    return max(len(found[2]) - len(found[1]), 0) if found else 2


def _comments(text: str) -> set[str]:
    return {line[line.index("#") :].strip() for line in text.splitlines() if "#" in line}
