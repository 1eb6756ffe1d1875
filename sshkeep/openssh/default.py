"""A row of the default tables, and the mark for an algorithm list."""

from __future__ import annotations

from typing import NamedTuple

from sshkeep.openssh.releases import NEWEST, OLDEST, Release

Value = str | tuple[str, ...] | None
"""What stands behind the keyword: on one line, on several, or None where no line is printed."""

LIST = "algorithm list"
"""Stands for what algorithms/defaults.py has for the keyword."""


class Default(NamedTuple):
    """What ``sshd -T`` or ``ssh -G`` prints for a keyword that is not set.

    ``name`` is spelt as printed (by sshd from 10.5 on; before, in lower case). ``since`` to ``until``
    are the releases that print such a line at all, ``value`` holds from the first of them and
    ``changes`` from others on. ``needs`` is the feature that must be built in (PAM, Kerberos, GSSAPI),
    ``vendor`` whose patch the keyword comes from.
    """

    name: str
    value: Value
    since: Release = OLDEST
    until: Release = NEWEST
    changes: tuple[tuple[Release, Value], ...] = ()
    needs: str = ""
    vendor: str = ""

    def at(self, release: Release) -> Value:
        """The value in a release from ``since`` to ``until``."""
        return next((value for since, value in reversed(self.changes) if since <= release), self.value)


class VendorDefault(NamedTuple):
    """Where a vendor's build has another value than upstream's. ``name`` is in lower case.

    ``verified`` is false where it was read about but seen neither in code nor in a program.
    """

    vendor: str
    name: str
    value: Value
    since: Release = OLDEST
    until: Release = NEWEST
    verified: bool = True
