"""A text for people that can be said in another language, too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce


class Phrase(str):
    """English text, as any other: ``Phrase("ssh waits {seconds} s", seconds=60)``.

    It keeps its template and fields, for the catalogue of another language; a field may be a phrase, too. The
    template is a literal, since Babel collects the templates from the code.
    """

    __slots__ = ("fields", "template")

    template: str
    fields: Mapping[str, object]

    def __new__(cls, template: str, /, **fields: object) -> Phrase:
        made = super().__new__(cls, template.format_map(fields) if fields else template)
        made.template, made.fields = template, fields
        return made

    def filled(self, **fields: object) -> Phrase:
        """The phrase of a table, whose template has no fields yet."""
        return Phrase(self.template, **fields)


def listed(parts: Iterable[str]) -> str:
    """``one and two``."""
    return reduce(lambda before, last: Phrase("{before} and {last}", before=before, last=last), parts)


def in_turn(parts: Iterable[str]) -> str:
    """``one; two``, several clauses of a sentence."""
    return reduce(lambda before, last: Phrase("{before}; {last}", before=before, last=last), parts)
