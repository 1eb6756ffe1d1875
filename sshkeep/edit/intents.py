"""What a rule wants done, said in OpenSSH's terms; `sshkeep.edit.plan` finds the bytes."""

from __future__ import annotations

from typing import NamedTuple

from sshkeep.config.model import Entry


class SetForEveryone(NamedTuple):
    """``keyword`` (as spelt) shall be ``value`` wherever no block decides otherwise."""

    keyword: str
    value: str


class SetHere(NamedTuple):
    """This one line's arguments become ``value``."""

    entry: Entry
    value: str


class Rename(NamedTuple):
    """This one line's keyword becomes ``keyword``, and nothing else of it changes."""

    entry: Entry
    keyword: str


class Delete(NamedTuple):
    """This one line goes, with its line ending."""

    entry: Entry


Intent = SetForEveryone | SetHere | Rename | Delete
