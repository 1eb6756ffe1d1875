"""What git ignores, by the .gitignore files of a repository and its .git/info/exclude.

The user's own core.excludesFile does not count, since a report must not depend on who makes it. The matching
takes linear time, which regular expressions of whole lines do not: a line such as ``a*a*a*a*b`` would let a
foreign repository stop the search.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from sshkeep.config.tree.file_system import UnreadableFile, read_regular_file
from sshkeep.named import NamedTuple
from sshkeep.system.trust import owner_is_trusted
from sshkeep.trees.path_patterns import names_fit

GITIGNORE = ".gitignore"
REPOSITORY = ".git"
OF_REPOSITORY = os.path.join(REPOSITORY, "info", "exclude")
MAX_IGNORE_BYTES = 256 * 1024
"""Of one file; a larger one is not used."""
MAX_LINE = 1024
"""Characters of a line; a longer one is not used."""
_ANY = "**"


class IgnoreLine(NamedTuple):
    """A line of the file: the parts of its path, each None for ``**`` or what a name has to match."""

    text: str
    parts: tuple[re.Pattern[str] | None, ...]
    negated: bool
    folders_only: bool

    def fits(self, names: list[str]) -> bool:
        """Whether it fits the path of these names, as seen from the file's folder."""
        return names_fit(names, self.parts, lambda name, part: part.match(name) is not None)


class IgnoreFile:
    """The lines of one file; paths are seen from ``folder``, which is absolute."""

    def __init__(self, path: str, folder: str, data: bytes) -> None:
        self.path = path
        self.folder = folder
        text = data.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
        found = [line for raw in text.split("\n") if (line := _line(raw))]
        self.last_first = tuple(reversed(found))
        ends = {part.pattern for line in found if (part := line.parts[-1])}
        self._may_fit = re.compile("|".join(sorted(ends)) or "(?!)")
        """What a name has to match that any of the lines fits."""

    def deciding(self, path: str, *, is_folder: bool) -> IgnoreLine | None:
        """The last line that fits the absolute ``path``."""
        if not self._may_fit.match(as_git_sees(os.path.basename(path))):
            return None
        names = as_git_sees(path[len(self.folder.rstrip("/")) + 1 :]).split("/")
        for line in self.last_first:
            if (is_folder or not line.folders_only) and line.fits(names):
                return line
        return None


def as_git_sees(path: str) -> str:
    """The path with a character for each byte, of which ``?`` takes one."""
    return path if path.isascii() else os.fsencode(path).decode("latin-1")


def ignored_by(files: tuple[IgnoreFile, ...], path: str, *, is_folder: bool) -> str:
    """Which line of which file lets git ignore the absolute ``path``; empty if none does."""
    for file in reversed(files):
        if line := file.deciding(path, is_folder=is_folder):
            return "" if line.negated else f"{os.fsdecode(line.text.encode('latin-1'))} in {file.path}"
    return ""


def files_in(folder: str, names: frozenset[str]) -> Iterator[IgnoreFile]:
    """The files in the absolute ``folder``, which has an entry for each of ``names``; later ones win."""
    for name in (OF_REPOSITORY if REPOSITORY in names else "", GITIGNORE if GITIGNORE in names else ""):
        path = os.path.join(folder, name)
        if name and (data := _read(path)):
            yield IgnoreFile(path, folder, data)


def files_above(folder: str) -> tuple[IgnoreFile, ...]:
    """The files above the absolute ``folder`` in its repository, which must be a trusted user's."""
    above: list[str] = []
    while not os.path.lexists(os.path.join(folder, REPOSITORY)):
        parent = os.path.dirname(folder)
        if parent == folder:
            return ()
        above.append(parent)
        folder = parent
    if not above or not owner_is_trusted(os.lstat(os.path.join(folder, REPOSITORY))):
        return ()
    found: list[IgnoreFile] = []
    for each in reversed(above):
        found += files_in(each, frozenset((GITIGNORE, *([REPOSITORY] if each == folder else ()))))
    return tuple(found)


def _read(path: str) -> bytes:
    """The content; empty where it can't be read or is too large."""
    try:
        data = read_regular_file(path)
    except (OSError, UnreadableFile):
        return b""
    return data if len(data) <= MAX_IGNORE_BYTES else b""


def _line(raw: str) -> IgnoreLine | None:
    """A line as dir.c reads it: parse_path_pattern, trim_trailing_spaces."""
    text = raw.removesuffix("\r")
    stripped = text.rstrip(" ")
    if stripped.endswith("\\") and stripped != text:
        stripped += " "
    pattern = stripped.removeprefix("!")
    negated, folders_only = pattern != stripped, pattern.endswith("/")
    path = pattern.removesuffix("/")
    if not path.strip("/") or stripped.startswith("#") or len(path) > MAX_LINE:
        return None
    words = path.lstrip("/").split("/") if "/" in path else [_ANY, path]
    if words[-1] == _ANY:  # all that is below a folder, without the folder
        words.append("*")
    parts = tuple(None if word == _ANY else _compiled(word) for word in words)
    return IgnoreLine(stripped, parts, negated, folders_only)


def _compiled(word: str) -> re.Pattern[str]:
    """What a name has to match. `fnmatch` makes expressions that never go back behind a ``*``."""
    from fnmatch import translate

    made, at = "", 0
    while at < len(word):
        character = word[at]
        if character == "\\" and at + 1 < len(word):
            at += 1
            made += f"[{word[at]}]" if word[at] in "*?[" else word[at]
        else:
            made += character
            if character == "[" and word[at + 1 : at + 2] == "^":
                at += 1
                made += "!"
        at += 1
    return re.compile(translate(made))
