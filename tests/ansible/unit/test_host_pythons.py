"""What runs on hosts does so with each Python that Ansible supports there, and imports nothing but that Python and Ansible."""

import glob
import json
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.ansible.collection import environment
from tests.program import ROOT
from tests.pyz.pythons import SUITES, python
from tests.requirements import need

PLUGINS = ROOT / "ansible" / "plugins"
SENT = [PLUGINS / "modules" / "write_config.py", *sorted((PLUGINS / "module_utils").glob("*.py"))]
OLDEST, NEWEST = 6, 14

BASIC = '''
"""Stands for ansible.module_utils.basic, whose releases each run with a few of these Pythons."""
import json, sys

class AnsibleModule(object):
    check_mode, _tmpdir = False, sys.argv[1]

    def __init__(self, argument_spec, supports_check_mode):
        self.params = {name: spec.get("default") for name, spec in argument_spec.items()}
        self.params.update(json.loads(sys.argv[2]))

    def exit_json(self, **result):
        print(json.dumps(result))
        sys.exit()

    def fail_json(self, **result):
        self.exit_json(failed=True, **result)
'''


def test_the_oldest_python() -> None:
    """By the words of its language and the names in its library."""
    vermin = Path(sys.executable).with_name("vermin")
    words = [str(vermin), f"--target=3.{OLDEST}-", "--violations", "--no-tips", "--quiet", "--no-config-file"]
    done = subprocess.run([*words, *map(str, SENT)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def program(version: str) -> str | None:
    """Also of a Python that pyenv keeps off the PATH."""
    kept = glob.glob(f"{Path.home()}/.pyenv/versions/{version}.*/bin/python")
    return next(iter(kept), None) or python(version)


@pytest.mark.parametrize("minor", range(OLDEST, NEWEST + 1))
def test_files_are_written(minor: int, tmp_path: Path) -> None:
    """One is replaced, one is new, one is deleted; sshd is asked first."""
    need("openssh", "root", "mounts", *(["pythons"] if f"3.{minor}" in SUITES else []))
    interpreter = program(f"3.{minor}")
    if interpreter is None:
        pytest.skip(f"there is no Python 3.{minor} here")
    etc, basic = tmp_path / "etc", tmp_path / "ansible" / "module_utils" / "basic.py"
    basic.parent.mkdir(parents=True)
    basic.write_text(BASIC)
    (tmp_path / "tmp").mkdir()
    (etc / "d").mkdir(parents=True)
    (etc / "main").write_text(f"Include {etc}/d/*\nMaxSessions 5\n")
    (etc / "d" / "old").write_text("Bogus yes\n")
    texts = {"main": f"Include {etc}/d/*\nMaxSessions 6\n", "d/new": "MaxAuthTries 3\n", "d/old": None}
    result = write_config(interpreter, tmp_path, [change(etc / name, text) for name, text in texts.items()])
    assert result["changed"] and "accepts it, with the new files mounted over" in result["asked"], result
    kept = {str(path.relative_to(etc)): path.read_text() for path in etc.rglob("*") if path.is_file()}
    assert kept == {name: text for name, text in texts.items() if text}
    assert list((tmp_path / "tmp").iterdir()) == []


def change(path: Path, text: str | None) -> dict[str, Any]:
    before = sha256(path.read_bytes()).hexdigest() if path.exists() else ""
    return {"path": str(path), "before": before, "after": text and b64encode(text.encode()).decode()}


def write_config(interpreter: str, folder: Path, files: list[dict[str, Any]]) -> dict[str, Any]:
    arguments = {"files": files, "kind": "sshd_config", "top": str(folder / "etc" / "main")}
    collections = environment(folder)["ANSIBLE_COLLECTIONS_PATH"]
    done = subprocess.run(
        [interpreter, str(SENT[0]), str(folder / "tmp"), json.dumps(arguments)],
        env={"PYTHONPATH": f"{folder}:{collections}", "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result
