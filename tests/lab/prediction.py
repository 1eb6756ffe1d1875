"""What `sshkeep idle` says of a set-up, and what that means for who is watching it.

It is asked by its command line, and its answers are written to a file before the lab starts; only that is compared.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.lab.command import in_process
from tests.lab.enclosure import ALIAS, USER
from tests.lab.session import SIDES, Side
from tests.lab.setups import SetUp
from tests.oracle.releases import release_of

FILES: Mapping[Side, str] = {"client": "ssh_config", "server": "sshd_config"}
_PATH = "paths: [{{name: lab, timeout: {timeout}, on_expiry: {expiry}, counts_kernel: yes}}]\n"
LIVES = ("survives", "at risk")
TOLERANCE = 1.0
"""Seconds by which a busy machine may be late, and a whole-second clock off."""

Range = tuple[float, float]


class Prediction(NamedTuple):
    """Times are seconds of silence: since that side has received a packet of the living session.

    ``exits``: when a side's process ends, None for not at all; a side that is not named may do either.
    ``probes``: when a side would send its first probe, None for never; empty where it is not known.
    ``probe_due``: there is one within the watch.
    """

    alive: bool
    exits: Mapping[Side, Range | None]
    probes: Mapping[Side, Range | None]
    probe_due: bool


def predict(setups: Mapping[str, SetUp], folder: Path) -> Path:
    """Ask about each, and write what was answered to a file in ``folder``, by name."""
    answers = {name: _ask(setup, folder / str(number)) for number, (name, setup) in enumerate(setups.items())}
    file = folder / "predictions.json"
    file.write_text(json.dumps(answers, indent=1))
    return file


def _ask(setup: SetUp, folder: Path) -> Any:
    folder.mkdir()
    files = {side: folder / name for side, name in FILES.items()}
    files["client"].write_text(setup.client)
    files["server"].write_text(setup.server)
    policy = folder / "sshkeep.yaml"
    policy.write_text(_PATH.format(timeout=setup.path_timeout, expiry=setup.expiry))
    options = {
        "--client": files["client"],
        "--client-target": release_of(setup.client_release).target.name,
        "--host": ALIAS,
        "--server": files["server"],
        "--server-target": release_of(setup.server_release).target.name,
        "-C": f"user={USER}",
        "--policy": policy,
        "--path": "lab",
        **{f"--tcp-keepalive-{name}": value for name, value in setup.kernel._asdict().items()},
        "--format": "json",
    }
    done = in_process("idle", *(word for option in options.items() for word in option))
    return json.loads(done.out) if done.code in (0, 1) else {"failure": done.err}


def prediction_of(setup: SetUp, answer: Any) -> Prediction:
    """What one answer means for a session that is watched."""
    assert "failure" not in answer, answer
    probes = {side: _range(answer[side]["first_probe"]) for side in SIDES}
    alive, exits = _ending(setup, answer)
    within = {side: _within(setup, end, probes) for side, end in exits.items()}
    due = any(probe and probe[1] + TOLERANCE < setup.watch for probe in probes.values())
    if "ProxyJump" in setup.client:
        # On the path are the packets of the connection to the jump host, whose timers are not told.
        return Prediction(alive, within, {}, False)
    return Prediction(alive, within, probes, due)


def _ending(setup: SetUp, answer: Any) -> tuple[bool, dict[Side, Range | None]]:
    """Whether the session lives on, and when each side exits; one that may or may not is left out."""
    if setup.mended is not None:
        return _mended(setup.mended, answer)
    if setup.cut is not None:
        return False, {side: _range(answer[side]["notices_dead_peer"]) for side in SIDES}
    (path,) = answer["paths"]
    assert path["verdict"] != "race", f"nobody can tell: {setup}"
    return path["verdict"] in LIVES, {side: _range(path[f"{side}_exits"]) for side in SIDES}


def _mended(after: float, answer: Any) -> tuple[bool, dict[Side, Range | None]]:
    """Who has left by then is known; whether the other one gets to know is not."""
    if all(answer[side]["tolerates"] is None or answer[side]["tolerates"] > after for side in SIDES):
        return True, dict.fromkeys(SIDES)
    ends = {side: _range(answer[side]["notices_dead_peer"]) for side in SIDES}
    return False, {side: end for side, end in ends.items() if end and end[1] < after}


def _within(setup: SetUp, end: Range | None, probes: Mapping[Side, Range | None]) -> Range | None:
    """An exit after the watch is none; where a few seconds would decide that, the set-up is no good."""
    if end is None or end[0] - TOLERANCE >= setup.watch:
        return None
    early = [probe[0] for probe in probes.values() if probe and probe[0] < setup.path_timeout]
    last_packet = max([0.0, *early]) if setup.cut is None else setup.cut
    assert last_packet + end[1] + TOLERANCE < setup.watch, f"watched too short for an exit at {end}: {setup}"
    return end


def _range(told: list[float] | None) -> Range | None:
    return (told[0], told[1]) if told else None
