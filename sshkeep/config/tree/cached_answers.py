"""Answers about one config that are computed once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar, cast

Question = ParamSpec("Question")
Answer = TypeVar("Answer")


class CachedAnswers:
    """The answers about one config, by function and by arguments.

    An answer depends on the config and the arguments alone, so the order of the calls changes nothing.
    """

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: dict[Callable[..., Any], dict[Hashable, Any]] = {}

    def by(self, function: Callable[..., Answer]) -> dict[Hashable, Answer]:
        """The answers of ``function``, by its other arguments."""
        return self._kept.setdefault(function, {})


class HasAnswers(Protocol):
    """What answers are kept for: a `Config`."""

    answers: CachedAnswers


def cached_answer(function: Callable[Question, Answer]) -> Callable[Question, Answer]:
    """A function whose last argument is a `Config` is called once for each of its other arguments."""

    @wraps(function)
    def ask(*question: Question.args, **none: Question.kwargs) -> Answer:
        kept = cast("HasAnswers", question[-1]).answers.by(function)
        arguments = question[:-1]
        if arguments not in kept:
            kept[arguments] = function(*question, **none)
        return kept[arguments]

    return ask
