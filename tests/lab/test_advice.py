"""What `sshkeep idle` advises, done as it says, keeps the session."""

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.lab.command import in_process
from tests.lab.comparison import differences
from tests.lab.conftest import is_there
from tests.lab.prediction import predict, prediction_of
from tests.lab.run import run_lab
from tests.lab.setups import SETUPS, SetUp
from tests.requirements import need


def test_what_is_advised_keeps_the_session(tmp_path: Path) -> None:
    need("openssh", "netns")
    dying = {name: setup for name, setup in SETUPS.items() if setup.cut is None and is_there(setup)}
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    answers = json.loads(predict(dying, before).read_text())
    changed = {
        f"{name}, {number}": setup
        for name in dying
        for number, setup in enumerate(_advised(dying[name], answers[name]))
    }
    assert len(changed) > len(dying) / 2
    answers = json.loads(predict(changed, after).read_text())
    seen = dict(zip(changed, run_lab(list(changed.values())), strict=True))
    wrong = {
        name: (setup, seen[name])
        for name, setup in changed.items()
        if not seen[name].alive or differences(prediction_of(setup, answers[name]), seen[name])
    }
    assert wrong == {}


def _advised(setup: SetUp, answer: Any) -> Iterator[SetUp]:
    """The set-up after each advice; they are alternatives, so the files are put back."""
    files = {side: Path(answer[side]["file"]) for side in ("client", "server")}
    for advice in answer["advice"]:
        for step in advice["steps"]:
            done = in_process(*shlex.split(step)[1:])
            assert done.code == 0, (setup, step, done)
        yield setup._replace(client=files["client"].read_text(), server=files["server"].read_text())
        files["client"].write_text(setup.client)
        files["server"].write_text(setup.server)
