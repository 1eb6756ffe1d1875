"""A copy of the checkout, for what builds or installs it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.program import ROOT


def copy_checkout(folder: Path) -> Path:
    """Copy the files as git has them, or would take them, to ``folder``; changes that are not committed too."""
    # The checkout may be another user's, as in a container.
    git = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.split("\0"):
        # A file that was deleted, but not yet in git, is listed too.
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder
