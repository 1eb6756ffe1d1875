"""What the installed OpenSSH answered."""

from __future__ import annotations

from typing import Literal

from sshkeep.named import NamedTuple

ValidationStatus = Literal["accepted", "refused", "not asked"]


class ValidationResult(NamedTuple):
    """``summary`` is a sentence: which program checked what, or why none was asked.

    ``stderr`` is the program's standard error, unchanged: print it through `safe`.
    """

    status: ValidationStatus
    summary: str
    stderr: str = ""


class CannotValidate(Exception):
    """The program can't be asked, or not with this strategy; the text says why."""
