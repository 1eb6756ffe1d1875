"""What may be written at the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lsprotocol import types

from sshkeep.config.blocks.criteria import CRITERIA
from sshkeep.config.blocks.matching import applies_at_start
from sshkeep.config.blocks.named_hosts import named_hosts
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file import File
from sshkeep.edit.insertion_point import block_headers
from sshkeep.edit.style import Style, style_of
from sshkeep.lsp.analysis import Analysis
from sshkeep.lsp.hover import keyword_paragraphs, names_in_files
from sshkeep.lsp.positions import text_of
from sshkeep.named import NamedTuple
from sshkeep.openssh.algorithms.defaults import ALGORITHM_FAMILIES
from sshkeep.openssh.algorithms.names import supported
from sshkeep.openssh.kind import CLIENT_TITLES, Kind
from sshkeep.openssh.tables.keywords import all_keywords
from sshkeep.openssh.tables.option import Keyword
from sshkeep.syntax.source import Span
from sshkeep.syntax.words import split_line

USUAL_TIMES = ("30s", "1m", "5m", "1h", "1d")
ACCOUNTS = {"allowusers": "user", "denyusers": "user", "allowgroups": "group", "denygroups": "group"}
"""Options whose words are names of users or groups."""
HOST_NAMES = ("proxyjump", "host", "hostname", "hostkeyalias")
"""Options of ssh whose words are names of hosts, perhaps of this file."""
TOKENS: dict[Kind, dict[str, str]] = {
    "ssh_config": {
        "%h": "the host to connect to",
        "%n": "the host as it was typed",
        "%p": "the port",
        "%r": "the user to log in as",
        "%u": "the local user",
        "%d": "the local home",
        "%C": "a hash of host, port, user and local host",
        "%%": "a percent sign",
    },
    "sshd_config": {
        "%h": "the user's home",
        "%u": "the user",
        "%U": "the user's number",
        "%%": "a percent sign",
    },
}
"""Tokens of ssh_config(5) and sshd_config(5), TOKENS, that most options take that take any."""
TAKES_TOKENS = {
    "authorizedkeysfile", "authorizedprincipalsfile", "certificatefile", "chrootdirectory", "controlpath",
    "identityagent", "identityfile", "localcommand", "proxycommand", "remotecommand", "userknownhostsfile",
}  # fmt: skip
SNIPPETS: dict[Kind, dict[str, tuple[str, tuple[str, ...]]]] = {
    "sshd_config": {
        "keepalive": ("Probe idle clients", ("ClientAliveInterval ${1:60}", "ClientAliveCountMax ${2:3}")),
        "sftp-only": (
            "A group that may transfer files only",
            (
                "Match Group ${1:sftponly}",
                "    ChrootDirectory ${2:/srv/sftp/%u}",
                "    ForceCommand internal-sftp",
                "    AllowTcpForwarding no",
                "    X11Forwarding no",
            ),
        ),
    },
    "ssh_config": {
        "keepalive": (
            "Probe idle servers",
            ("Host ${1:*}", "    ServerAliveInterval ${2:60}", "    ServerAliveCountMax ${3:3}"),
        ),
    },
}
"""By name: what it is for, and its lines."""


class _Place(NamedTuple):
    """The cursor: the line before it, from ``start`` on the word that is written, and the block."""

    before: bytes
    start: int
    config: Config
    file: File
    block: Block | None


def completion_list(
    analysis: Analysis, position: types.Position, whole: bool = True
) -> types.CompletionList | None:
    """What may stand at a position; best first."""
    config, path = analysis.config, analysis.job.path
    if config is None or config.kind in CLIENT_TITLES or path not in config.files:
        return None
    file = config.files[path]
    positions = analysis.positions(path, file.source.data)
    offset = positions.offset(position)
    start = file.source.data.rfind(b"\n", 0, offset) + 1
    before = file.source.data[start:offset]
    if before.lstrip().startswith(b"#"):
        return None
    place = _Place(before, _word_start(before), config, file, _block_before(file, start, config))
    line = split_line(before)
    on_keyword = line is None or (line.stop == len(before) and line.rest == line.stop)
    found = list(_keywords(place) if on_keyword or line is None else _values(line.name, place))
    where = positions.range(*Span(start + place.start, offset))
    for number, item in enumerate(found):
        item.sort_text = f"{number:05}"
        item.text_edit = types.TextEdit(where, item.insert_text or item.label)
    return types.CompletionList(is_incomplete=False, items=found)


def _word_start(before: bytes) -> int:
    """Where the word begins that the cursor is in or behind; a list has a word between commas."""
    at = len(before)
    while at and before[at - 1 : at] not in (b" ", b"\t", b"=", b",", b'"', b"+", b"^"):
        at -= 1
    return at


def _block_before(file: File, start: int, config: Config) -> Block | None:
    """The block that a line at this byte of the file is in."""
    headers = [each for each in block_headers(file) if each.whole.start < start]
    if not headers:
        return None
    return next((block for block in reversed(config.blocks) if block.header is headers[-1]), None)


def _keywords(place: _Place) -> Iterator[types.CompletionItem]:
    """Keywords that may stand here, those that may not last; then snippets."""
    config = place.config
    style = _style(place)
    lower = _prefers_lower_case(place.file)
    good: list[types.CompletionItem] = []
    bad: list[types.CompletionItem] = []
    for row in {row.name: row for row in config.known.values()}.values():
        why = _why_not(row, place)
        item = _keyword(row.name, why, lower, style, config)
        (bad if why else good).append(item)
    known = {row.name.lower() for row in config.known.values()}
    every = {row.name: row for row in all_keywords(config.kind) if not row.vendors and not row.state}
    for name in every:
        if name.lower() not in known:
            bad.append(_keyword(name, f"not in {config.target.name}", lower, style, config))
    yield from good
    yield from _snippets(config.kind)
    yield from bad


def _why_not(row: Keyword, place: _Place) -> str:
    """Why the keyword should not be written here; empty where it may."""
    if row.state:
        return row.state
    release = place.config.target.release
    in_match = place.config.kind == "sshd_config" and not applies_at_start(place.block, release)
    if in_match and not row.allowed_in_match(release) and not row.type.opens_block:
        return "not in a Match block"
    return ""


def _keyword(name: str, why: str, lower: bool, style: Style, config: Config) -> types.CompletionItem:
    text = name.lower() if lower else name
    return types.CompletionItem(
        text,
        kind=types.CompletionItemKind.Property,
        detail=why or None,
        tags=[types.CompletionItemTag.Deprecated] if why else None,
        documentation=types.MarkupContent(
            types.MarkupKind.Markdown, "\n\n".join(list(keyword_paragraphs(name, config))[1:2])
        ),
        insert_text=f"{text}{style.separator}",
    )


def _style(place: _Place) -> Style:
    """The separator of the lines around."""
    own = [each for each in place.file.directives if each.line.rest > each.line.stop]
    return style_of(own[-1] if own else None)


def _prefers_lower_case(file: File) -> bool:
    names = [each.line.name for each in file.directives]
    return bool(names) and 2 * sum(name == name.lower() for name in names) > len(names)


def _snippets(kind: Kind) -> Iterator[types.CompletionItem]:
    for name, (what, lines) in SNIPPETS.get(kind, {}).items():
        yield types.CompletionItem(
            name,
            kind=types.CompletionItemKind.Snippet,
            detail=what,
            insert_text="\n".join(lines),
            insert_text_format=types.InsertTextFormat.Snippet,
        )


def _values(name: str, place: _Place) -> Iterator[types.CompletionItem]:
    """The values of a keyword."""
    config = place.config
    row = config.known.get(name.lower())
    if row is None:
        return
    option, target = row.option, config.target
    if row.type.opens_block and name.lower() == "match":
        yield from _criteria(place)
        return
    if place.before.endswith(b"%") or (b"%" in place.before[place.start :] and option in TAKES_TOKENS):
        yield from _tokens(option, place)
        return
    if row.type.is_algorithm_list and option in ALGORITHM_FAMILIES:
        yield from _items(supported(ALGORITHM_FAMILIES[option], target), types.CompletionItemKind.EnumMember)
        return
    if row.type.choices:
        spelt = dict.fromkeys(row.type.choices(target))
        yield from _items(spelt, types.CompletionItemKind.EnumMember)
    if row.type.is_time:
        yield from _items(USUAL_TIMES, types.CompletionItemKind.Value)
    if option in ACCOUNTS:
        yield from _items(names_in_files(ACCOUNTS[option], config), types.CompletionItemKind.Constant)
    if config.kind == "ssh_config" and option in HOST_NAMES:
        yield from _hosts(config)
    if option == "proxyjump":
        yield from _items(("none",), types.CompletionItemKind.EnumMember)


def _criteria(place: _Place) -> Iterator[types.CompletionItem]:
    """Names of criteria that the target knows, or names of the file behind one."""
    config = place.config
    known = [name for name, since in CRITERIA[config.kind].items() if since <= config.target.release]
    words = text_of(place.before[: place.start]).replace("=", " ").replace(",", " , ").split()
    last = next((word.lower().lstrip("!") for word in reversed(words[1:]) if word.lower() in known), "")
    in_list = place.before[place.start - 1 : place.start] == b","
    if last in ("user", "group") and (in_list or words[-1].lower() == last):
        yield from _items(names_in_files(last, config), types.CompletionItemKind.Constant)
    elif last in ("host", "originalhost") and (in_list or words[-1].lower() == last):
        yield from _hosts(config)
    elif last and words[-1].lower() == last and last not in ("canonical", "final", "invalid-user"):
        return
    else:
        yield from _items(["all", *known], types.CompletionItemKind.Keyword)


def _hosts(config: Config) -> Iterator[types.CompletionItem]:
    names = [host.name for host in named_hosts(config) if not host.is_pattern]
    yield from _items(names, types.CompletionItemKind.Reference)


def _tokens(option: str, place: _Place) -> Iterator[types.CompletionItem]:
    if option not in TAKES_TOKENS:
        return
    word = text_of(place.before[place.start :])
    stem = word[: word.rfind("%")]
    for token, meaning in TOKENS[place.config.kind].items():
        yield types.CompletionItem(
            token, detail=meaning, kind=types.CompletionItemKind.Variable, insert_text=f"{stem}{token}"
        )


def _items(texts: Iterable[str], kind: types.CompletionItemKind) -> Iterator[types.CompletionItem]:
    yield from (types.CompletionItem(text, kind=kind) for text in dict.fromkeys(texts))
