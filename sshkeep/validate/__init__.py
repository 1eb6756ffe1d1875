"""Asking the installed OpenSSH itself about a change before it is written."""

from sshkeep.validate.check import validate_changes
from sshkeep.validate.result import ValidationResult

__all__ = ["ValidationResult", "validate_changes"]
