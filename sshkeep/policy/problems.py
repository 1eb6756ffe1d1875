"""The mistakes in a policy, each with its file, line, column and key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sshkeep.errors import SshkeepError
from sshkeep.lookup import suggestion
from sshkeep.named import NamedTuple
from sshkeep.policy.nodes import Keys, Position

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


class Problem(NamedTuple):
    """One mistake; ``key`` is empty where it concerns no key."""

    path: str
    position: Position
    key: str
    text: str

    def __str__(self) -> str:
        key = f"{self.key}: " if self.key else ""
        return f"{self.path}:{self.position.line}:{self.position.column}: {key}{self.text}"


class InvalidPolicy(SshkeepError):
    """A policy that can't be used; the sentence is its first problem."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        more = len(problems) - 1
        hint = f"and {more} more: sshkeep policy check {problems[0].path}" if more else ""
        super().__init__(str(problems[0]), hint)
        self.problems = tuple(problems)


def key_name(keys: Keys) -> str:
    """``rules.keep-alive.severity``; the line and column show the place in a list."""
    return ".".join(key for key in keys if isinstance(key, str))


def describe_validation_error(error: ErrorDetails, keys_there: Sequence[str]) -> str:
    """One of pydantic's errors as a sentence; ``keys_there`` are the keys that are allowed in its place."""
    kind, context = error["type"], error.get("ctx", {})
    key = str(error["loc"][-1]) if error["loc"] else ""
    if kind == "extra_forbidden":
        return f"unknown key; {suggestion('key', key, keys_there)}"
    if kind == "string_pattern_mismatch":
        of_name = key in ("id", "name")
        return "is made of small letters, digits and hyphens" if of_name else "is written openssh-9.2"
    return str(_WORDS.get(kind, lambda context: _lowered(error["msg"]))(context))


_WORDS: dict[str, Any] = {
    "missing": lambda context: "is missing",
    "literal_error": lambda context: f"must be {context['expected']}",
    "bool_parsing": lambda context: "must be true or false",
    "bool_type": lambda context: "must be true or false",
    "string_type": lambda context: "must be a word",
    "string_too_short": lambda context: "is empty",
    "string_too_long": lambda context: f"is longer than {context['max_length']} characters",
    "list_type": lambda context: "must be a list",
    "dict_type": lambda context: "must be a mapping, a key and a value on each line",
    "model_type": lambda context: "must be a mapping, a key and a value on each line",
    "too_short": lambda context: f"takes {context['min_length']} values",
    "too_long": lambda context: f"takes {context['max_length']} values",
}


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
