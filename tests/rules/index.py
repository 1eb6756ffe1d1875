"""The source of lint/rule_index.py, made from the rules' modules."""

from __future__ import annotations

from pathlib import Path

from sshkeep.lint.registry import rules_folder, rules_in

HEAD = '''"""What is known of each rule before its module is run. Written by ``python -m tests.regenerate``.

By group and module: the languages of the configs that it checks one by one, and `Rule.only_with`.
"""

from __future__ import annotations

from sshkeep.openssh.kind import Kind

# fmt: off
RULE_INDEX: dict[str, tuple[tuple[Kind, ...]] | tuple[tuple[Kind, ...], tuple[str, ...]]] = {
'''


def rule_index_source() -> str:
    """One line for each rule, in the order group, id."""
    groups = sorted(path for path in Path(rules_folder()).iterdir() if any(path.glob("[!_]*.py")))
    return HEAD + "".join(line for group in groups for line in _lines(group)) + "}\n"


def _lines(group: Path) -> list[str]:
    return [
        f'    "{group.name}/{loaded.id.replace("-", "_")}": {_row(loaded.kinds, loaded.only_with)},\n'
        for loaded in rules_in(str(group)).values()
    ]


def _row(kinds: tuple[str, ...], only_with: tuple[str, ...]) -> str:
    return f"({_words(kinds)}, {_words(only_with)})" if only_with else f"({_words(kinds)},)"


def _words(words: tuple[str, ...]) -> str:
    quoted = ", ".join(f'"{word}"' for word in words)
    return f"({quoted},)" if len(words) == 1 else f"({quoted})"
