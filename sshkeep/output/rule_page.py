"""The page of one rule, as text and as Markdown, from the sections of its documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from textwrap import indent

from sshkeep.lint.rule import Example, LoadedRule, OptionValue
from sshkeep.named import NamedTuple
from sshkeep.output.references import address, as_link
from sshkeep.output.rule_table import fix_kind
from sshkeep.output.wrapping import wrapped

WHAT, WHY, FIX, IGNORE = "What happens", "Why", "How to fix it", "When to ignore it"
PAGE_SECTIONS = (WHAT, WHY, FIX, IGNORE)
"""The sections of a rule's documentation. The first one is what stands above the first heading."""

SAFETY = {
    "yes": "The fix is safe where the finding says `fix`: `sshkeep fix` makes it.",
    "unsafe": "The fix is unsafe: only `sshkeep fix --unsafe` makes it.",
    "no": "sshkeep has no fix for it.",
}
"""The text on a rule's fix."""

_HEADING = re.compile(r"^## (.+)\n", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
Profiles = Mapping[str, tuple[str, ...]]
"""Names of profiles that ask for a rule, with the numbers of the controls where they are known."""


class Section(NamedTuple):
    """A section in Markdown; ``verbatim`` texts stand in a block of code behind their heading."""

    title: str
    paragraphs: tuple[str, ...]
    verbatim: tuple[tuple[str, str], ...] = ()


def page_address(rule_id: str) -> str:
    """Where the site of the documentation has the page of a rule that sshkeep brings, below its root."""
    return f"rules/{rule_id}/"


def sections_of(doc: str) -> dict[str, str]:
    """The sections of a rule's documentation, by title."""
    first, *parts = _HEADING.split(doc)
    return {
        WHAT: first.strip(),
        **{title: text.strip() for title, text in zip(*[iter(parts)] * 2, strict=True)},
    }


def page_sections(loaded: LoadedRule, profiles: Profiles) -> Iterator[Section]:
    """All sections of the page, in order."""
    rule = loaded.rule
    for title, text in sections_of(loaded.doc).items():
        paragraphs = tuple(text.split("\n\n"))
        if title == FIX:
            paragraphs += (SAFETY[fix_kind(loaded)],)
        if title == IGNORE:
            paragraphs += (
                f"To ignore a finding, write above its line: `# sshkeep: ignore[{loaded.id}] reason`",
            )
        yield Section(title, paragraphs)
    yield Section("Examples", (), tuple(each for example in rule.examples for each in _example(example)))
    if rule.options:
        yield Section("Options", (f"{_options(rule.options)}",))
    if profiles:
        yield Section("Profiles", tuple(f"- {_profile(*each)}" for each in profiles.items()))


def rule_page(loaded: LoadedRule, width: int = 80, profiles: Profiles | None = None) -> Iterator[str]:
    """The page as text of at most ``width`` columns, but for examples and addresses."""
    rule = loaded.rule
    head = f"{loaded.id} ({rule.severity}, group {loaded.group}; {', '.join(rule.applies_to)})"
    yield from wrapped(head, width, "", "  ")
    for section in page_sections(loaded, profiles or {}):
        yield from ("", section.title)
        for number, paragraph in enumerate(section.paragraphs):
            if number and not paragraph.startswith("- "):
                yield ""
            yield from wrapped(_LINK.sub(r"\1", paragraph), width, "  ", "  ")
        for heading, text in section.verbatim:
            yield from (f"  {heading}:", indent(text, "    ").rstrip("\n"))
    yield from ("", "References")
    for reference in rule.references:
        yield from wrapped(reference, width, "  ", "    ")
        if url := address(reference):
            yield f"    {url}"


def markdown_page(loaded: LoadedRule, profiles: Profiles | None = None) -> Iterator[str]:
    """The same page as Markdown."""
    rule = loaded.rule
    yield f"# {loaded.id}"
    yield ""
    yield f"{rule.summary}. Severity {rule.severity}, group {loaded.group}, for {', '.join(rule.applies_to)}."
    for section in page_sections(loaded, profiles or {}):
        yield from ("", f"## {section.title}", "")
        yield from "\n\n".join(section.paragraphs).replace("\n\n- ", "\n- ").splitlines()
        for number, (heading, text) in enumerate(section.verbatim):
            yield from ("" for _ in range(bool(number)))
            yield from (f"{heading}:", "", "```", text.rstrip("\n"), "```")
    yield from ("", "## References", "")
    yield from (f"- {as_link(reference)}" for reference in rule.references)


def _options(options: Mapping[str, OptionValue]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in options.items())


def _profile(name: str, controls: tuple[str, ...]) -> str:
    return f"{name}: {', '.join(controls)}" if controls else name


def _example(example: Example) -> Iterator[tuple[str, str]]:
    """An example and its fix, each with the heading that says whether it is reported, for what target."""
    target = f" for {example.target}" if example.target else ""
    options = f" with {_options(example.options)}" if example.options else ""
    reported = example.after is not None or example.hit
    yield f"{'Reported' if reported else 'Not reported'}{target}{options}", _before(example)
    if example.after is not None:
        yield "Unsafe fix" if example.unsafe else "Fix", example.after


def _before(example: Example) -> str:
    beside = [f"# {name}\n{text}" for name, text in example.files.items()]
    if example.client is not None:
        beside.append(f"# ssh_config of the client\n{example.client}# sshd_config of the server\n")
    return "".join([*beside, example.before])
