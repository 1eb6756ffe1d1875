"""action.yml and the GitLab template do in a job what docs/ci.md says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.program import ROOT, run
from tests.project.checkout import copy_checkout
from tests.project.ci_jobs import GITLAB, GithubRunner, run_gitlab_job
from tests.requirements import need

UPLOAD = "github/codeql-action/upload-sarif@"
POLICY = "select: [security]\n"


@pytest.fixture(scope="module")
def action(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The action as a runner has it: its repository."""
    need("git", "pypi")
    return copy_checkout(tmp_path_factory.mktemp("action"))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with configs, whose paths have blanks and wildcards."""
    folder = tmp_path_factory.mktemp("workspace")
    texts = {
        "good/sshd_config": "ClientAliveInterval 30\n",
        "bad dir/sshd_config": "ClientAliveInterval 0\n",
        "*/sshd_config": "Prot 22\nClientAliveInterval 30\n",
        "my policy.yaml": POLICY,
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.fixture(scope="module")
def github(action: Path, workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> GithubRunner:
    """A runner on which sshkeep is installed, by the action's own step."""
    runner = GithubRunner(action, workspace, tmp_path_factory.mktemp("temp"))
    job = runner.run({"paths": "good"})
    assert job.code == 0, job.out
    return runner


CASES = [
    # the inputs, the exit code, the rules in the SARIF report
    ({"paths": "good"}, 0, []),
    ({"paths": "bad dir"}, 1, ["client-alive-interval"]),
    ({"paths": "good\nbad dir\n"}, 1, ["client-alive-interval"]),
    ({"paths": "*"}, 1, ["unknown-keyword"]),
    ({"paths": "bad dir", "fail-on": "error"}, 0, ["client-alive-interval"]),
    ({"paths": "bad dir", "fail-on": "never"}, 0, ["client-alive-interval"]),
    ({"paths": "bad dir", "policy": "my policy.yaml", "fail-on": "never"}, 0, None),
]


@pytest.mark.parametrize(("inputs", "code", "rules"), CASES)
def test_a_job_of_github(
    inputs: dict[str, str], code: int, rules: list[str] | None, github: GithubRunner
) -> None:
    job = github.run({"target": "debian-12", **inputs}, without=["Install sshkeep"])
    assert job.code == code, job.out
    ((uses, given),) = job.used.items()
    assert uses.startswith(UPLOAD) and given["category"] == "sshkeep-debian-12"
    results = json.loads(Path(given["sarif_file"]).read_text())["runs"][0]["results"]
    found = [each["ruleId"] for each in results]
    assert found == rules or (rules is None and found and "client-alive-interval" not in found)
    commands = re.findall(r"^::\w+ file=", job.out, re.MULTILINE)
    assert len(commands) == len(found), "a command shows each finding beside its line"


def test_a_job_with_a_baseline(action: Path, github: GithubRunner, workspace: Path) -> None:
    bad = ("--target", "debian-12", "bad dir")
    assert run("lint", "--write-baseline", "known so far.json", *bad, cwd=workspace).code == 0
    inputs = {"target": "debian-12", "paths": "bad dir", "baseline": "known so far.json"}
    for job in (
        github.run(inputs, without=["Install sshkeep"]),
        run_gitlab_job({"package": str(action), **inputs}, workspace),
    ):
        assert job.code == 0 and "1 known" in job.out, job.out


def test_wrong_inputs_fail_and_nothing_is_uploaded(github: GithubRunner) -> None:
    job = github.run({"target": "debian-twelve", "paths": "good"}, without=["Install sshkeep"])
    assert (job.code, job.used) == (2, {}) and "debian-twelve" in job.out


def test_a_job_of_gitlab(action: Path, workspace: Path) -> None:
    job = run_gitlab_job(
        {"package": str(action), "target": "debian-12", "paths": "good\nbad dir", "policy": ""}, workspace
    )
    assert job.code == 1, job.out
    issues = json.loads((workspace / "sshkeep-code-quality.json").read_text())
    assert [(each["check_name"], each["location"]["path"]) for each in issues] == [
        ("client-alive-interval", "bad dir/sshd_config")
    ]


def test_the_documentation_shows_the_example_workflow_and_every_input() -> None:
    page = (ROOT / "docs" / "ci.md").read_text("utf-8")
    example = (ROOT / "examples" / "github-workflow.yml").read_text("utf-8")
    workflow = YAML(typ="safe").load(example)
    assert f"```yaml\n{example}```" in page
    spec, _ = YAML(typ="safe").load_all(GITLAB)
    action = YAML(typ="safe").load(ROOT / "action.yml")
    assert set(workflow["jobs"]["sshkeep"]["steps"][-1]["with"]) <= set(action["inputs"])
    assert all(f"`{name}`" in page for name in {*action["inputs"], *spec["spec"]["inputs"]})
