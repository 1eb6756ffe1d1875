"""The profiles as Markdown: the documents that each follows, their controls, and what checks them."""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.api.profiles import Profile, describe_profile
from sshkeep.lint.registry import all_rules
from sshkeep.output.profiles import numbers_text
from sshkeep.policy.profiles import profiles


def profiles_table() -> Iterator[str]:
    """A section for each profile."""
    for name in profiles():
        profile = describe_profile(name)
        yield f"## {name}"
        yield ""
        yield from _documents(profile)
        yield ""
        yield from _checked(profile)
        yield ""
        yield "Not checked:"
        yield ""
        yield "| Control | Why not | Numbers |"
        yield "| --- | --- | --- |"
        for control in profile.unchecked:
            yield f"| {control.title} | {control.unchecked} | {_numbers(numbers_text(control))} |"
        yield ""


def _documents(profile: Profile) -> Iterator[str]:
    yield "| Document | Version | Targets | Numbers read in |"
    yield "| --- | --- | --- | --- |"
    for document in profile.guide.documents:
        targets = ", ".join(document.targets) or "all"
        yield f"| {document.title} | {document.version} | {targets} | {document.source} |"


def _checked(profile: Profile) -> Iterator[str]:
    level = any(control.level for control, _ in profile.checked)
    yield f"| Control | {'Level | ' if level else ''}Asks | Rules | Numbers |"
    yield f"| --- | {'--- | ' if level else ''}--- | --- | --- |"
    for control, asks in profile.checked:
        cells = [
            control.title,
            *([control.level] if level else []),
            asks.replace("|", "\\|").replace("*", "\\*"),
        ]
        cells += [", ".join(map(_rule, control.rules)), _numbers(numbers_text(control))]
        yield f"| {' | '.join(cells)} |"


def _rule(name: str) -> str:
    return f"[{name}](rules/{name}.md)" if name in all_rules() else f"`{name}`"


def _numbers(text: str) -> str:
    return text.replace("; ", "<br>")
