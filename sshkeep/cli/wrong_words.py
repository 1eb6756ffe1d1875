"""Words of other programs, and what sshkeep has for them."""

from __future__ import annotations

from collections.abc import Mapping

FOREIGN_COMMANDS: Mapping[str, str] = {
    **dict.fromkeys(("check", "verify", "validate", "test", "scan", "analyze", "run"), "sshkeep lint"),
    **dict.fromkeys(("repair", "autofix", "diff"), "sshkeep fix"),
    "apply": "sshkeep fix --write",
    **dict.fromkeys(("show", "get", "dump", "print", "query"), "sshkeep effective"),
    **dict.fromkeys(("fmt", "reformat"), "sshkeep format"),
    **dict.fromkeys(("rules", "list", "ls"), "sshkeep rule"),
    **dict.fromkeys(("revert", "rollback", "restore", "reset"), "sshkeep undo"),
    **dict.fromkeys(("predict", "forecast", "simulate", "keepalive"), "sshkeep idle"),
    "init": "sshkeep policy init",
    "report": "sshkeep audit",
    "help": "sshkeep --help",
    "version": "sshkeep --version",
}

_WRITE = ("--apply", "--in-place", "--inplace", "--yes", "-y", "-w", "-i")
_SHOW = ("--dry-run", "--diff", "--check", "-n")
_FILE = dict.fromkeys(("--file", "--config", "-f", "-c"), "sshkeep {command} FILE, without an option")
_WITHOUT_WRITE = "sshkeep {command} without --write, which shows the change only"

FOREIGN_OPTIONS: Mapping[str, Mapping[str, str]] = {
    "lint": {
        **_FILE,
        **dict.fromkeys(("--fix", "--diff", "--dry-run"), "sshkeep fix, which shows the change"),
        **dict.fromkeys(("--write", *_WRITE), "sshkeep fix --write"),
        "--unsafe": "sshkeep fix --unsafe",
        "--json": "--format json",
        "--sarif": "--format sarif",
    },
    "fix": {
        **_FILE,
        **dict.fromkeys(_WRITE, "--write"),
        **dict.fromkeys(_SHOW, _WITHOUT_WRITE),
        "--json": "--format json",
    },
    "set": {
        **dict.fromkeys(_WRITE, "--write"),
        **dict.fromkeys(_SHOW, _WITHOUT_WRITE),
        "--json": "--format json",
    },
    "effective": {**_FILE, "--json": "--format json", "-T": "--format openssh"},
    "idle": {"--json": "--format json", "--timeout": "--path-timeout"},
}
"""By command."""


def meant_by_command(word: str) -> str:
    """What sshkeep has for a command that it does not have; empty where that is not known."""
    return FOREIGN_COMMANDS.get(word, "")


def meant_by_option(option: str, command: str) -> str:
    """What sshkeep has for an option that the command does not have."""
    return FOREIGN_OPTIONS.get(command, {}).get(option, "").format(command=command)
