"""One file's way from old to new, in steps that a whole transaction takes together."""

from __future__ import annotations

import os
import secrets

from sshkeep.errors import SshkeepError
from sshkeep.write.attributes import Attributes, NotKept, copy_where_only_macos_can, give, give_as_new
from sshkeep.write.folder import Folder
from sshkeep.write.present import Present, look, same
from sshkeep.write.reach import Place
from sshkeep.write.told import cannot_write, changed_meanwhile

PREFIX = ".sshkeep-"
"""The * and ? of an Include leave such a name alone (glob(3)); only a pattern that itself begins with a
dot and does not go on with an ending could fit it."""


def temporary_name() -> str:
    """A new file's name until it takes its place; nobody can guess it."""
    return PREFIX + secrets.token_hex(8)


class Replacement:
    """``found`` at ``place`` becomes ``data``; None is no file. ``path`` is its name for people.

    ``temporary`` is its name until it takes its place; ``attributes`` are those of a file that is made
    again. Methods raise SshkeepError.
    """

    def __init__(
        self,
        place: Place,
        path: str,
        found: Present | None,
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
            descriptor = self.place.folder.create(self.temporary)
            try:
                with os.fdopen(descriptor, "wb", closefd=False) as stream:
                    stream.write(self.data)
                self._give_attributes(descriptor)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except NotKept as reason:
            raise cannot_write(self.path, str(reason)) from None
        except OSError as error:
            raise cannot_write(self.path, error) from None

    def _give_attributes(self, descriptor: int) -> None:
        wanted = self.found.attributes if self.found else self.attributes
        if wanted is None:
            give_as_new(descriptor, self.place.folder.own_status())
            return
        if self.found:
            old = self.place.folder.open(self.place.name)
            try:
                copy_where_only_macos_can(old, descriptor)
            finally:
                os.close(old)
        give(descriptor, wanted)

    def put(self) -> None:
        """The new file takes its place, if the old one is still what was found."""
        if not same(look(self.place, self.path), self.found):
            raise changed_meanwhile(self.path)
        self.begun = True
        try:
            self._put(*self.place)
        except OSError as error:
            self.begun = False
            if isinstance(error, FileExistsError | FileNotFoundError):
                raise changed_meanwhile(self.path) from None
            raise cannot_write(self.path, error) from None

    def _put(self, folder: Folder, name: str) -> None:
        if self.data is None:
            folder.remove(name)
        elif self.found is None:
            folder.give_free_name(name, self.temporary)
        else:
            folder.replace(name, self.temporary)

    def drop(self) -> None:
        """What `prepare` made goes, if it has not taken its place."""
        remove_temporary(self.place, self.temporary)


def remove_temporary(place: Place, name: str) -> None:
    """The file with this temporary name goes, if it is there."""
    if not name.startswith(PREFIX):
        return
    try:
        place.folder.remove(name)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise SshkeepError(
            f"can't remove {os.path.join(place.folder.path, name)}: {error.strerror}"
        ) from None


def run(replacements: list[Replacement]) -> None:
    """All of them, in order; each directory is synced once at the end. Raises SshkeepError midway."""
    for replacement in replacements:
        replacement.prepare()
    for replacement in replacements:
        replacement.put()
    for folder in {id(each.place.folder): each.place.folder for each in replacements}.values():
        try:
            folder.sync()
        except OSError as error:
            raise cannot_write(folder.path, error) from None
