"""A private copy of a whole tree, whose Includes lead to the copies."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file import Directive, File
from sshkeep.config.tree.include_paths import SSH_DIR, IncludeBase
from sshkeep.config.tree.load import TopFile
from sshkeep.syntax.source import encode
from sshkeep.syntax.words import BadQuotes, Word
from sshkeep.validate.result import CannotValidate
from sshkeep.validate.scratch_directory import write_scratch_file

_SAFE = re.compile(r"[A-Za-z0-9/._-]+")
"""A path that means the same between quotes, blanks and wildcards."""


def copy_tree(tops: Sequence[TopFile], config: Config, folder: str) -> str:
    """Write every file of ``config`` below ``folder``, at its own path; the path of the top file's copy.

    Raises as `copied_files`, and OSError.
    """
    copies, top = copied_files(tops, config, folder)
    for copy, data in copies.items():
        os.makedirs(os.path.dirname(copy), 0o700, exist_ok=True)
        write_scratch_file(copy, data)
    return top


def copied_files(tops: Sequence[TopFile], config: Config, folder: str) -> tuple[dict[str, bytes], str]:
    """The copies by their paths below ``folder``, and the path of the top file's copy.

    The live client reads two top files. A third file that includes both means the same as the two, one after
    the other. Raises CannotValidate for an Include that can't be redirected to copies.
    """
    bases = _bases(tops, config, folder)
    copies = {
        _inside(folder, path): b"".join(_lines(file, bases, folder)) for path, file in config.files.items()
    }
    if len(tops) == 1:
        return copies, _inside(folder, tops[0].path)
    both = os.path.join(folder, "both")
    copies[both] = b"".join(b'Include "%s"\n' % os.fsencode(_inside(folder, top.path)) for top in tops)
    return copies, both


def _inside(folder: str, path: str) -> str:
    return folder + os.path.abspath(path)


def _bases(tops: Sequence[TopFile], config: Config, folder: str) -> dict[Directive, IncludeBase]:
    """For each Include the place from which its relative arguments start."""
    places: dict[Directive, IncludeBase] = {}
    for entry in config.entries:
        if entry.keyword and entry.keyword.type.is_include:
            place = tops[1 if config.in_second_top(entry) else 0].place
            if places.setdefault(entry.directive, place).system != place.system:
                raise CannotValidate(
                    f"{entry.directive.where} is included from two places that it depends on"
                )
    return places


def _lines(file: File, bases: dict[Directive, IncludeBase], folder: str) -> list[bytes]:
    lines = list(file.source.lines)
    for directive in file.directives:
        if directive in bases:
            lines[directive.number] = _redirected(directive, bases[directive], folder)
    return lines


def _redirected(directive: Directive, place: IncludeBase, folder: str) -> bytes:
    """The Include line with ``folder`` before every argument; nothing else of it changes."""
    try:
        words = directive.words("words")
    except BadQuotes:
        raise CannotValidate(f"{directive.where} has an open quote") from None
    raw = directive.raw
    for word in reversed(words):
        if word.text:
            at = word.start + (raw[word.start : word.start + 1] in (b'"', b"'"))
            new, old = _prefix(directive, word, place)
            if not raw.startswith(encode(word.text[0]), at) or not _SAFE.fullmatch(folder + new):
                raise CannotValidate(f"{directive.where} is written in a way that can't be copied")
            raw = raw[:at] + encode(folder + new) + raw[at + old :]
    return raw


def _prefix(directive: Directive, word: Word, place: IncludeBase) -> tuple[str, int]:
    """What goes between the folder and the argument, and how many bytes of the argument that replaces."""
    of_system = place.kind == "sshd_config" or place.system
    if ".." in word.text.split("/"):
        raise CannotValidate(f"{directive.where} leads through ..")
    if word.text.startswith("/"):
        return "", 0
    if not word.text.startswith("~"):
        return f"{SSH_DIR}/" if of_system else f"{place.home}/.ssh/", 0
    if of_system or not word.text.startswith("~/"):
        raise CannotValidate(f"{directive.where} leads to the home of a user")
    return place.home, 1
