"""What the server imports before it starts processes: what one of them imports, the next one imports again."""

import subprocess
import sys

import pytest

from tests.program import ROOT

TEXTS = {
    "ssh_config": "Host web\n  HostName 10.0.0.1\n  User ann\n  ServerAliveInterval 60\nHost *\n  Compression yes\n",
    "sshd_config": "Port 22\nUseDNS no\nClientAliveInterval 0\nMatch Group sftp\n    ForceCommand internal-sftp\n",
}
CODE = """
import sys
from sshkeep.api.lint import lint
from sshkeep.lsp.analyses import Analyses
kind, text = sys.argv[1:]
Analyses(None, None)._warm_up(kind)
before = set(sys.modules)
lint(files={kind: text.encode()}, kind=kind)
print(*sorted(set(sys.modules) - before))
"""


@pytest.mark.parametrize("kind", TEXTS)
def test_an_ordinary_config_needs_nothing_more(kind: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE, kind, TEXTS[kind]], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
