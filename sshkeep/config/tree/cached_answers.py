"""Answers about one config that are worked out once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar, cast

Question = ParamSpec("Question")
Answer = TypeVar("Answer")


class CachedAnswers:
    """What was worked out about one config, by the function that did and by what it was asked.

    An answer depends on the config and the question alone, so it does not matter who asks first.
    """

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: dict[Callable[..., Any], dict[Hashable, Any]] = {}

    def by(self, function: Callable[..., Answer]) -> dict[Hashable, Answer]:
        """The answers that ``function`` gave, by its other arguments."""
        return self._kept.setdefault(function, {})


class HasAnswers(Protocol):
    """What answers are kept for: a `Config`."""

    answers: CachedAnswers


def cached_answer(function: Callable[Question, Answer]) -> Callable[Question, Answer]:
    """A function whose last argument is a `Config` is called once for each of its other arguments."""

    @wraps(function)
    def ask(*question: Question.args, **none: Question.kwargs) -> Answer:
        kept = cast("HasAnswers", question[-1]).answers.by(function)
        asked = question[:-1]
        if asked not in kept:
            kept[asked] = function(*question, **none)
        return kept[asked]

    return ask
