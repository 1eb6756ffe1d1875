"""Rewrites what is generated and checked in: ``python -m tests.regenerate``."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from sshkeep.openssh.kind import Kind
from sshkeep.output.schemas.generate import schema_texts
from tests.docs.grammars import grammar
from tests.docs.man_pages import MAN_PAGES
from tests.docs.pages import EXAMPLES, ROOT, pages
from tests.project.sessions import rerun
from tests.rules.index import rule_index_source
from tests.settings.source import models_source
from tools.catalogue import PO, compiled

KINDS: tuple[Kind, ...] = ("sshd_config", "ssh_config")
PICTURE = ROOT / "docs" / "pictures" / "dropped.svg"


def sessions_on_disk() -> dict[Path, str]:
    """The sessions of the examples as they are checked in."""
    return {path: path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*/session.txt"))}


def session(path: Path) -> str:
    """An example's session as it comes out today."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "example"
        shutil.copytree(path.parent, copy, ignore=shutil.ignore_patterns("session.txt"))
        return rerun(path.read_text("utf-8"), copy)


def picture() -> str:
    """The README's: the first command of the example, drawn."""
    example = EXAMPLES / "idle"
    command = (example / "session.txt").read_text("utf-8").splitlines()[0]
    drawn = rerun(f"{command} --format svg", example).partition("\n")[2]
    return drawn.removesuffix("[exit 1]\n")


def modules() -> dict[Path, str]:
    """The typed settings, made of the tables, and the index of the rules."""
    package = ROOT / "sshkeep"
    models = {
        package / "settings" / f"{kind.removesuffix('_config')}.py": models_source(kind) for kind in KINDS
    }
    return {**models, package / "lint" / "rule_index.py": rule_index_source()}


def generated(sessions: Mapping[Path, str]) -> dict[Path, str]:
    """Every other generated file with the content it should have beside the ``sessions`` of the examples."""
    files = {**pages(sessions), PICTURE: picture()}
    files |= {ROOT / "man" / name: make() for name, make in MAN_PAGES.items()}
    for name, text in schema_texts():
        files[ROOT / "sshkeep" / "output" / "schemas" / f"{name}.json"] = text
    for kind in KINDS:
        files[ROOT / "editors" / "vscode" / "syntaxes" / f"{kind}.json"] = grammar(kind)
    return {**files, **modules()}


def regenerate() -> None:
    """Write all of it. One run is enough: what others are made of comes first."""
    old = {path: text for path, text in modules().items() if path.read_text("utf-8") != text}
    if old:
        for path, text in old.items():
            path.write_text(text, "utf-8")
        # Schemas and pages are made of the modules as a process has imported them.
        os.execv(sys.executable, [sys.executable, "-m", "tests.regenerate"])
    sessions = {path: session(path) for path in sessions_on_disk()}
    PO.with_suffix(".mo").write_bytes(compiled())
    for path, text in {**sessions, **generated(sessions)}.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    regenerate()
