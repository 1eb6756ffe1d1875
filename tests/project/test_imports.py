"""Imports stand at the top of a module, apart from those that most runs do without.

Which package may import which is in pyproject.toml, and `lint-imports` checks it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.program import ROOT

DISPATCHING = ("sshkeep/api/", "sshkeep/cli/")
"""A command and a function of the library import what they need once it is known what that is."""

LATE: dict[str, tuple[str, ...]] = {
    "not every system has it": ("fcntl", "grp", "pwd", "resource"),
    "for a suggestion behind an error, or for the diff": ("difflib",),
    "starts another program, or hands files to one": (
        "platform",
        "shutil",
        "sshkeep.system.packages",
        "subprocess",
        "tempfile",
    ),
    "for a value that few configs have": ("hashlib", "socket", "urllib.parse"),
    "for comments that suppress findings": ("bisect",),
    "for Includes with wildcards": ("fnmatch", "glob"),
    "for a folder that has a .gitignore, or is in a repository": ("sshkeep.trees.gitignore",),
    "for macOS": ("ctypes",),
    "for an audit as HTML, with the extra": ("jinja2",),
    "for another language than English": ("sshkeep.output.catalogue",),
    "for a word of JSON": ("json",),
    "for a policy: YAML and pydantic are slower to import than a config is to lint": (
        "ruamel.yaml",
        "ruamel.yaml.comments",
        "ruamel.yaml.error",
        "sshkeep.policy.load",
        "sshkeep.policy.model",
    ),
    "a table that a run for the newest release, or for one language, does without": (
        "sshkeep.openssh.distributions",
        "sshkeep.openssh.target_aliases",
        "sshkeep.openssh.tables.defaults",
        "sshkeep.openssh.tables.ssh_options",
        "sshkeep.openssh.tables.ssh_vendor_options",
        "sshkeep.openssh.tables.sshd_options",
        "sshkeep.openssh.tables.sshd_vendor_options",
        "sshkeep.openssh.vendors",
    ),
    "for templates": ("sshkeep.syntax.templates.lines", "sshkeep.syntax.templates.tags"),
    "for configs with blocks": (
        "sshkeep.config.blocks.subsumption",
        "sshkeep.config.blocks.unsatisfiable",
        "sshkeep.config.sample_clients",
    ),
    "for errors, a policy, or comments that suppress findings": (
        "sshkeep.lint.demands",
        "sshkeep.lint.reported_refusals",
        "sshkeep.lint.suppression",
    ),
    "for the lines that another one overrules": ("sshkeep.config.precedence.shadowed",),
    "for a ProxyJump that leads somewhere": ("sshkeep.openssh.values.hostports",),
    "for lists of algorithms, which few configs set": (
        "sshkeep.openssh.algorithms.defaults",
        "sshkeep.openssh.algorithms.lists",
        "sshkeep.openssh.algorithms.names",
    ),
    "all settings of one client, which lint seldom asks for": (
        "sshkeep.config.effective.evaluate",
        "sshkeep.config.effective.ssh",
        "sshkeep.config.effective.sshd",
        "sshkeep.config.effective.sshd_startup",
    ),
    "settings files of client programs that are not OpenSSH": (
        "sshkeep.edit.set_in_session",
        "sshkeep.fix.proof.sessions",
        "sshkeep.idle.clients.client_config",
        "sshkeep.idle.clients.recognise",
        "sshkeep.idle.clients.registry",
        "sshkeep.lint.checks.client_sessions",
    ),
    "the installed OpenSSH is asked about a live config only": (
        "sshkeep.validate.mount_overlay",
        "sshkeep.validate.private_copy",
    ),
    "for a reload, or a change on trial": (
        "shlex",
        "sshkeep.reload.listening",
        "sshkeep.reload.reload_sshd",
        "sshkeep.reload.running_sshd",
        "sshkeep.reload.sshd_state",
        "sshkeep.reload.trial",
        "sshkeep.state.directory",
        "sshkeep.state.trial_marker",
        "sshkeep.system.processes",
    ),
    "for what a rule seldom finds": (
        "sshkeep.config.blocks.matching",
        "sshkeep.config.owners",
        "sshkeep.config.tree.block",
        "sshkeep.edit.trial_line",
        "sshkeep.idle.model.endpoint",
        "sshkeep.idle.model.timers",
        "sshkeep.idle.path_lookup",
        "sshkeep.lint.registry",
        "sshkeep.openssh.quoting",
        "sshkeep.openssh.values.numbers",
    ),
}
"""Why a module is imported within functions: cold start, unless something else is said."""


def late_imports(code: str) -> Iterator[str]:
    """The modules that functions in ``code`` import."""
    functions = (
        node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    for node in (inner for function in functions for inner in ast.walk(function)):
        if isinstance(node, ast.ImportFrom):
            yield node.module or "."
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import a\nfrom b import c\nif a:\n    import d\nclass E:\n    import f\n", []),
        ("def f():\n    import a.b, c\n", ["a.b", "c"]),
        ("async def f():\n    if x:\n        from a.b import c\n", ["a.b"]),
        ("class C:\n    def f(self):\n        from . import a\n", ["."]),
    ],
)
def test_late_imports_are_found(code: str, found: list[str]) -> None:
    assert list(late_imports(code)) == found


def late_imports_of_the_project() -> Iterator[tuple[str, str]]:
    """File and module; not those of dispatching code, and of packages that import a name when it is used."""
    for path in sorted(Path(ROOT).glob("sshkeep/**/*.py")) + sorted(Path(ROOT).glob("rules/**/*.py")):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(DISPATCHING) and path.name != "__init__.py":
            yield from ((name, module) for module in late_imports(path.read_text("utf-8")))


def test_imports_stand_at_the_top_or_have_a_reason() -> None:
    allowed = {module for modules in LATE.values() for module in modules}
    assert [found for found in late_imports_of_the_project() if found[1] not in allowed] == []


@pytest.mark.parametrize("reason", LATE)
def test_each_reason_is_in_use(reason: str) -> None:
    used = {module for _, module in late_imports_of_the_project()}
    assert set(LATE[reason]) <= used
