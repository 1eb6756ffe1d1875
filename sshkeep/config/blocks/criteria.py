"""The criteria of a Host or Match line, parsed. Nothing is evaluated here."""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.config.tree.block import Block
from sshkeep.config.tree.file import Directive
from sshkeep.errors import in_quotes
from sshkeep.named import NamedTuple
from sshkeep.openssh.addresses import bad_address_list, bad_network_list
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.patterns import match_pattern
from sshkeep.openssh.releases import (
    ARGV_SPLIT,
    MATCH_ADDRESSES_CHECKED,
    MATCH_BY_ARGV_SPLIT,
    MATCH_INVALID_USER,
    MATCH_TAGGED,
    MATCH_VERSION,
    OLDEST,
    Release,
)
from sshkeep.openssh.values.arguments import Reason
from sshkeep.openssh.values.numbers import parse_port
from sshkeep.syntax.words import BadQuotes, Word

HOST_LINE = "host line"
"""The name of the one criterion of a Host line: patterns for the host name that ssh is called with."""

CRITERIA: dict[Kind, dict[str, Release]] = {
    "sshd_config": {
        "user": OLDEST,
        "group": OLDEST,
        "host": OLDEST,
        "address": OLDEST,
        "localaddress": OLDEST,
        "localport": OLDEST,
        "rdomain": OLDEST,
        "invalid-user": MATCH_INVALID_USER,
        "version": MATCH_VERSION,
    },
    "ssh_config": {
        "host": OLDEST,
        "originalhost": OLDEST,
        "user": OLDEST,
        "localuser": OLDEST,
        "exec": OLDEST,
        "canonical": OLDEST,
        "final": OLDEST,
        "tagged": MATCH_TAGGED,
        "localnetwork": MATCH_TAGGED,
        "version": MATCH_VERSION,
        "sessiontype": MATCH_VERSION,
        "command": MATCH_VERSION,
    },
}
"""Criteria besides ``all``, and the first release that knows each (match_cfg_line)."""

WITHOUT_ARGUMENT = {"invalid-user", "canonical", "final"}
_ADDRESSES = {"address", "localaddress"}
_MAY_BE_EMPTY = {"tagged", "command"}


class Criterion(NamedTuple):
    """One criterion. ``patterns`` are its list, split at commas, or at blanks on a Host line."""

    name: str
    negated: bool
    patterns: tuple[str, ...] = ()


class BadCriteria(Exception):
    """OpenSSH refuses the Host or Match line; the text gives the reason.

    ``taken`` are the criteria that it takes for the block all the same, since it only counts the error; None
    where there are none.
    """

    def __init__(
        self, problem: str, reason: Reason = "criteria", taken: tuple[Criterion, ...] | None = None
    ) -> None:
        super().__init__(problem)
        self.reason: Reason = reason
        self.taken = taken


class EmptyPattern(BadCriteria):
    """A Host line has an empty pattern, which ssh refuses unless the line ends before it for the host."""


def parse_criteria(block: Block) -> tuple[Criterion, ...]:
    """The criteria on the block's own line, all of which must match. Raises BadCriteria."""
    cached = block.criteria
    if isinstance(cached, tuple):
        return cached
    if isinstance(cached, BadCriteria):
        raise cached
    try:
        block.criteria = criteria = _parse(block.header)
    except BadCriteria as error:
        block.criteria = error
        raise
    return criteria


def _parse(header: Directive) -> tuple[Criterion, ...]:
    is_host = header.line.name.lower() == "host"
    if is_host and (text := header.arguments).isascii() and text.replace(".", "").replace("-", "").isalnum():
        return (Criterion(HOST_LINE, False, (text,)),)  # as most lines of a large file: one plain name
    try:
        words = header.words("words" if is_host else "criteria")
    except BadQuotes:
        raise BadCriteria("a quote is not closed", "quotes") from None
    bare = header.line.rest >= header.line.end
    if not words and is_host and (header.file.target.release < ARGV_SPLIT or not bare):
        return (Criterion(HOST_LINE, False, ()),)
    if not words:
        raise BadCriteria(f"no argument after {header.line.name}", "missing argument")
    if is_host:
        texts = [word.text for word in words]
        return (Criterion(HOST_LINE, False, tuple(_until_empty(texts, header.file.target.release))),)
    return _match_line(words, header)


def _until_empty(words: list[str], release: Release) -> list[str]:
    """readconf.c oHost: up to 8.6 an empty word ends the patterns; from 8.7 on it is an error."""
    if "" not in words:
        return words
    if release >= ARGV_SPLIT:
        so_far = Criterion(HOST_LINE, False, tuple(words[: words.index("")]))
        raise EmptyPattern("an argument is empty", taken=(so_far,))
    return words[: words.index("")]


def criteria_taken(block: Block) -> tuple[Criterion, ...] | None:
    """The criteria that decide about the block, also of a line that is refused; None where there are none."""
    try:
        return parse_criteria(block)
    except BadCriteria as error:
        return error.taken


def has_empty_pattern(block: Block) -> bool:
    """Whether it is a Host line with an empty pattern, from 8.7 on."""
    try:
        parse_criteria(block)
    except BadCriteria as error:
        return isinstance(error, EmptyPattern)
    return False


def ends_before_empty_pattern(block: Block, host: str, *, parsed_only: bool) -> bool:
    """Whether ssh, called for ``host``, ends the Host line before it comes to the empty pattern.

    readconf.c oHost: at a ``!`` pattern that fits, and where the file is only parsed (SSHCONF_NEVERMATCH)
    at the first pattern, whichever it is.
    """
    for word in block.header.words("words"):
        if not word.text:
            return False
        if parsed_only or (word.text.startswith("!") and match_pattern(host, word.text[1:])):
            return True
    return False


def _match_line(words: list[Word], header: Directive) -> tuple[Criterion, ...]:
    kind, release = header.file.kind, header.file.target.release
    criteria: list[Criterion] = []
    behind = iter(words)
    rest = (word.text for word in behind)
    for word in rest:
        if not word and release < MATCH_BY_ARGV_SPLIT:
            if not criteria:
                raise BadCriteria("no criterion comes before an empty argument")
            _check_end(list(behind), header, tuple(criteria))
            break
        negated = kind == "ssh_config" and word.startswith("!")
        name, glued, argument = word.removeprefix("!" if negated else "").partition("=")
        name = name.lower()
        if name == "all" and not glued:
            found = _with_all(criteria, negated, rest, kind, release)
            _check_end(list(behind), header, found)
            return found
        if release < CRITERIA[kind].get(name, Release(99, 0)):
            raise BadCriteria(f"Unsupported Match attribute {in_quotes(word)[1:-1]}")
        if name in WITHOUT_ARGUMENT and not glued:
            criteria.append(Criterion(name, negated))
            continue
        if name in WITHOUT_ARGUMENT or not _glue_allowed(glued, name, release):
            raise BadCriteria(f"Unsupported Match attribute {in_quotes(word)[1:-1]}")
        text = _checked(name, argument if glued else next(rest, None), release)
        criteria.append(Criterion(name, negated, tuple(text.split(","))))
    return tuple(criteria)


def _check_end(behind: list[Word], header: Directive, criteria: tuple[Criterion, ...]) -> None:
    """servconf.c and readconf.c: what match_cfg_line leaves of the line is an error.

    Up to 8.6 only if it begins with a word that is not empty ("garbage at end of line").
    """
    if header.file.target.release < ARGV_SPLIT:
        more = bool(behind and behind[0].text)
    else:
        more = any(word.start < header.line.end for word in behind)
    if more:
        raise BadCriteria("more arguments after the criteria", "extra argument", criteria)


def _checked(name: str, text: str | None, release: Release) -> str:
    """The argument of a criterion. Raises BadCriteria where it is missing or invalid."""
    comment = text is not None and text.startswith("#") and release >= ARGV_SPLIT
    if text is None or comment or (not text and not _may_be_empty(name, release)):
        raise BadCriteria(f"no argument after criterion {name}")
    if name == "localport" and parse_port(text, 0) is None:
        raise BadCriteria(f"invalid port {in_quotes(text)}")
    if name in _ADDRESSES and release >= MATCH_ADDRESSES_CHECKED and bad_address_list(text):
        raise BadCriteria(_bad_list(name, text))
    if name == "localnetwork" and bad_network_list(text):
        raise BadCriteria(f"invalid list of networks {in_quotes(text)}")
    return text


def _bad_list(name: str, text: str) -> str:
    return f"Invalid Match {name} argument {in_quotes(text)}"


def bad_addresses(block: Block) -> Iterator[tuple[str, str]]:
    """The criteria of an accepted Match line with invalid lists of addresses, and the problem of each."""
    try:
        criteria = parse_criteria(block)
    except BadCriteria:
        return
    for criterion in criteria:
        text = ",".join(criterion.patterns)
        if criterion.name in _ADDRESSES and bad_address_list(text):
            yield criterion.name, _bad_list(criterion.name, text)


def _glue_allowed(glued: str, name: str, release: Release) -> bool:
    """``user=root``: strdelim split at the ``=`` up to 9.8; 9.9 does not; 10.0 does for most criteria."""
    return not glued or (release > MATCH_BY_ARGV_SPLIT and name != "sessiontype")


def _may_be_empty(name: str, release: Release) -> bool:
    return name in _MAY_BE_EMPTY and release >= MATCH_VERSION


def _with_all(
    criteria: list[Criterion], negated: bool, rest: Iterator[str], kind: Kind, release: Release
) -> tuple[Criterion, ...]:
    """``all`` must be alone in sshd; in ssh it may follow one other criterion."""
    following = next(rest, None)
    comment = following is not None and following.startswith("#") and release >= ARGV_SPLIT
    if len(criteria) > (1 if kind == "ssh_config" else 0) or (following and not comment):
        raise BadCriteria("'all' cannot be combined with other Match attributes")
    return (*criteria, Criterion("all", negated))
