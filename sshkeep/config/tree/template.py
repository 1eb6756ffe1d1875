"""Whether a file is a template that configs are made from, and in which language."""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterator

from sshkeep.named import NamedTuple
from sshkeep.syntax.source import decode
from sshkeep.syntax.words import split_line


class TemplateLanguage(NamedTuple):
    """``title`` is for messages; ``kinds`` are the beginnings of its tags."""

    title: str
    kinds: frozenset[bytes]


JINJA = TemplateLanguage("a Jinja template", frozenset((b"{%", b"{{", b"{#")))
GO = TemplateLanguage("a Go template", frozenset((b"{{",)))
ERB = TemplateLanguage("an ERB template", frozenset((b"<%", b"%")))
EPP = TemplateLanguage("an EPP template", frozenset((b"<%",)))
ENVSUBST = TemplateLanguage("a template with ${NAME}", frozenset((b"${", b"$")))
TERRAFORM = TemplateLanguage("a Terraform template", frozenset((b"%{", b"${")))
AT_SIGNS = TemplateLanguage("a template with @@NAME@@", frozenset((b"@@",)))
ANY_LANGUAGE = TemplateLanguage(
    "a template", frozenset((b"{%", b"{{", b"{#", b"<%", b"@@", b"${", b"$", b"%{"))
)
CONFIGURED = TemplateLanguage("a template", ANY_LANGUAGE.kinds | {b"@"})

LANGUAGE_BY_ENDING = {
    ".j2": JINJA,
    ".jinja": JINJA,
    ".jinja2": JINJA,
    ".erb": ERB,
    ".epp": EPP,
    ".gotmpl": GO,
    ".tmpl": ANY_LANGUAGE,
    ".tpl": ANY_LANGUAGE,
    ".tftpl": TERRAFORM,
    ".template": ANY_LANGUAGE,
    ".envsubst": ENVSUBST,
    ".mustache": ANY_LANGUAGE,
    ".in": CONFIGURED,
}
"""The language by the ending of a file's name."""
_BY_CONTENT = {b"{%": JINJA, b"<%": ERB, b"{{": GO, b"%{": TERRAFORM, b"@@": AT_SIGNS, b"${": ENVSUBST}
"""The language by the beginning of a tag that it has."""
_MARKS = (*_BY_CONTENT, b"$")
_NAME_ALONE = rb"^([ \t]*[A-Za-z0-9]+[ \t]*[ \t=][ \t]*)\$[A-Z_][A-Z0-9_]*[ \t\r]*$"
"""A line whose value is the name of a variable, as envsubst also takes it."""
_FREE = frozenset((
    "authorizedkeyscommand", "authorizedkeysfile", "authorizedprincipalscommand",
    "authorizedprincipalsfile", "banner", "certificatefile", "chrootdirectory", "controlpath",
    "dynamicforward", "forcecommand", "forwardagent", "identityagent", "identityfile", "include",
    "knownhostscommand", "localcommand", "localforward", "match", "proxycommand", "remotecommand",
    "remoteforward", "revokedhostkeys", "securitykeyprovider", "setenv", "subsystem", "user",
    "userknownhostsfile", "versionaddendum",
))  # fmt: skip
"""Keywords whose values may hold what looks like a tag: commands, texts, paths with ``${NAME}``, and what ssh
takes from the environment by ``$NAME`` (ssh.c main)."""


def template_by_name(path: str) -> TemplateLanguage | None:
    """The language that the file's name shows."""
    return LANGUAGE_BY_ENDING.get(os.path.splitext(path)[1].lower())


def name_without_template(path: str) -> str:
    """The path of what is made from a template: without its ending, and without what chezmoi adds."""
    stem = os.path.splitext(path)[0] if template_by_name(path) else path
    return "/".join(map(_as_rendered, stem.split("/"))) if stem != path else path


_ATTRIBUTES = r"^(?:(?:private|exact|readonly|empty|executable|create|modify|encrypted|symlink)_)+"


def _as_rendered(part: str) -> str:
    name = re.sub(_ATTRIBUTES, "", part, count=1)
    return f".{name[4:]}" if name.startswith("dot_") else name


def template_language(path: str, data: bytes, *, by_content: bool) -> TemplateLanguage | None:
    """The language of a template by name or, where that counts, by content; None for a config."""
    named = template_by_name(path)
    found = _found(data) if (by_content or named) and _may_have_tags(data) else None
    if named and found:
        title = found.title if named is ANY_LANGUAGE else named.title
        return TemplateLanguage(title, named.kinds | found.kinds)
    return found or named


def _may_have_tags(data: bytes) -> bool:
    """A fast check. Tags of comments show no language: OpenSSH's own files have ``$OpenBSD$``."""
    if b"\0" in data or not any(mark in data for mark in _MARKS):
        return False
    lines = (line for line in data.split(b"\n") if not line.lstrip().startswith(b"#"))
    return any(mark in line for line in lines for mark in _MARKS)


def _found(data: bytes) -> TemplateLanguage | None:
    """The language of the first tag at a place where a config has none.

    A second program may fill in what the first one leaves: the tags of all languages that are found so count.
    """
    found = [
        JINJA if language is GO and not _has_go(data) else language
        for mark, language in _BY_CONTENT.items()
        if mark in data and any(map(_is_no_config, _before_tags(data, language)))
    ]
    alone = re.finditer(_NAME_ALONE, data, re.MULTILINE) if b"$" in data else ()
    if any(_is_no_config(each[1]) for each in alone):
        found.append(ENVSUBST)
    if not found:
        return None
    return found[0]._replace(kinds=frozenset().union(*(language.kinds for language in found)))


def _has_go(data: bytes) -> bool:
    """Whether a tag in double braces is not a value but a statement, or a field of Go's."""
    from sshkeep.syntax.templates.tags import find_tags

    tags = find_tags(data, GO.kinds)
    return any(
        tag.role != "text" or data[tag.start + 2 : tag.end].lstrip(b"- ")[:1] in (b".", b"$") for tag in tags
    )


def _before_tags(data: bytes, language: TemplateLanguage) -> Iterator[bytes]:
    """What is before the first tag of each line."""
    from sshkeep.syntax.templates.tags import find_tags

    seen = 0
    for tag in find_tags(data, language.kinds - {b"$", b"%"}):
        newline = data.rfind(b"\n", seen, tag.start)
        if newline >= 0 or not seen:
            yield data[newline + 1 : tag.start]
        seen = tag.end


def _is_no_config(before: bytes) -> bool:
    """Whether what follows ``before`` on its line is at a place where a config has no tag."""
    if before.lstrip().startswith(b"#"):
        return False
    line = split_line(before)
    return line is None or decode(before[line.start : line.stop]).lower() not in _FREE
