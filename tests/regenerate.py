"""Rewrites what is generated and checked in: ``python -m tests.regenerate``."""

import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from sshkeep.lint.registry import all_rules
from sshkeep.openssh.kind import Kind
from sshkeep.output.rule import markdown_table
from sshkeep.output.schemas.generate import schema_texts
from tests.project.sessions import rerun
from tests.project.target_table import targets_table
from tests.settings.source import models_source

KINDS: tuple[Kind, ...] = ("sshd_config", "ssh_config")
ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
EXAMPLES = ROOT / "examples"
PICTURE = EXAMPLES / "idle" / "dropped.svg"
TABLE = re.compile(r"(?<=<!-- rules -->\n).*?(?=<!-- /rules -->)", re.DOTALL)
TARGETS = re.compile(r"(?<=<!-- targets -->\n).*?(?=<!-- /targets -->)", re.DOTALL)

SESSION = re.compile(r"(?<=<!-- session )([a-z-]+)( -->\n).*?(?=<!-- /session -->)", re.DOTALL)


def readme_of_today(text: str, sessions: Mapping[Path, str]) -> str:
    """The README with today's tables of rules and targets, and those of ``sessions`` that it shows."""
    table = "\n".join(markdown_table(all_rules().values())) + "\n"
    text = TABLE.sub(lambda _: table, text)
    text = TARGETS.sub(lambda _: "\n".join(targets_table()) + "\n", text)

    def block(match: re.Match[str]) -> str:
        shown = sessions[EXAMPLES / match[1] / "session.txt"]
        return f"{match[1]}{match[2]}```console\n{shown}```\n"

    return SESSION.sub(block, text)


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
    command = (PICTURE.parent / "session.txt").read_text("utf-8").splitlines()[0]
    drawn = rerun(f"{command} --format svg", PICTURE.parent).partition("\n")[2]
    return drawn.removesuffix("[exit 1]\n")


def models() -> dict[Path, str]:
    """The modules of the typed settings, made of the tables."""
    folder = ROOT / "sshkeep" / "settings"
    return {folder / f"{kind.removesuffix('_config')}.py": models_source(kind) for kind in KINDS}


def generated(sessions: Mapping[Path, str]) -> dict[Path, str]:
    """Every other generated file with the content it should have beside the ``sessions`` of the examples."""
    files = {README: readme_of_today(README.read_text("utf-8"), sessions), PICTURE: picture()}
    for name, text in schema_texts():
        files[ROOT / "sshkeep" / "output" / "schemas" / f"{name}.json"] = text
    return {**files, **models()}


def regenerate() -> None:
    """Write all of it. One run is enough: what others are made of comes first."""
    old = [path for path, text in models().items() if path.read_text("utf-8") != text]
    if old:
        for path in old:
            path.write_text(models()[path], "utf-8")
        # The schemas are made of the models as a process has imported them.
        os.execv(sys.executable, [sys.executable, "-m", "tests.regenerate"])
    sessions = {path: session(path) for path in sessions_on_disk()}
    for path, text in {**sessions, **generated(sessions)}.items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    regenerate()
