"""Bytes to lines and words and back, without loss; knows no keyword and no release."""

from sshkeep.syntax.source import Line, Source, Span
from sshkeep.syntax.words import BadQuotes, Word

__all__ = ["BadQuotes", "Line", "Source", "Span", "Word"]
