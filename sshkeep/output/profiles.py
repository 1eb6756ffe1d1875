"""Guides as text: their documents, and their controls with what checks them."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from sshkeep.lint.guide import Control, Guide
from sshkeep.lint.registry import PACKED
from sshkeep.policy.profiles import profiles


def profile_lines(name: str, guide: Guide, rules: int, width: int) -> Iterator[str]:
    """A profile in short: the number of its controls, and its documents."""
    checked = sum(1 for control in guide.controls if control.rules)
    head = f"{name:<9} {checked} of {len(guide.controls)} controls checked by {rules} rules"
    yield from wrap(head, width, subsequent_indent=" " * 10)
    titles = "; ".join(document.full_title for document in guide.documents)
    yield from _indented(titles, 10, min(width, 100))


def document_lines(guide: Guide, width: int) -> Iterator[str]:
    """The documents with their versions, and where their numbers were read."""
    for document in guide.documents:
        targets = f" ({', '.join(document.targets)})" if document.targets else ""
        yield f"{document.name}: {document.full_title}{targets}"
        yield from _indented(document.source, 4, width)


def control_lines(control: Control, text: str, width: int) -> Iterator[str]:
    """A control: title, what it asks or why nothing checks it, and its numbers.

    A number that all documents share is printed once.
    """
    level = f", level {control.level}" if control.level else ""
    yield f"  {control.title}{level}"
    yield from _indented(text, 6, width)
    yield from _indented(numbers_text(control), 6, width)


def numbers_text(control: Control) -> str:
    """The numbers of a control, each with the documents that it is from."""
    by_number: dict[str, list[str]] = {}
    for document, number in control.ids.items():
        by_number.setdefault(number, []).append(document)
    return "; ".join(f"{number} ({', '.join(names)})" for number, names in by_number.items())


def _indented(text: str, blanks: int, width: int) -> list[str]:
    head = " " * blanks
    return wrap(
        text,
        width,
        initial_indent=head,
        subsequent_indent=head,
        break_long_words=False,
        break_on_hyphens=False,
    )


def profiles_with_rule(rule_id: str) -> dict[str, tuple[str, ...]]:
    """The profiles that select a rule of sshkeep or have controls that it checks, with their numbers.

    There are none in sshkeep.pyz.
    """
    if PACKED:
        return {}
    from sshkeep.policy.load import load_policy

    found: dict[str, tuple[str, ...]] = {}
    for name, path in profiles().items():
        policy = load_policy(path)
        controls = [each for guide in policy.guides for each in guide.controls if rule_id in each.rules]
        if controls or any(rule_id in layer.extend_select for layer in policy.layers(path)):
            found[name] = tuple(map(numbers_text, controls))
    return found
