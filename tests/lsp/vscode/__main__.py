"""The extension in a real VS Code: python -m tests.lsp.vscode FOLDER [--pictures docs/pictures]

FOLDER keeps what npm installs: code-server, whose VS Code runs in Chromium, and what drives that; 300 MB. A person's steps are in
session.mjs. Needs Node 20, npm and Chromium. Exit 1: something did not come to be seen.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.program import ROOT

CODE_SERVER = "code-server@4.100.3"
FILES = {
    "sshkeep.yaml": "target: debian-12\n",
    "sshd_config": "Include /etc/ssh/sshd_config.d/*.conf\n\n# Baseline\nPermitRootLogin no\nClientAliveInterval 0\n"
    "ClientAliveCountMax 3\nUsePrivilegeSeparation sandbox\nX11Forwarding no\n\n"
    "Match User backup\n    ClientAliveInterval 30\n",
}
SETTINGS = {
    "sshkeep.path": str(Path(sys.executable).parent / "sshkeep"),
    "sshkeep.target": "debian-12",
    "files.autoSave": "off",
    "telemetry.telemetryLevel": "off",
    "workbench.startupEditor": "none",
}


def npm(*arguments: str, folder: Path) -> None:
    subprocess.run(["npm", *arguments, "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True)


def install(folder: Path) -> Path:
    """VS Code's folder in what npm installs."""
    code = folder / "node_modules" / "code-server" / "lib" / "vscode"
    if not (code / "node_modules").exists():
        folder.mkdir(parents=True, exist_ok=True)
        npm("install", "--ignore-scripts", "--prefix", ".", CODE_SERVER, "playwright-core", folder=folder)
        npm("install", "--ignore-scripts", "--omit=dev", folder=code)
    return code


def packed(folder: Path) -> Path:
    """The extension of this checkout as a file that VS Code installs."""
    copy = folder / "extension"
    shutil.copytree(ROOT / "editors" / "vscode", copy, dirs_exist_ok=True)
    npm("install", "--no-package-lock", folder=copy)
    for step in ("bundle", "package"):
        npm("run", step, folder=copy)
    return next(copy.glob("*.vsix"))


def _answers(port: int) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def served(code: Path, extension: Path, state: Path) -> Iterator[str]:
    """VS Code with the extension, at the URL."""
    node = ["node", str(code / "out" / "server-main.js"), f"--server-data-dir={state / 'data'}"]
    node.append(f"--extensions-dir={state / 'extensions'}")
    subprocess.run([*node, "--install-extension", str(extension)], check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    local = ["--host=127.0.0.1", f"--port={port}", "--without-connection-token"]
    command = [*node, *local, "--accept-server-license-terms"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            until = time.monotonic() + 120
            while time.monotonic() < until and not _answers(port):
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def session(folder: Path, pictures: Path) -> dict[str, Any]:
    """What is seen in VS Code."""
    code, extension = install(folder), packed(folder)
    with tempfile.TemporaryDirectory() as place:
        work, settings = Path(place, "work"), Path(place, "state", "data", "data", "Machine", "settings.json")
        for path in (work, settings.parent):
            path.mkdir(parents=True)
        settings.write_text(json.dumps(SETTINGS))
        for name, text in FILES.items():
            (work / name).write_text(text)
        with served(code, extension, Path(place, "state")) as url:
            chromium = shutil.which("chromium") or "chromium"
            script = [str(ROOT / "tests" / "lsp" / "vscode" / "session.mjs"), f"{url}/?folder={work}"]
            done = subprocess.run(
                ["node", *script, chromium, str(settings), str(pictures)],
                cwd=folder,
                env={**os.environ, "SETTINGS": json.dumps(SETTINGS)},
                capture_output=True,
                check=True,
            )
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def is_right(seen: Mapping[str, Any]) -> bool:
    """Whether findings, hover, the fix and the setting were all seen."""
    return (
        seen.get("problems") == "Warnings: 2"
        and "sshd never probes an idle client" in seen["hover"]
        and "ClientAliveInterval (sshd_config)" in seen["hover"]
        and seen["fixes"][0].startswith("Fix: ClientAliveInterval 30")
        and "\nClientAliveInterval 30\n" in seen["fixed"]
        and seen.get("target") is True
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.lsp.vscode", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pictures", type=Path, default=Path(tempfile.gettempdir()))
    asked = parser.parse_args()
    seen = session(asked.folder.resolve(), asked.pictures.resolve())
    print(json.dumps(seen, indent=1))
    return 0 if is_right(seen) else 1


if __name__ == "__main__":
    sys.exit(main())
