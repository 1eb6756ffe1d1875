"""Puppet, Salt and Chef preview and apply their examples, report a change once, and fail where sshd refuses the files."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fleet.inside import Seen
from tests.fleet.tools import EXAMPLE, TOOLS
from tests.program import ROOT
from tests.requirements import need

ENCLOSED = ("unshare", "--mount", "--pid", "--net", "--fork", "--mount-proc", "--kill-child")


@pytest.mark.parametrize("name", TOOLS)
def test_a_tool_applies_its_example_once(name: str, tmp_path: Path) -> None:
    need("openssh", "mounts", TOOLS[name].needs)
    command = [*ENCLOSED, sys.executable, "-m", "tests.fleet.inside", name, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    seen = [Seen(*each) for each in json.loads(done.stdout)]
    what = [each._replace(output="") for each in seen]
    assert what == [
        Seen(failed=False, changed=True, interval="0", in_effect=True, output=""),
        Seen(failed=False, changed=True, interval="30", in_effect=True, output=""),
        Seen(failed=False, changed=False, interval="30", in_effect=True, output=""),
        what[3],
    ], seen
    assert what[3].failed and what[3].interval == "", seen[3].output


def test_cloud_init_accepts_its_example() -> None:
    need("cloud-init")
    command = ["cloud-init", "schema", "--config-file", str(EXAMPLE / "cloud-init.yaml")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
