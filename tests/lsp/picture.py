"""The picture of Neovim in docs/editors.md, from a real run in tmux: python -m tests.lsp.picture docs/pictures/neovim.svg"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.text import Text

from tests.lsp.vscode.__main__ import FILES
from tests.program import ROOT

WIDTH, HEIGHT = 110, 22
SHOWN = "sshd never probes"
"""Is on the screen when the findings are."""

LOOK = "set termguicolors | hi NormalFloat guibg=#303040 | hi SignColumn guibg=NONE | hi link markdownError NormalFloat"
"""Neovim's own colours would be magenta and grey."""


def screen() -> str:
    """What the terminal shows, with its colours, when a hover is open."""
    with tempfile.TemporaryDirectory() as place:
        for name, text in FILES.items():
            Path(place, name).write_text(text)
        here = ["tmux", "-S", f"{place}/tmux", "-f", "/dev/null"]
        environment = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "TERM": "xterm-256color",
            "XDG_STATE_HOME": place,
        }
        nvim = ["nvim", "-u", str(ROOT / "editors" / "neovim.lua"), "-i", "NONE", "-n", "sshd_config"]
        size = ["-x", str(WIDTH), "-y", str(HEIGHT)]
        subprocess.run([*here, "new-session", "-d", *size, *nvim], cwd=place, env=environment, check=True)
        try:
            _wait(here, SHOWN)
            keys = [f":{LOOK} | 5", "Enter", ":lua vim.lsp.buf.hover()", "Enter"]
            subprocess.run([*here, "send-keys", *keys], check=True)
            return _wait(here, "survives")
        finally:
            subprocess.run([*here, "kill-server"], check=True)


def _wait(tmux: list[str], text: str) -> str:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        seen = subprocess.run(
            [*tmux, "capture-pane", "-e", "-N", "-p"], check=True, capture_output=True, text=True
        )
        if text in seen.stdout:
            return seen.stdout
        time.sleep(0.2)
    raise TimeoutError(f"{text!r} does not come:\n{seen.stdout}")


def picture(shown: str) -> str:
    """The screen as SVG, which fetches no font."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(shown), end="")
    return re.sub(r"@font-face \{.*?\}\s*", "", console.export_svg(title="nvim sshd_config"), flags=re.DOTALL)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(picture(screen()), "utf-8")
