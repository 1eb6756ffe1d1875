"""``sshkeep lsp`` itself."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.program import ROOT


@pytest.mark.parametrize("missing", ["pygls", "lsprotocol"])
def test_without_the_libraries_one_sentence_says_what_to_install(missing: str) -> None:
    code = f"import sys; sys.modules['{missing}'] = None; sys.argv[1:] = ['lsp']; import sshkeep.__main__ as m; m.main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr
        == "sshkeep: the language server needs pygls (in a checkout: python3 -m pip install '.[lsp]')\n"
    )


def test_the_server_ends_with_its_client() -> None:
    done = subprocess.run([sys.executable, "-m", "sshkeep", "lsp"], capture_output=True, cwd=ROOT, input=b"")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
