"""What came of asking the installed OpenSSH."""

from __future__ import annotations

from typing import Literal, NamedTuple

ValidationStatus = Literal["accepted", "refused", "not asked"]


class ValidationResult(NamedTuple):
    """``how`` is a sentence on which program judged what, or why none was asked.

    ``said`` is what the program wrote on standard error, as it came: print it through `safe`.
    """

    status: ValidationStatus
    summary: str
    stderr: str = ""


class CannotValidate(Exception):
    """The program can't be asked, or not in this way; the text says why."""
