"""One file's way from old to new, in steps that a whole transaction takes together."""

from __future__ import annotations

import os
import secrets

from sshkeep.errors import SshkeepError
from sshkeep.system.attributes import (
    Attributes,
    NotKept,
    copy_macos_metadata,
    set_attributes,
    set_attributes_of_new,
)
from sshkeep.system.existing_file import ExistingFile, read_existing, unchanged
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.system.safe_path import Entry
from sshkeep.system.write_errors import changed_error, write_error

TEMPORARY_PREFIX = ".sshkeep-"
"""The * and ? of an Include leave such a name alone (glob(3)); only a pattern that itself begins with a
dot and does not go on with an ending could fit it."""


def temporary_name() -> str:
    """A new file's name until it takes its place; nobody can guess it."""
    return TEMPORARY_PREFIX + secrets.token_hex(8)


class Replacement:
    """``found`` at ``place`` becomes ``data``; None is no file. ``path`` is its name for people.

    ``temporary`` is its name until it takes its place; ``attributes`` are those of a file that is made
    again. Methods raise SshkeepError.
    """

    def __init__(
        self,
        place: Entry,
        path: str,
        found: ExistingFile | None,
        data: bytes | None,
        temporary: str,
        attributes: Attributes | None = None,
    ) -> None:
        self.place = place
        self.path = path
        self.found = found
        self.data = data
        self.attributes = attributes
        self.begun = False
        """Whether the place may hold the new file by now."""
        self.temporary = temporary

    def prepare(self) -> None:
        """The new file is whole and on disk, under its temporary name; nothing is seen of it yet."""
        if self.data is None:
            return
        try:
            descriptor = self.place.directory.create(self.temporary)
            try:
                with os.fdopen(descriptor, "wb", closefd=False) as stream:
                    stream.write(self.data)
                self._give_attributes(descriptor)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except NotKept as reason:
            raise write_error(self.path, str(reason)) from None
        except OSError as error:
            raise write_error(self.path, error) from None

    def _give_attributes(self, descriptor: int) -> None:
        wanted = self.found.attributes if self.found else self.attributes
        if wanted is None:
            set_attributes_of_new(descriptor, self.place.directory.status())
            return
        if self.found:
            old = self.place.directory.open(self.place.name)
            try:
                copy_macos_metadata(old, descriptor)
            finally:
                os.close(old)
        set_attributes(descriptor, wanted)

    def put(self) -> None:
        """The new file takes its place, if the old one is still what was found."""
        if not unchanged(read_existing(self.place, self.path), self.found):
            raise changed_error(self.path)
        self.begun = True
        try:
            self._put(*self.place)
        except OSError as error:
            self.begun = False
            if isinstance(error, FileExistsError | FileNotFoundError):
                raise changed_error(self.path) from None
            raise write_error(self.path, error) from None

    def _put(self, folder: HeldDirectory, name: str) -> None:
        if self.data is None:
            folder.remove(name)
        elif self.found is None:
            folder.link_new(name, self.temporary)
        else:
            folder.replace(name, self.temporary)

    def drop(self) -> None:
        """What `prepare` made goes, if it has not taken its place."""
        remove_temporary(self.place, self.temporary)


def remove_temporary(place: Entry, name: str) -> None:
    """The file with this temporary name goes, if it is there."""
    if not name.startswith(TEMPORARY_PREFIX):
        return
    try:
        place.directory.remove(name)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise SshkeepError(
            f"can't remove {os.path.join(place.directory.path, name)}: {error.strerror}"
        ) from None


def replace_all(replacements: list[Replacement]) -> None:
    """All of them, in order; each directory is synced once at the end. Raises SshkeepError midway."""
    for replacement in replacements:
        replacement.prepare()
    for replacement in replacements:
        replacement.put()
    for folder in {id(each.place.directory): each.place.directory for each in replacements}.values():
        try:
            folder.sync()
        except OSError as error:
            raise write_error(folder.path, error) from None
