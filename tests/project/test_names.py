"""One name, one idea: no public class, function or constant of sshkeep is defined twice with different meanings."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent.parent / "sshkeep"

SAME_MEANING = {
    "the thing itself, and its JSON": ("Edit", "Finding", "Fix", "Refused", "Related", "Setting"),
    "a value, and the type of its field in the settings": (
        "AddKeysToAgent",
        "AgentSocketPath",
        "Forward",
        "IPQoS",
        "MaxStartups",
        "PerSourcePenalties",
        "PubkeyAuthOptions",
        "RekeyLimit",
        "SourceBlock",
        "TunnelDevice",
    ),
    "a family of algorithms: its names, default lists and flaws": (
        "CIPHERS",
        "GSSAPI_KEX",
        "KEX",
        "KEYS",
        "MACS",
        "SIGNATURES",
    ),
    "a table of options for each language, upstream's and vendors'": ("OPTIONS",),
    "the longest time of each client program": ("MAX_SECONDS",),
    "a function of the library, and the command that calls it": (
        "audit",
        "fix",
        "hosts",
        "idle",
        "lint",
        "profiles",
        "set",
    ),
    "what each command prints in a format": (
        "html_lines",
        "json_lines",
        "markdown_lines",
        "openssh_lines",
        "text_lines",
    ),
    "the values, and the option of the command line that takes one": (
        "ClientProgram",
        "Color",
        "FailOn",
        "Kind",
        "Paths",
    ),
    "the command line, with typer and without": ("run_command",),
    "a path as text or object": ("PathLike",),
}
"""Why a name may be defined in several modules."""


def public_names(path: Path) -> Iterator[str]:
    """What a module defines at its top level, but for names with an underscore."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names = [node.target.id]
        else:
            names = []
        yield from (name for name in names if not name.startswith("_"))


def modules_of_names() -> dict[str, set[str]]:
    """The modules that define each name."""
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for name in public_names(path):
            found.setdefault(name, set()).add(str(path.relative_to(PACKAGE)))
    return found


def test_a_name_is_defined_once() -> None:
    allowed = {name for names in SAME_MEANING.values() for name in names}
    several = {name: modules for name, modules in modules_of_names().items() if len(modules) > 1}
    assert {name: modules for name, modules in several.items() if name not in allowed} == {}


def test_each_name_that_may_be_defined_twice_is() -> None:
    modules = modules_of_names()
    once = [name for names in SAME_MEANING.values() for name in names if len(modules.get(name, ())) < 2]
    assert once == []
