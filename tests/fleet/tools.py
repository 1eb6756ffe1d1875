"""The tools that apply the examples: how each previews and applies its file, and how it reports a change."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.program import ROOT

EXAMPLE = ROOT / "examples" / "fleet"
CHEF = Path(__file__).with_name("chef.rb")


class Tool(NamedTuple):
    """``apply`` gets a folder for the tool's own files; ``preview`` are the words that it takes in addition."""

    needs: str
    """As `tests.requirements` has it."""
    apply: Callable[[Path], list[str]]
    preview: tuple[str, ...]
    changed: Callable[[str], bool]
    """Whether its output reports a change, made or to come."""
    fine: tuple[int, ...] = (0,)
    """Its exit codes for a run without a failure."""


def _puppet(folder: Path) -> list[str]:
    places = [f"--confdir={folder}", f"--vardir={folder}", f"--rundir={folder}"]
    return ["puppet", "apply", "--color=false", "--detailed-exitcodes", *places, str(EXAMPLE / "puppet.pp")]


def _salt(folder: Path) -> list[str]:
    return [
        "salt-call", "--local", "--out=json", "--retcode-passthrough", f"--config-dir={folder}", f"--log-file={folder}/log",
        f"--cachedir={folder}", f"--file-root={EXAMPLE}", "state.apply", "salt",
    ]  # fmt: skip


def _salt_changed(output: str) -> bool:
    """In a preview the state's result is null, and there are no changes yet."""
    states = json.loads(output)["local"].values()
    return any(state["changes"] or state["result"] is None for state in states)


TOOLS = {
    "puppet": Tool(
        "puppet", _puppet, ("--noop",), lambda output: "keepalive of sshd]/returns" in output, (0, 2)
    ),
    "salt": Tool("salt", _salt, ("test=True",), _salt_changed),
    "chef": Tool(
        "ruby",
        lambda _: ["ruby", str(CHEF), str(EXAMPLE / "chef.rb")],
        ("--why-run",),
        lambda output: "changed" in output.splitlines(),
    ),
}
