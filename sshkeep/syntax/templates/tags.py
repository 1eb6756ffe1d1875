"""The tags of template languages: where each begins and ends, and what it does to the lines around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

from sshkeep.named import NamedTuple

TagRole = Literal["text", "open", "else", "close", "none"]
"""``text``: a value. ``open``, ``else`` and ``close``: of a branch or a loop. ``none``: nothing."""


class Tag(NamedTuple):
    """One tag. ``joins_before`` and ``joins_after``: it removes the end of the line before or behind it."""

    start: int
    end: int
    role: TagRole
    joins_before: bool = False
    joins_after: bool = False


_OPENERS = re.compile(
    rb"\{%|\{\{|\{#|<%|@@[A-Za-z0-9_.:-]+@@|@[A-Za-z_][A-Za-z0-9_]*@|%\{[^}\n%]*\}"
    rb"|\$\{[A-Za-z_][A-Za-z0-9_.]*(?::?[-=?+][^}\n{$]*)?\}|\$[A-Za-z_][A-Za-z0-9_]*|^%(?!\{)",
    re.MULTILINE,
)
_CLOSERS = {b"{%": b"%}", b"{{": b"}}", b"{#": b"#}", b"<%": b"%>"}
_JINJA_OPENS = {"if", "for", "macro", "call", "filter", "block", "with", "autoescape", "trans", "raw"}
_GO_OPENS = {"if", "range", "with", "define", "block"}
_RUBY_OPENS = {"if", "unless", "case", "for", "while", "until", "begin"}
_RUBY_ELSE = {"else", "elsif", "when", "rescue", "ensure"}
_OPENS_BLOCK = re.compile(r"(?:\bdo|\{)\s*(?:\|[^|]*\|)?\Z")
_MAKES_COMMENT = re.compile(r"\bansible_managed\b|\|\s*comment\b")
"""What Ansible makes comments of."""
_RAW_ENDS = re.compile(rb"\{%[-+]?\s*endraw\s*[-+]?%\}")


def find_tags(data: bytes, kinds: frozenset[bytes]) -> Iterator[Tag]:
    """The tags of ``data``, in order; ``kinds`` are the beginnings of those that the template may have.

    A tag that is never closed is none. Linear: a closing that is nowhere is looked for once.
    """
    jinja = b"{%" in data
    missing: set[bytes] = set()
    at = 0
    while found := _OPENERS.search(data, at):
        begin = found.group()[:2] if found.group()[:2] in kinds else found.group()[:1]
        at = found.end()
        if begin not in kinds or begin in missing or (begin == b"%" and found.group() != b"%"):
            continue
        if begin == b"%":
            end = data.find(b"\n", at)
            at = len(data) if end < 0 else end
            yield Tag(found.start(), at, _line_of_code(data[found.end() : at].decode("utf-8", "replace")))
            continue
        if begin not in _CLOSERS:
            yield Tag(found.start(), at, _percent(found.group()) if begin == b"%{" else "text")
            continue
        close = data.find(_CLOSERS[begin], at)
        if close < 0:
            missing.add(begin)
            continue
        at = close + 2
        code = data[found.end() : close]
        role = _ROLES[begin](code.decode("utf-8", "replace").strip("-+~ \t\r\n"), jinja)
        before, after = code.startswith(b"-") and begin != b"<%", code.endswith(b"-")
        yield Tag(found.start(), at, role, before, after)
        if begin == b"{%" and code.strip(b"-+ \t") == b"raw" and (raw := _RAW_ENDS.search(data, at)):
            at = raw.start()


def _statement(code: str, jinja: bool) -> TagRole:
    """``{% %}`` of Jinja."""
    word = re.split(r"\W", code, maxsplit=1)[0]
    if word in _JINJA_OPENS or (word == "set" and "=" not in code):
        return "open"
    if word in ("else", "elif"):
        return "else"
    if word.startswith("end"):
        return "close"
    return "text" if word == "include" else "none"


def _braces(code: str, jinja: bool) -> TagRole:
    """``{{ }}``: a value, but in Go also all that Jinja has ``{% %}`` for."""
    if jinja or _MAKES_COMMENT.search(code):
        return "none" if _MAKES_COMMENT.search(code) else "text"
    if code.startswith(("/*", "!")) or re.match(r"\$\w*\s*(?:,\s*\$\w+\s*)?:?=", code):
        return "none"
    word = code.split(maxsplit=1)[0] if code else ""
    if (word in _GO_OPENS and word != code) or word.startswith(("#", "^")):
        return "open"
    if word == "else":
        return "else"
    if word == "end" or word.startswith("/"):
        return "close"
    return "none" if code in ("break", "continue") else "text"


def _code(code: str, jinja: bool) -> TagRole:
    """``<% %>`` of ERB and EPP."""
    if code.startswith("="):
        return "text"
    if code.startswith("#"):
        return "none"
    word = re.split(r"[^A-Za-z_]", code, maxsplit=1)[0]
    opens = bool(_OPENS_BLOCK.search(code))
    if code.startswith("}") or word == "end":
        return "else" if opens else "close"
    if word in _RUBY_ELSE:
        return "else"
    if opens or (word in _RUBY_OPENS and not re.search(r"\bend\Z|\}\Z", code)):
        return "open"
    return "text" if code.startswith("%") else "none"


def _line_of_code(code: str) -> TagRole:
    """``% code`` of ERB at the start of a line, which some programs read as ``<% code %>``."""
    return "text" if code.startswith("%") else _code(code.strip(), jinja=False)


def _comment(code: str, jinja: bool) -> TagRole:
    return "none"


def _percent(tag: bytes) -> TagRole:
    """``%{ }`` of Terraform."""
    word = tag[2:-1].strip(b"~ \t").split(b" ")[0]
    if word in (b"if", b"for"):
        return "open"
    if word in (b"endif", b"endfor"):
        return "close"
    return "else" if word == b"else" else "text"


_ROLES: dict[bytes, Callable[[str, bool], TagRole]] = {
    b"{%": _statement,
    b"{{": _braces,
    b"{#": _comment,
    b"<%": _code,
}
