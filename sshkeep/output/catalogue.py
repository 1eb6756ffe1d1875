"""Phrases in another language than English, from a catalogue of gettext."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from importlib.util import find_spec
from io import BytesIO
from string import Formatter
from typing import Any

from sshkeep.phrase import Phrase

PLACE = ("locale", "{language}", "LC_MESSAGES", "sshkeep.mo")
"""Below the package's folder. ``python -m tests.regenerate`` makes it of the ``.po`` beside it."""
_WHERE_SCRIPTS_MEET = re.compile(
    r"[a-zA-Z0-9)][\u3041-\u30ff\u4e00-\u9fff]|[\u3041-\u30ff\u4e00-\u9fff][a-zA-Z0-9(]"
)


class Catalogue:
    """The phrases of one language."""

    def __init__(self, language: str) -> None:
        spec: Any = find_spec("sshkeep")
        path = os.path.join(os.path.dirname(spec.origin), *PLACE).format(language=language)
        # The loader reads it from sshkeep.pyz, too.
        self._translations = GNUTranslations(BytesIO(spec.loader.get_data(path)))

    def translated(self, text: str) -> str:
        """``text`` in this language, with its fields; what is not a phrase stays as it is."""
        if not isinstance(text, Phrase):
            return text
        template = self._translations.gettext(text.template)
        return _joined(self._pieces(template, text)) if text.fields else template

    def _pieces(self, template: str, text: Phrase) -> Iterator[str]:
        for literal, name, spec, _ in Formatter().parse(template):
            yield literal
            if name is not None:
                value = text.fields[name]
                yield self.translated(value) if isinstance(value, str) else format(value, spec or "")


def _joined(pieces: Iterator[str]) -> str:
    """The pieces, with a blank where Latin letters would touch Japanese ones."""
    text = ""
    for piece in pieces:
        gap = " " if _WHERE_SCRIPTS_MEET.match(text[-1:] + piece[:1]) else ""
        text += gap + piece
    return text
