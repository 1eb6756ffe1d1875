"""Random sessions of an editor: after each step the diagnostics are those of a fresh lint of the open texts.

``python -m tests.lsp.torture --steps 10000`` runs more steps than the tests do.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sshkeep
from tests.lsp.client import Client, range_of
from tests.lsp.editor import offset_in, positions_of

TARGET = "debian-12"
FILES = (
    "sshd_config",
    "sshd_config.d/10-日本.conf",
    "sshd_config.d/20 b.conf",
    ".ssh/config",
    "ssh_config",
    "ssh_config.d/a.conf",
)
LINES = (
    "ClientAliveInterval 0", "ClientAliveInterval 60", "ClientAliveInterval 1m", "ClientAliveCountMax 0",
    "ServerAliveInterval 0", "ServerAliveInterval 30", "PermitRootLogin yes", "UsePrivilegeSeparation no",
    "Match User bob", "Match all", "Host web*", "Host *", "Include /etc/ssh/sshd_config.d/*.conf",
    "Include /etc/ssh/ssh_config.d/*.conf", "Foo", "Port 22", "# sshkeep: ignore[unknown-keyword]",
    "# 日本語 😀", "Banner 日😀", 'Banner "', "\tX11Forwarding\tyes", "Ciphers 3des-cbc", "",
)  # fmt: skip
PIECES = (
    "a",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "日",
    "😀",
    "é",
    "#",
    '"',
    "\x00",
    "\x0c",
    "\u2028",
    "=",
    "\ufeff",
)
ENDINGS = ("\n", "\n", "\n", "\r\n")
MOST_CHARACTERS = 3_000
"""Of one text: a longer one is cut."""


class Session:
    """An editor with some of the files open; ``steps`` counts what it did, by kind."""

    def __init__(self, client: Client, folder: Path, seed: int) -> None:
        self.client = client
        self.folder = folder
        self.random = random.Random(seed)
        self.texts: dict[str, str] = {}
        self.undo: dict[str, list[str]] = {}
        self.version = 0
        self.steps: dict[str, int] = {}

    def path(self, name: str) -> Path:
        return self.folder / name

    def step(self) -> str:
        """Do something; returns what."""
        names = ["open", "close", "rename", "save", "disk", "undo", *["edit"] * 14]
        what = self.random.choice(names)
        if what in ("close", "undo", "edit", "save", "rename") and not self.texts:
            what = "open"
        getattr(self, f"_{what}")()
        self.steps[what] = self.steps.get(what, 0) + 1
        return what

    def _open(self) -> None:
        name = self.random.choice(FILES)
        if name in self.texts:
            return
        path = self.path(name)
        # Neovim and VS Code show bytes that are not UTF-8 as one character.
        text = path.read_bytes().decode("utf-8", "replace") if path.exists() else self._text()
        self._begin(name, text)

    def _begin(self, name: str, text: str) -> None:
        self.texts[name] = text
        self.undo[name] = []
        self.version += 1
        self.client.open(self.path(name).as_uri(), text, version=self.version)

    def _close(self) -> None:
        name = self.random.choice(sorted(self.texts))
        del self.texts[name], self.undo[name]
        self.client.close(self.path(name).as_uri())

    def _rename(self) -> None:
        """A file gets the name of another one, as far as an editor sees."""
        name = self.random.choice(sorted(self.texts))
        free = [each for each in FILES if each not in self.texts]
        if not free:
            return
        text = self.texts.pop(name)
        self.client.close(self.path(name).as_uri())
        self._begin(self.random.choice(free), text)

    def _save(self) -> None:
        name = self.random.choice(sorted(self.texts))
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_bytes(self.texts[name].encode("utf-8", "surrogatepass"))
        self.client.notify("textDocument/didSave", textDocument={"uri": self.path(name).as_uri()})

    def _disk(self) -> None:
        """Another program writes a file, perhaps no UTF-8."""
        path = self.path(self.random.choice(FILES))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(
            self._text().encode() + self.random.choice((b"", b"# \xff\xfe\n", b"Banner \xe6\x97\n"))
        )
        change = {"uri": path.as_uri(), "type": 2}
        self.client.notify("workspace/didChangeWatchedFiles", changes=[change])

    def _undo(self) -> None:
        name = self.random.choice(sorted(self.texts))
        if self.undo[name]:
            self._change(name, self.undo[name].pop(), {"text": None})

    def _edit(self) -> None:
        name = self.random.choice(sorted(self.texts))
        text = before = self.texts[name]
        changes = []
        for _ in range(self.random.choice((1, 1, 1, 2, 3))):
            places = positions_of(text)
            first = self.random.randrange(len(places))
            last = min(len(places) - 1, first + self.random.choice((0, 0, 0, 1, 2, 9, 60)))
            new = self._piece()
            changes.append({"range": range_of(places[first], places[last]), "text": new})
            text = text[: offset_in(text, places[first])] + new + text[offset_in(text, places[last]) :]
        self.undo[name].append(before)
        if len(text) > MOST_CHARACTERS:
            text = text[:MOST_CHARACTERS]
            changes = [{"text": text}]
        self._change(name, text, *changes)

    def _change(self, name: str, text: str, *changes: dict[str, Any]) -> None:
        self.version += 1
        self.texts[name] = text
        sent = [{"text": text} if each.get("text") is None else each for each in changes]
        self.client.change(self.path(name).as_uri(), self.version, *sent)

    def _piece(self) -> str:
        if self.random.random() < 0.5:
            return self.random.choice(LINES) + self.random.choice(ENDINGS)
        return "".join(self.random.choices(PIECES, k=self.random.choice((0, 1, 1, 2))))

    def _text(self) -> str:
        ending = self.random.choice(ENDINGS)
        return "".join(self.random.choice(LINES) + ending for _ in range(self.random.randrange(8)))

    def check(self) -> None:
        """Wait until the server has what a fresh lint finds. Raises AssertionError where it gets something else."""
        wanted = self.fresh()
        uris = {self.path(name).as_uri() for name in self.texts}

        def same() -> bool:
            published = self.client.published
            return all(uri in published for uri in uris) and self.published() == wanted

        try:
            self.client.wait(same, 20)
        except AssertionError:
            raise AssertionError(difference(wanted, self.published())) from None

    def published(self) -> dict[str, list[Any]]:
        """By file, what the server has published."""
        return {
            uri: sorted({_key(each) for each in last["diagnostics"]})
            for uri, last in self.client.published.items()
            if last["diagnostics"]
        }

    def fresh(self) -> dict[str, list[Any]]:
        """The same from the library, with positions that are counted here."""
        unsaved = {
            str(self.path(name)): text.encode("utf-8", "surrogatepass") for name, text in self.texts.items()
        }
        found: dict[str, set[Any]] = {}
        for name in self.texts:
            path = str(self.path(name))
            try:
                result = sshkeep.lint(path, unsaved=unsaved, target=TARGET, policy="none")
            except sshkeep.SshkeepError as refused:
                found.setdefault(Path(path).as_uri(), set()).add(((0, 0), (0, 0), "", 2, str(refused)))
                continue
            for error in result.errors:
                found.setdefault(Path(path).as_uri(), set()).add(((0, 0), (0, 0), "", 2, error))
            for finding in result.findings:
                own = finding.source.path
                if own != path and own in unsaved:
                    continue  # it is reported with that document
                start, end = (_place(finding.source.data, at) for at in finding.span)
                severity = {"error": 1, "warning": 2, "info": 3}[finding.severity]
                message = finding.message.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
                key = (start, end, finding.rule, severity, message.partition("\n")[0])
                found.setdefault(Path(os.path.abspath(own)).as_uri(), set()).add(key)
        return {uri: sorted(each) for uri, each in found.items()}


def difference(wanted: dict[str, list[Any]], found: dict[str, list[Any]]) -> str:
    """What is missing, and what should not be there."""
    lines = []
    for uri in sorted({*wanted, *found}):
        one, other = wanted.get(uri, []), found.get(uri, [])
        lines += [f"missing {uri} {each}" for each in one if each not in other]
        lines += [f"surplus {uri} {each}" for each in other if each not in one]
    return "\n".join(lines)


def _key(each: dict[str, Any]) -> Any:
    start, end = each["range"]["start"], each["range"]["end"]
    return (
        (start["line"], start["character"]),
        (end["line"], end["character"]),
        each.get("code", ""),
        each["severity"],
        each["message"].partition("\n")[0],
    )


def _place(data: bytes, offset: int) -> tuple[int, int]:
    """Line and UTF-16 unit of a byte: by the text that is before it."""
    try:
        before = data[:offset].decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        before = data[:offset].decode("utf-8", "replace")
    if before.endswith("\r") and data[offset : offset + 1] == b"\n":
        before = before[:-1] + "."  # within a line ending
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(lines) - 1, sum(1 + (each > "\uffff") for each in lines[-1])


@contextmanager
def temporary_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="sshkeep-torture-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def torture(steps: int, seed: int, session_steps: int = 250) -> str:
    """Run so many steps, in sessions with one server; returns a sentence about them."""
    kinds: dict[str, int] = {}
    first = last = 0.0
    with Client(options={"target": TARGET, "policy": "none"}) as client:
        for number in range(0, steps, session_steps):
            with temporary_folder() as folder:
                session = Session(client, folder, seed + number)
                for step in range(min(session_steps, steps - number)):
                    what = session.step()
                    try:
                        session.check()
                    except AssertionError as error:
                        raise AssertionError(
                            f"seed {seed + number}, step {step} ({what}): {error}"
                        ) from error
                    first = first or client.memory()
                for name, count in session.steps.items():
                    kinds[name] = kinds.get(name, 0) + count
                client.close_all()
        last = client.memory()
    counts = ", ".join(f"{count} {name}" for name, count in sorted(kinds.items()))
    return (
        f"{steps} steps ({counts}); the server's memory {first:.1f} MB at the start, {last:.1f} MB at the end"
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.lsp.torture", description=__doc__)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(torture(asked.steps, asked.seed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
