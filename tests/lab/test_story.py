"""What sshkeep is for: a session dies, lint names why, fix mends it, and the same session lives."""

import json
from pathlib import Path

from tests.lab.comparison import differences
from tests.lab.conftest import Report
from tests.lab.prediction import FILES, predict, prediction_of
from tests.lab.run import run_lab
from tests.lab.setups import SetUp
from tests.lab.stories import POLICY, STORIES, Story
from tests.lab.watch import Seen
from tests.oracle.releases import release_of
from tests.program import run
from tests.requirements import need


def test_sessions_die_and_lint_names_why_and_fix_mends_it(report: Report, tmp_path: Path) -> None:
    need("releases")
    for story in STORIES:
        _came_as_predicted(story.setup, report.answers[story.name], report.seen[story.name])
        assert not report.seen[story.name].alive
    (tmp_path / "sshkeep.yaml").write_text(POLICY)
    mended = {story.name: _mended(story, tmp_path) for story in STORIES}
    answers = json.loads(predict(mended, tmp_path).read_text())
    for (name, setup), seen in zip(mended.items(), run_lab(list(mended.values())), strict=True):
        _came_as_predicted(setup, answers[name], seen)
        assert seen.alive


def _came_as_predicted(setup: SetUp, answer: object, seen: Seen) -> None:
    assert differences(prediction_of(setup, answer), seen) == [], (setup, seen)


def _mended(story: Story, folder: Path) -> SetUp:
    """The set-up with the file as `sshkeep fix --write` leaves it."""
    path = folder / FILES[story.file]
    path.write_text(getattr(story.setup, story.file))
    release = getattr(story.setup, f"{story.file}_release")
    common = ("--policy", folder / "sshkeep.yaml", "--target", release_of(release).target.name, path)
    found = json.loads(run("lint", "--format", "json", *common).out)["findings"]
    assert [finding["rule"] for finding in found] == [story.rule]
    done = run("fix", "--write", *common)
    assert done.code == 0, done
    text = path.read_text()
    return story.setup._replace(client=text) if story.file == "client" else story.setup._replace(server=text)
