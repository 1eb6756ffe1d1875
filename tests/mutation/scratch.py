"""The copy of the project in which mutmut works, and its configuration."""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.mutation.parts import Part
from tests.program import ROOT

COPIED = ("sshkeep", "rules", "tests", "examples", "README.md", "CONTRIBUTING.md", "pyproject.toml")
NOT_MUTATED = (r"\bcast\(", r"^\s*assert ")
"""Lines that are there for mypy: what is changed in them changes nothing when the program runs."""
SLOW_PLUGINS = ("cacheprovider", "unraisableexception", "threadexception")
"""Without these, which collect all garbage several times, pytest ends in half of the time."""
LEFT_TO_MUTMUT = ("staticmethod", "classmethod")


def lay_out(part: Part, folder: Path) -> None:
    """Copy the project to ``folder``, ready for ``mutmut run``."""
    leave_out = shutil.ignore_patterns("__pycache__", ".hypothesis")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=leave_out)
        else:
            shutil.copy(ROOT / name, folder / name)
    for module in _modules(part, folder):
        module.write_text(without_decorators(module.read_text()))
    with (folder / "pyproject.toml").open("a") as project:
        project.write(_configuration(part))


def _modules(part: Part, folder: Path) -> list[Path]:
    there = folder / part.folder
    return [there] if there.is_file() else sorted(there.rglob("*.py"))


def _configuration(part: Part) -> str:
    pattern = part.folder if part.folder.endswith(".py") else f"{part.folder}/*"
    selection = ["-k", part.selection] if part.selection else []
    options: dict[str, object] = {
        "source_paths": ["sshkeep"],
        "only_mutate": [pattern],
        "also_copy": [name for name in COPIED if name not in ("sshkeep", "tests", "pyproject.toml")],
        "do_not_mutate_patterns": NOT_MUTATED,
        "pytest_add_cli_args": [f"-pno:{plugin}" for plugin in SLOW_PLUGINS],
        "pytest_add_cli_args_test_selection": [*part.tests, *selection],
        # Each mutant begins in a process that has run no test. With "fork", answers that the unmutated code
        # left in caches are found again: half of the mutants of parse_time's helpers then survive.
        "process_isolation": "forkserver",
        # A minute at least: on a busy machine a mutant that nothing kills must not seem to loop for ever.
        "timeout_constant": 6.0,
        "timeout_multiplier": 10.0,
    }
    # JSON's lists and strings are TOML's, too.
    return "\n[tool.mutmut]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in options.items())


def without_decorators(source: str) -> str:
    """The same module, with decorators called behind the function: mutmut leaves out decorated functions."""
    lines = source.splitlines(keepends=True)
    for function in sorted(_decorated(ast.parse(source)), key=lambda each: -each.lineno):
        first = function.decorator_list[0].lineno - 1
        indent = " " * function.col_offset
        calls = "".join(
            f"{indent}{function.name} = {ast.unparse(decorator)}({function.name})\n"
            for decorator in reversed(function.decorator_list)
        )
        assert function.end_lineno
        lines.insert(function.end_lineno, calls)
        del lines[first : function.lineno - 1]
    return "".join(lines)


def _decorated(module: ast.Module) -> Iterator[ast.FunctionDef]:
    """Decorated functions and methods; functions within functions are mutated with those around them."""
    classes = (node for node in module.body if isinstance(node, ast.ClassDef))
    for node in [*module.body, *(inner for each in classes for inner in each.body)]:
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            names = [ast.unparse(decorator) for decorator in node.decorator_list]
            if names[0] not in LEFT_TO_MUTMUT:
                yield node
