"""Imports between the packages of sshkeep go one way, the one that the README tells."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ORDER = re.search(r"Imports go one way: (.+)\.\n", (ROOT / "README.md").read_text("utf-8"))
LAYERS = ORDER[1].split(", ") if ORDER else []


def imported(path: Path) -> Iterator[str]:
    """The packages of sshkeep that a module names in its imports, those inside of functions, too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sshkeep."):
            yield str(node.module).split(".")[1]


def test_every_package_has_its_place() -> None:
    packages = {path.parent.name for path in (ROOT / "sshkeep").glob("*/__init__.py")}
    assert sorted(LAYERS) == sorted(packages)


@pytest.mark.parametrize("layer", LAYERS)
def test_nothing_is_imported_from_a_later_one(layer: str) -> None:
    later = set(LAYERS[LAYERS.index(layer) + 1 :])
    for path in (ROOT / "sshkeep" / layer).rglob("*.py"):
        assert later.isdisjoint(imported(path)), path
