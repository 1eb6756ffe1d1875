"""The lab's run that all its tests look at: it is watched once, by whichever test process comes first."""

import json
import pickle
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.lab.prediction import predict
from tests.lab.run import LabFailed, run_lab
from tests.lab.setups import SETUPS, SetUp
from tests.lab.stories import STORIES
from tests.lab.watch import Seen
from tests.oracle.releases import INSTALLED, SUITES, fetched
from tests.requirements import need


class Report(NamedTuple):
    """By name: what `sshkeep idle` answered, and what was seen afterwards; and how long all of it took."""

    answers: dict[str, Any]
    seen: dict[str, Seen]
    seconds: float


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Report:
    need("openssh", "netns")
    place = tmp_path_factory.getbasetemp()
    # With xdist, each process has a folder of its own within the one of the whole run.
    folder = (place.parent if hasattr(request.config, "workerinput") else place) / "lab"
    folder.mkdir(exist_ok=True)
    with _alone(folder / "lock"):
        kept = folder / "report"
        if not kept.exists():
            kept.write_bytes(pickle.dumps(_watched(folder)))
        loaded: Report = pickle.loads(kept.read_bytes())
    return loaded


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    import fcntl

    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _watched(folder: Path) -> Report:
    began = time.monotonic()
    everything = {**SETUPS, **{story.name: story.setup for story in STORIES}}
    chosen = {name: setup for name, setup in everything.items() if is_there(setup)}
    file = predict(chosen, folder)
    try:
        seen = run_lab(list(chosen.values()))
    except LabFailed as error:
        seen = [Seen(failure=str(error))] * len(chosen)
    answers = json.loads(file.read_text())
    return Report(answers, dict(zip(chosen, seen, strict=True)), time.monotonic() - began)


def is_there(setup: SetUp) -> bool:
    """Whether the programs that it names are on this machine."""
    return {setup.server_release, setup.client_release} == {INSTALLED} or all(map(fetched, SUITES))
