"""An editor's end of the connection: messages over pipes, as few lines as that takes."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.program import ROOT

SHOWS_MARKDOWN = {"textDocument": {"hover": {"contentFormat": ["markdown"]}}}
WAIT = 60.0
"""Seconds after which an answer is not to be expected any more: the machine may be busy."""


class Client:
    """A server process, with what it has published so far."""

    def __init__(
        self,
        capabilities: Mapping[str, Any] | None = None,
        options: Mapping[str, Any] | None = None,
        folder: Path | None = None,
        workspace: Sequence[Path] = (),
    ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sshkeep", "lsp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        self.published: dict[str, dict[str, Any]] = {}
        """By URI, the last message with diagnostics."""
        self.messages: list[dict[str, Any]] = []
        """Notifications and requests of the server, but for diagnostics."""
        self._open: dict[str, None] = {}
        self._buffer = b""
        self._number = 0
        self._answers: dict[int, dict[str, Any]] = {}
        self.initialized = self.request(
            "initialize",
            processId=os.getpid(),
            rootUri=None,
            capabilities={**SHOWS_MARKDOWN, **(capabilities or {})},
            initializationOptions=options,
            workspaceFolders=[{"uri": each.as_uri(), "name": each.name} for each in workspace],
        )
        self.notify("initialized")

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.request("shutdown")
            self.notify("exit")
            assert self.process.wait(WAIT) == 0
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream
            stream.close()

    def notify(self, method: str, **parameters: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": parameters})

    def ask(self, method: str, **parameters: Any) -> int:
        """Send a request, and return its number."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method}
        self._send({**message, "params": parameters} if parameters else message)
        return self._number

    def answer(self, number: int) -> Any:
        """The answer to the request with this number."""
        self.wait(lambda: number in self._answers)
        answer = self._answers.pop(number)
        assert "error" not in answer, answer
        return answer["result"]

    def request(self, method: str, **parameters: Any) -> Any:
        """Send a request, and return the answer to it."""
        return self.answer(self.ask(method, **parameters))

    def open(self, uri: str, text: str, language: str = "plaintext", version: int = 1) -> None:
        """Open a document."""
        self._open[uri] = None
        item = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.notify("textDocument/didOpen", textDocument=item)

    def close(self, uri: str) -> None:
        """Close a document."""
        self._open.pop(uri, None)
        self.notify("textDocument/didClose", textDocument={"uri": uri})

    def close_all(self) -> None:
        """Close all documents, and forget what was published."""
        for uri in list(self._open):
            self.close(uri)
        self.wait(lambda: all(not each["diagnostics"] for each in self.published.values()))
        self.published.clear()
        self.messages.clear()

    def change(self, uri: str, version: int, *changes: Mapping[str, Any]) -> None:
        """Change a document."""
        document = {"uri": uri, "version": version}
        self.notify("textDocument/didChange", textDocument=document, contentChanges=list(changes))

    def diagnostics(self, uri: str, version: int | None = None) -> list[dict[str, Any]]:
        """What is published about a document; waits until there is something, of this version."""

        def there() -> bool:
            last = self.published.get(uri)
            return last is not None and (version is None or last.get("version") == version)

        self.wait(there)
        found: list[dict[str, Any]] = self.published[uri]["diagnostics"]
        return found

    def code_actions(self, uri: str, where: Mapping[str, Any], *only: str) -> list[dict[str, Any]]:
        """The actions for a range, of these kinds."""
        found: list[dict[str, Any]] = self.request(
            "textDocument/codeAction",
            textDocument={"uri": uri},
            range=where,
            context={"diagnostics": [], **({"only": only} if only else {})},
        )
        return found

    def memory(self) -> float:
        """The server's own memory now, in megabytes; 0 where the system does not say."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return 0.0
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024

    def wait(self, until: Callable[[], bool], seconds: float = WAIT) -> None:
        """Read messages until that is so."""
        end = time.monotonic() + seconds
        while not until():
            left = end - time.monotonic()
            assert left > 0, f"no such message within {seconds} s; {self.messages[-3:]}"
            self._read(left)

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _read(self, seconds: float) -> None:
        assert self.process.stdout
        descriptor = self.process.stdout.fileno()
        if select.select([descriptor], [], [], seconds)[0]:
            data = os.read(descriptor, 1 << 20)
            assert data, "the server has ended"
            self._buffer += data
        while message := self._next_message():
            self._take(message)

    def _next_message(self) -> dict[str, Any] | None:
        head, end, rest = self._buffer.partition(b"\r\n\r\n")
        if not end:
            return None
        length = next(int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length"))
        if len(rest) < length:
            return None
        self._buffer = rest[length:]
        message: dict[str, Any] = json.loads(rest[:length])
        return message

    def _take(self, message: dict[str, Any]) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            self.published[message["params"]["uri"]] = message["params"]
        elif "method" in message:
            self.messages.append(message)
            if "id" in message:
                self._send({"id": message["id"], "result": self.reply(message)})
        else:
            self._answers[message["id"]] = message

    def reply(self, message: Mapping[str, Any]) -> Any:
        """The answer to a request of the server."""
        return None


def position(line: int, character: int) -> dict[str, int]:
    """A position."""
    return {"line": line, "character": character}


def range_of(start: Sequence[int], end: Sequence[int]) -> dict[str, Any]:
    """A range between two pairs of line and character."""
    return {"start": position(*start), "end": position(*end)}
