"""Domain names of the client's canonicalisation."""

from __future__ import annotations

from sshkeep.errors import in_quotes
from sshkeep.openssh.releases import CANONICAL_NAMES_NONE, DOMAINS_BEGIN_WITH_LINE, Release
from sshkeep.openssh.values.arguments import Arguments, BadValue


def domains(arguments: Arguments) -> tuple[str, ...]:
    """CanonicalDomains: names in lower case, or ``none`` alone."""
    found = []
    for text in arguments.listed:
        if text.lower() == "none" and len(arguments.words) > 1 and arguments.splits_argv:
            raise BadValue("none must stand alone")
        found.append(_domain(text, arguments.target.release))
    return tuple(found)


def _domain(text: str, release: Release) -> str:
    if not is_domain(text, release):
        raise BadValue(f"{in_quotes(text)} is not a domain name")
    return text.lower().removesuffix(".")


def is_domain(name: str, release: Release) -> bool:
    """misc.c valid_domain."""
    first_fine = name[:1].isalnum() or (name[:1] == "_" and release >= DOMAINS_BEGIN_WITH_LINE)
    return name.isascii() and first_fine and ".." not in name and name.translate(_FINE).isalnum()


_FINE = str.maketrans({".": "a", "-": "a", "_": "a"})


def permitted_names(arguments: Arguments) -> tuple[str, ...]:
    """CanonicalizePermittedCNAMEs: ``none`` alone, ``*``, or ``list:list`` words, as printed."""
    found = []
    for text in arguments.listed:
        if text.lower() == "none" and arguments.target.release >= CANONICAL_NAMES_NONE:
            if len(arguments.words) > 1:
                raise BadValue("none must stand alone")
            return ()
        source, colon, target = text.lower().partition(":")
        if text == "*":
            source = target = "*"
        elif not colon or not target:
            raise BadValue(f"{in_quotes(text)} is not source:target")
        found.append(f"{source}:{target}")
    return tuple(found)
