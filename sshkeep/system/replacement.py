"""Replace, create or remove one file, in steps that several files take together."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from enum import Enum

from sshkeep.errors import SshkeepError
from sshkeep.system.attributes import (
    Attributes,
    NotKept,
    copy_macos_metadata,
    set_attributes,
    set_like_directory,
)
from sshkeep.system.existing_file import ExistingFile, is_unchanged, read_existing
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.system.safe_path import DirectoryEntry
from sshkeep.system.temporary_file import remove_temporary, temporary_name, write_temporary
from sshkeep.system.write_errors import changed_error, write_error


class NewFile(Enum):
    """How a file is created that did not exist."""

    LIKE_DIRECTORY = "like a config"
    """Mode and owner come from the directory (`set_like_directory`). Never over another file."""
    PRIVATE = "like a key"
    """As LIKE_DIRECTORY, with mode 0600. Never over another file."""
    BY_UMASK = "like a file of an editor"
    """Mode 0666 under the umask, or the directory's default ACL. Never over another file."""
    OVER_ANOTHER = "like a file of a shell's redirection"
    """As BY_UMASK; over a file that another process creates in that instant."""


class Replacement:
    """The file ``found`` at ``entry`` becomes ``data``; None means no file. ``path`` is its name in messages.

    ``temporary`` is the name of the new file until it takes its place. ``attributes`` are those of a file
    that is created again. The steps are `prepare`, `put` and `discard`, and then the directory's `sync`;
    methods raise SshkeepError.
    """

    def __init__(
        self,
        entry: DirectoryEntry,
        path: str,
        found: ExistingFile | None,
        data: bytes | None,
        *,
        temporary: str = "",
        attributes: Attributes | None = None,
        new: NewFile = NewFile.LIKE_DIRECTORY,
    ) -> None:
        self.entry = entry
        self.path = path
        self.found = found
        self.data = data
        self.temporary = temporary or temporary_name()
        self.attributes = found.attributes if found else attributes
        self.new = new
        self.begun = False
        """Whether the new file may have taken its place."""

    def prepare(self) -> None:
        """Write the new file under its temporary name, on disk; its place does not change."""
        if self.data is None:
            return
        like_directory = self.new in (NewFile.LIKE_DIRECTORY, NewFile.PRIVATE)
        by_umask = self.attributes is None and not like_directory
        try:
            write_temporary(
                self.entry.directory,
                self.temporary,
                self.data,
                mode=0o666 if by_umask else 0o600,
                prepare=None if by_umask else self._set_attributes,
            )
        except NotKept as reason:
            raise write_error(self.path, str(reason)) from None
        except OSError as error:
            raise write_error(self.path, error) from None

    def _set_attributes(self, descriptor: int) -> None:
        if self.attributes is None:
            private = self.new is NewFile.PRIVATE
            set_like_directory(descriptor, self.entry.directory.status(), private=private)
            return
        if self.found and sys.platform == "darwin":
            old = self.entry.directory.open_file(self.entry.name)
            try:
                copy_macos_metadata(old, descriptor)
            finally:
                os.close(old)
        set_attributes(descriptor, self.attributes)

    def put(self) -> None:
        """Let the new file take its place in one step, if that still is what was found."""
        try:
            if not is_unchanged(self.entry, self.path, self.found):
                raise changed_error(self.path)
            self.begun = True
            self._take_place(*self.entry)
        except (FileExistsError, FileNotFoundError):
            self.begun = False
            raise changed_error(self.path) from None
        except OSError as error:
            self.begun = False
            raise write_error(self.path, error) from None

    def _take_place(self, directory: HeldDirectory, name: str) -> None:
        if self.data is None:
            directory.remove(name)
        elif self.found is None and self.new is not NewFile.OVER_ANOTHER:
            directory.link_or_rename(self.temporary, name)
        else:
            directory.rename(self.temporary, name)

    def discard(self) -> None:
        """Remove the temporary name, whatever has become of the new file."""
        discard_temporary(self.entry, self.temporary)


def discard_temporary(entry: DirectoryEntry, temporary: str) -> None:
    """Remove the file with this temporary name from the entry's directory, if it is there.

    Raises SshkeepError.
    """
    try:
        remove_temporary(entry.directory, temporary)
    except OSError as error:
        path = os.path.join(entry.directory.path, temporary)
        raise SshkeepError(f"can't remove {path}: {error.strerror}") from None


def replace_all(replacements: Sequence[Replacement]) -> None:
    """Prepare all, then put all in this order; at the end each directory is on disk.

    Raises SshkeepError at the first step that fails: what was put stays, and `Replacement.begun` says so. The
    caller calls `discard_all` in any case.
    """
    for replacement in replacements:
        replacement.prepare()
    for replacement in replacements:
        replacement.put()
    discard_all(replacements)
    for directory in dict.fromkeys(each.entry.directory for each in replacements):
        try:
            directory.sync()
        except OSError as error:
            raise write_error(directory.path, error) from None


def discard_all(replacements: Iterable[Replacement]) -> None:
    """Remove every temporary name; the first error is raised once all were tried."""
    failed: SshkeepError | None = None
    for replacement in replacements:
        try:
            replacement.discard()
        except SshkeepError as error:
            failed = failed or error
    if failed:
        raise failed


def put_back(replacements: Sequence[Replacement]) -> str:
    """Make every file that was replaced what it was; the last one first. What prevents it; empty for nothing.

    A file that another process has changed since is left alone, and counts as a problem.
    """
    problem = ""
    for each in reversed(replacements):
        if each.begun:
            try:
                _put_back(each)
            except SshkeepError as error:
                problem = problem or error.sentence
    return problem


def _put_back(replaced: Replacement) -> None:
    entry, path, old = replaced.entry, replaced.path, replaced.found
    now = read_existing(entry, path, max_bytes=len(replaced.data or b"") + 1)
    if (now.data if now else None) != replaced.data:
        raise changed_error(path)
    back = Replacement(
        entry, path, now, old.data if old else None, attributes=old.attributes if old else None
    )
    back.attributes = old.attributes if old else None
    try:
        back.prepare()
        back.put()
    finally:
        back.discard()
    try:
        entry.directory.sync()
    except OSError as error:
        raise write_error(path, error) from None
