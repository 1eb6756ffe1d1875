"""The profiles as Markdown: what each asks for, with the controls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from sshkeep.api.profiles import describe_profile
from sshkeep.policy.profiles import profiles

ASKS = ("must_be", "one_of", "between", "forbid", "contains")


def profiles_table() -> Iterator[str]:
    """A section for each profile: its sources, the rules that it adds, its own rules."""
    for name, path in profiles().items():
        text = Path(path).read_text("utf-8")
        data = YAML(typ="safe").load(text)
        yield f"## {name}"
        yield ""
        yield describe_profile(name).sources
        yield ""
        added = ", ".join(f"[{each}](rules/{each}.md)" for each in data.get("extend_select", ()))
        if added:
            yield f"Adds these rules of sshkeep: {added}."
            yield ""
        yield "| Rule | Keyword | Asks for | Controls |"
        yield "| --- | --- | --- | --- |"
        for own in data["own"]:
            controls = "<br>".join(own.get("references", ()))
            yield f"| `{own['id']}` | {own['keyword']} | {_asked(own)} | {controls} |"
        yield ""


def _asked(own: Mapping[str, Any]) -> str:
    asked = [f"{ask.replace('_', ' ')} {_shown(own[ask])}" for ask in ASKS if ask in own]
    return "; ".join([*asked, *(["a line must set it"] if own.get("required") else [])]).replace("|", "\\|")


def _shown(value: object) -> str:
    members = value if isinstance(value, list) else [value]
    return ", ".join(f"`{'yes' if each is True else 'no' if each is False else each}`" for each in members)
