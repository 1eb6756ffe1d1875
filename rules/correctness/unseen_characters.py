"""A character looks like a blank, a quote, a hyphen or a digit, or is invisible, but OpenSSH reads it as a
letter.

## Why

OpenSSH knows the blank, the tab and the end of a line. It reads other characters as a part of the keyword
or the value. Examples are a no-break space from a web page, the ideographic space of a Japanese input
method, a zero-width space, and a byte order mark. Typographic quotes and dashes, fullwidth digits and
letters, and a CR in the middle of a line are others. Usually it then refuses the file:
`ClientAliveInterval<U+00A0>300` is a keyword without an argument. Some lines it accepts: `AllowUsers
ann<U+00A0>bob` allows one user with a strange name. Comments, and ASCII quotes on a line that OpenSSH
accepts, may contain any character.

OpenSSH can't read a file in UTF-16 or UTF-32, which `>` writes in Windows PowerShell.

## How to fix it

The fix writes the usual character. It is safe if OpenSSH refuses the line now and accepts it afterwards.
Otherwise it is unsafe, since the line may be meant as it is. Where OpenSSH refuses also the usual
character, the unsafe fix deletes a dash or a quote that is a word alone, and a quote without its other
half. Without a line that OpenSSH accepts, there is no fix.

## When to ignore it

When the value contains the character on purpose, such as in a file name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sshkeep.config.blocks.criteria import BadCriteria, parse_criteria
from sshkeep.config.parse_line import parse_entry
from sshkeep.config.refusals import refused_lines
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.file import Directive, File
from sshkeep.edit.intents import ReplaceLine, RewriteFile
from sshkeep.lint import Config, Entry, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import in_short, line_concern, line_value_concern, value_concerns
from sshkeep.lint.checks.refusals import effect_of_refusal
from sshkeep.lint.rule import A_STRANGE_BYTE, EXPLAINS_ALL
from sshkeep.lookup import closest
from sshkeep.syntax.lookalikes import Lookalike, as_meant, lookalikes, readings
from sshkeep.syntax.source import Span, decode, encode

NOT_TAKEN_AS = {
    " ": "not a blank",
    "": "not skipped",
    "\n": "not the end of a line",
    '"': "not a quote",
    "-": "not a hyphen",
}
MOST_NAMED = 3

Lines = dict[tuple[str, int], Entry]
"""Entries, and headers of blocks, by path and number from 0."""


def check(config: Config, options: Options) -> Iterator[Finding]:
    for file in config.files.values():
        if file.wide:
            yield _wide(file, config)
    files = [file for file in config.files.values() if not file.cut and _is_odd(file.source.data)]
    if not files:
        return
    lines = _lines(config)
    refused = {(each.directive.file.source.path, each.directive.number) for each in refused_lines(config)}
    for file in files:
        for number, raw in enumerate(file.source.lines):
            if _is_odd(raw):
                place = file.source.path, number
                yield from _findings(file, number, lines.get(place), place in refused, config)


def _is_odd(data: bytes) -> bool:
    """Whether there may be a lookalike: a quick look, since most files have none."""
    return not data.isascii() or b"\v" in data or b"\f" in data or b"\r" in data.replace(b"\r\n", b"")


def _lines(config: Config) -> Lines:
    headers = [
        Entry(block.header, block.outer, config.known[block.header.line.name.lower()], block.first_entry)
        for block in config.blocks
    ]
    return {
        (entry.directive.file.source.path, entry.directive.number): entry
        for entry in (*headers, *config.entries)
    }


def _findings(
    file: File, number: int, entry: Entry | None, refused: bool, config: Config
) -> Iterator[Finding]:
    text = file.source.text(number)
    found = _of_comment(text, config) if entry is None else _of_line(text, entry, refused)
    if not found:
        return
    meant = as_meant(text)
    start = file.source.start(number)
    at = [start + len(encode(text[:place])) for place in (found[0].at, found[0].at + 1)]
    effect = effect_of_refusal(config) if refused else "OpenSSH reads this character literally"
    looks = NOT_TAKEN_AS.get(found[0].meant, f"not {found[0].meant}")
    finding = Finding(f"{effect}: {found[0].described} is {looks}", file.source, Span(*at))
    yield finding._replace(
        label=_others(found),
        fix=_fix(text, file, number, entry, refused, config),
        severity="error" if refused else "warning",
        concerns=_concerns(meant, entry, config) if entry else (),
    )


def _fix(
    text: str, file: File, number: int, entry: Entry | None, refused: bool, config: Config
) -> Fix | None:
    """What was meant, if the target accepts it; safe where no character is left out that can be seen.

    A keyword that is also misspelt is another rule's, which mends it next.
    """
    for meant in dict.fromkeys(readings(text)):
        accepted = _is_accepted(meant, file, entry, config)
        if accepted or _is_accepted(_spelled(meant, config), file, entry, config):
            shown = "lines of their own" if "\n" in meant else in_short(meant.strip(), 60) or "no line"
            safe = refused and accepted and meant == as_meant(text)
            edits = (ReplaceLine(file, number, encode(meant)),)
            return Fix(f"write it as {shown}", "safe" if safe else "unsafe", edits)
    return None


def _spelled(meant: str, config: Config) -> str:
    """The line with the keyword that its own seems to be."""
    keyword = re.match(r"\s*([^\s=]*)", meant)
    assert keyword
    right = closest(keyword[1].lower(), config.known, cutoff=0.9)
    return meant[: keyword.start(1)] + right[0] + meant[keyword.end(1) :] if right else meant


def _of_comment(text: str, config: Config) -> list[Lookalike]:
    """Ends of lines in a comment that swallow a setting, as in a file of an old Macintosh."""
    if "\r" not in text:
        return []
    _, *rest = as_meant(text).split("\n")
    swallowed = any(each.split()[:1] and each.split()[0].lower() in config.known for each in rest)
    return [each for each in lookalikes(text) if each.character == "\r"] if swallowed else []


def _of_line(text: str, entry: Entry, refused: bool) -> list[Lookalike]:
    line, raw = entry.directive.line, entry.directive.raw
    arguments, end = len(decode(raw[: line.rest])), len(decode(raw[: line.end]))
    # misc.c strdelim takes CR for a blank, and both programs skip it in front of the keyword. A form feed at
    # the end is cut off (servconf.c process_server_config_line, readconf.c process_config_line_depth).
    found = [
        each
        for each in lookalikes(text)
        if (each.character != "\r" or each.at >= arguments) and (each.character != "\f" or each.at < end)
    ]
    if refused:
        letters = all(each.is_letter and each.at >= arguments for each in found)
        return [] if letters else found
    quoted = _quoted(text)
    return [each for each in found if each.at not in quoted and not each.is_letter]


def _quoted(text: str) -> set[int]:
    """The offsets within ASCII quotes, where a character may be meant as it is."""
    inside: set[int] = set()
    quote = ""
    for at, character in enumerate(text):
        if quote and character != quote:
            inside.add(at)
        elif character in "\"'":
            quote = "" if quote else character
    return set() if quote else inside


def _is_accepted(meant: str, file: File, entry: Entry | None, config: Config) -> bool:
    """Whether the target accepts each line of what was meant."""
    lines = ReplaceLine(file, 0, encode(meant)).directives()
    return all(_is_fine(each, entry.block if entry else None, config) for each in lines)


def _is_fine(directive: Directive, block: Block | None, config: Config) -> bool:
    row = config.known.get(directive.line.name.lower())
    if row is None or not row.type.opens_block:
        return not parse_entry(Entry(directive, block, row, len(config.entries)), config).problem
    try:
        parse_criteria(Block(directive, block, None, -1, 0))
    except BadCriteria:
        return False
    return True


def _others(found: list[Lookalike]) -> str:
    names = [name for name in dict.fromkeys(each.described for each in found) if name != found[0].described]
    if len(found) == 1:
        return ""
    more = f", also {', '.join(names[:MOST_NAMED])}" if names else ""
    return f"{len(found)} such characters in this line{more}"


def _concerns(meant: str, entry: Entry, config: Config) -> tuple[str, ...]:
    keyword = meant.split()[0] if meant.split() else ""
    row = config.known.get(keyword.lower())
    own = value_concerns(entry, row.option, config) if row else ()
    return (*own, line_concern(entry), line_value_concern(entry))


def _wide(file: File, config: Config) -> Finding:
    assert file.wide
    refused = any(each.directive.file is file for each in refused_lines(config))
    effect = effect_of_refusal(config) if refused else "nothing of this file is in effect"
    mark = " with a byte order mark" if file.wide.marked else ""
    return Finding(
        f"{effect}: the file is {file.wide.title}{mark}",
        file.source,
        Span(0, 1),
        label="OpenSSH reads UTF-8 only",
        notes=("Windows PowerShell writes UTF-16 with >; `| Out-File -Encoding ascii FILE` does not",),
        fix=Fix(
            "write the same text in UTF-8",
            "safe" if refused else "unsafe",
            (RewriteFile(file, file.wide.text.encode()),),
        ),
        severity="error" if refused else "warning",
    )


RULE = Rule(
    summary="a character that only looks like a blank, quote, hyphen or digit",
    applies_to=("sshd_config", "ssh_config"),
    severity="error",
    check=check,
    explains=(EXPLAINS_ALL,),
    reads="text",
    only_with=(A_STRANGE_BYTE,),
    references=("misc.c, strdelim_internal and argv_split", "servconf.c, load_server_config"),
    examples=(
        Example("ClientAliveInterval\u00a0300\n", "ClientAliveInterval 300\n", kind="sshd_config"),
        Example("ClientAliveInterval 300\n", kind="sshd_config"),
        Example("\ufeffPort 22\n", "Port 22\n", kind="sshd_config"),
        Example("Host web\n  Port \uff12\uff12\n", "Host web\n  Port 22\n", kind="ssh_config"),
        Example("Banner \u201c/etc/issue\u201d\n", 'Banner "/etc/issue"\n', kind="sshd_config", unsafe=True),
        Example("AllowUsers ann\u00a0bob\n", "AllowUsers ann bob\n", kind="sshd_config", unsafe=True),
        Example(
            "# \u201cquoted\u201d \u2013 caf\u00e9\u00a0bar\nAllowUsers \u0438\u0432\u0430\u043d\n",
            kind="sshd_config",
        ),
        Example("P\0o\0r\0t\0 \x002\x002\0\n\0", "Port 22\n", kind="sshd_config"),
    ),
)
