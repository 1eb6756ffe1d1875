"""Answers about one config that are computed once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from typing import ParamSpec

    Question = ParamSpec("Question")
Answer = TypeVar("Answer")

_NOT_ASKED = object()


class CachedAnswers:
    """The answers about one config, by function and by arguments.

    An answer depends on the config and the arguments alone, so the order of the calls changes nothing.
    """

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: dict[Callable[..., Any], dict[Hashable, Any]] = {}

    def by(self, function: Callable[..., Answer]) -> dict[Hashable, Answer]:
        """The answers of ``function``, by its other arguments."""
        kept = self._kept.get(function)
        if kept is None:
            kept = self._kept[function] = {}
        return kept


def cached_answer(function: Callable[Question, Answer]) -> Callable[Question, Answer]:
    """A function whose last argument is a `Config` is called once for each of its other arguments."""

    @wraps(function)
    def ask(*question: Question.args, **none: Question.kwargs) -> Answer:
        kept: dict[Hashable, Any] = question[-1].answers.by(function)  # type: ignore[attr-defined]
        arguments = question[:-1]
        answer = kept.get(arguments, _NOT_ASKED)
        if answer is _NOT_ASKED:
            answer = kept[arguments] = function(*question, **none)
        return answer  # type: ignore[no-any-return]

    return ask
