"""Runs action.yml and the GitLab template as their runners do: each script in a shell, with the variables that are set there."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from tests.program import ROOT

ACTION = ROOT / "action.yml"
GITLAB = ROOT / "templates" / "sshkeep.yml"
EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")
INPUT = re.compile(r"\$\[\[ inputs\.([a-z-]+) \]\]")


class Job(NamedTuple):
    """How a job ended: its exit code, what it printed, and the actions that it would use, with their inputs."""

    code: int
    out: str
    used: Mapping[str, Mapping[str, str]]


class GithubRunner:
    """A runner of GitHub; ``workspace`` is what was checked out, ``temp`` stays from job to job."""

    def __init__(self, action_path: Path, workspace: Path, temp: Path) -> None:
        self.variables = {
            **_clean(os.environ),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(action_path),
            "GITHUB_WORKSPACE": str(workspace),
            "RUNNER_TEMP": str(temp),
        }
        self.workspace = workspace
        self.temp = temp

    def run(self, given: Mapping[str, str], *, without: Iterable[str] = ()) -> Job:
        """Run the action with the inputs ``given``, without the steps of these names."""
        action = YAML(typ="safe").load(ACTION)
        known = {f"inputs.{name}": each["default"] for name, each in action["inputs"].items()}
        known |= {f"inputs.{name}": value for name, value in given.items()}
        code, out, used = 0, "", {}
        for step in action["runs"]["steps"]:
            if step["name"] in without or not _holds(step.get("if", "success()"), known, code):
                continue
            if "uses" in step:
                used[step["uses"]] = {name: _filled(text, known) for name, text in step["with"].items()}
                continue
            done, outputs = self._step(step, known)
            code, out = code or done.returncode, out + done.stdout + done.stderr
            known |= {f"steps.{step.get('id')}.outputs.{name}": value for name, value in outputs.items()}
        return Job(code, out, used)

    def _step(
        self, step: Mapping[str, Any], known: Mapping[str, str]
    ) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
        assert step["shell"] == "bash"
        script, written = self.temp / "script.sh", self.temp / "output"
        script.write_text(step["run"])
        written.write_text("")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script],
            cwd=self.workspace,
            env={
                **self.variables,
                "GITHUB_OUTPUT": str(written),
                **{name: _filled(text, known) for name, text in step.get("env", {}).items()},
            },
            capture_output=True,
            text=True,
        )
        return done, dict(line.split("=", 1) for line in written.read_text().splitlines())


def run_gitlab_job(given: Mapping[str, str], workspace: Path) -> Job:
    """Run the template's job with the inputs ``given``: all lines of its script in one shell."""
    spec, jobs = YAML(typ="safe").load_all(GITLAB)
    declared = spec["spec"]["inputs"]
    inputs = {name: str(given.get(name, each.get("default", ""))) for name, each in declared.items()}
    job = jobs["sshkeep"]
    variables = {
        name: INPUT.sub(lambda found: inputs[found[1]], text) for name, text in job["variables"].items()
    }
    done = subprocess.run(
        ["sh", "-e", "-c", "\n".join(job["script"])],
        cwd=workspace,
        env={**_clean(os.environ), "CI": "true", "GITLAB_CI": "true", **variables},
        capture_output=True,
        text=True,
    )
    return Job(done.returncode, done.stdout + done.stderr, {})


def _clean(environment: Mapping[str, str]) -> dict[str, str]:
    dropped = ("GITHUB_", "PYTHONPATH", "FORCE_COLOR", "NO_COLOR")
    return {name: value for name, value in environment.items() if not name.startswith(dropped)}


def _filled(text: str, known: Mapping[str, str]) -> str:
    return EXPRESSION.sub(lambda found: known.get(found[1], ""), str(text))


def _holds(condition: str, known: Mapping[str, str], code: int) -> bool:
    """Whether a step runs. Of GitHub's expressions it knows what action.yml has; KeyError for others."""
    terms = {"always()": True, "success()": code == 0}
    parts = EXPRESSION.sub(r"\1", condition).split(" && ")
    return all(
        bool(known.get(part.removesuffix(" != ''"), "")) if part.endswith(" != ''") else terms[part]
        for part in parts
    )
