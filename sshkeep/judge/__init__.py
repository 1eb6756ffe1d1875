"""Asking the installed OpenSSH itself about a change before it is written."""

from sshkeep.judge.ask import judge
from sshkeep.judge.judgement import Judgement

__all__ = ["Judgement", "judge"]
