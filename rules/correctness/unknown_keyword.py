"""The target does not know a keyword: sshd does not start, or every ssh call fails with "Bad configuration
option".

## Why

The keyword may have a typing mistake. It may be from another release, since almost every release adds
keywords and removes some. It may be a vendor's own, such as UseKeychain of macOS. Or it belongs in the
other file. In ssh_config, a line `IgnoreUnknown UseKeychain` above it makes ssh ignore the keyword. sshd
has no such option.

An IgnoreUnknown in a block works only for the hosts of that block. ssh refuses the keyword for all other
hosts. For each host, ssh takes the first IgnoreUnknown only, so one line at the top must list all keywords.

## How to fix it

The fix writes the most similar keyword. It is unsafe, since sshkeep guesses, and it is only offered if
nothing sets that keyword yet. In ssh_config, for a keyword of another vendor or release, the fix writes
IgnoreUnknown at the top of the file, so that one file works on several systems. That is safe for a vendor's
own keyword, and unsafe for a keyword of another release. In sshd_config, the fix deletes a vendor's own
keyword, which is unsafe.

## When to ignore it

Never for this target. If the file is for another release or system, name it with `--target`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import (
    excused_but_for,
    excused_in_block_only,
    excusing_block,
    ignore_unknown_lines,
)
from sshkeep.config.refusals import Refusal, refused_lines
from sshkeep.config.tree.block import block_name
from sshkeep.edit.intents import DeleteLine, RenameKeyword, SetGlobal
from sshkeep.lint import Block, Config, Entry, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, in_short
from sshkeep.lint.checks.refusals import unknown_keyword
from sshkeep.lint.rule import A_REFUSED_LINE
from sshkeep.lookup import closest
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import ARGV_SPLIT
from sshkeep.openssh.tables.keywords import UNKNOWN, all_keywords, keywords, known_names
from sshkeep.openssh.targets import Target
from sshkeep.syntax.words import BadQuotes

OTHER: dict[Kind, Kind] = {"sshd_config": "ssh_config", "ssh_config": "sshd_config"}
GSSAPI_PACKAGES: dict[Kind, str] = {"sshd_config": "server", "ssh_config": "client"}
CLOSE = 0.85
"""One letter more, less or other, or two swapped, in a keyword of ordinary length."""
MISSPELT = 0.92
"""The same; ExposeAuthenticationMethods and AuthorizedKeysCommandRunAs of old systems are less alike."""
MOST_NAMES = 100
"""A file with more unknown keywords is no config, and looking for likenesses takes time."""
MAX_QUOTED = 40


class Meant(NamedTuple):
    """What an unknown keyword seems to be: a remark, the keyword to write, and who else knows it.

    ``surely``: it is so much like another keyword that it can be no old one.
    """

    remark: str = ""
    right: str = ""
    known: Literal["", "vendor", "release"] = ""
    surely: bool = False


def check(config: Config, options: Options) -> Iterator[Finding]:
    unknown = [refusal for refusal in refused_lines(config) if refusal.reason == "unknown keyword"]
    meant: dict[str, Meant] = {}
    for refusal in unknown:
        name = refusal.directive.line.name.lower()
        if name not in meant:
            meant[name] = _meant(name, config.kind, config.target) if len(meant) < MOST_NAMES else Meant()
    excuse = _excuse(unknown, meant, config)
    excusable = {low: name for low, name in _spelt(unknown, config).items() if not meant[low].right}
    wanted = _joined(excusable.values(), config) if excusable else ""
    for refusal in unknown:
        entry, low = refusal.entry, refusal.directive.line.name.lower()
        helps = low in excusable and _can_be_excused(entry)
        hint = _hint(entry, wanted, config) if helps else ()
        yield _finding(entry, meant[low], excuse, hint, config)
    if config.kind == "ssh_config":
        yield from _for_some_hosts(config)


def _for_some_hosts(config: Config) -> Iterator[Finding]:
    """readconf.c parse_token: an unknown keyword counts in every block, an IgnoreUnknown in its own."""
    for entry in excused_in_block_only(config):
        finding = _at_keyword(entry, _ignored_only_for(entry, entry.block, config))
        yield finding._replace(notes=("put the IgnoreUnknown line above the first block",))
    but_for = list(excused_but_for(config))
    wanted = _joined([entry.directive.line.name for entry, _ in but_for], config)
    for entry, block in but_for:
        name = in_short(entry.directive.line.name, MAX_QUOTED)
        finding = _at_keyword(entry, f"for {_quoted(block)}, {unknown_keyword(name, config.kind)}")
        label = "an earlier IgnoreUnknown wins there, and does not list it"
        yield finding._replace(label=label, notes=_hint(entry, wanted, config))


def _ignored_only_for(entry: Entry, block: Block | None, config: Config) -> str:
    name = in_short(entry.directive.line.name, MAX_QUOTED)
    effect = unknown_keyword(name, config.kind)
    return f"only for {_quoted(block)} ssh ignores {name}; for other hosts, {effect}"


def _quoted(block: Block | None) -> str:
    return f"'{in_short(block_name(block), MAX_QUOTED)}'"


def _at_keyword(entry: Entry, message: str) -> Finding:
    line = entry.directive.line
    return at_entry(entry, message, entry.directive.span(line.start, line.stop))


def _finding(
    entry: Entry, meant: Meant, excuse: Fix | None, hint: tuple[str, ...], config: Config
) -> Finding:
    name = in_short(entry.directive.line.name, MAX_QUOTED)
    block = excusing_block(entry, config) if config.kind == "ssh_config" else None
    message = _ignored_only_for(entry, block, config) if block else unknown_keyword(name, config.kind)
    free = meant.right and not config.lines(config.known[meant.right.lower()].option)
    fix = Fix(f"write {meant.right}", "unsafe", (RenameKeyword(entry, meant.right),)) if free else None
    if meant.known:
        fix = excuse if _can_be_excused(entry) else None
    if meant.known == "vendor" and config.kind == "sshd_config":
        fix = Fix("delete the line", "unsafe", (DeleteLine(entry),))
    return _at_keyword(entry, message)._replace(
        label=meant.remark, notes=() if fix else hint, fix=fix, dated=not meant.surely
    )


def _hint(entry: Entry, wanted: str, config: Config) -> tuple[str]:
    """The one line that must list all keywords, ``wanted``: ssh takes the first IgnoreUnknown only."""
    release = config.target.release
    there = ignore_unknown_lines(config)
    first = there[0][0] if there and there[0][0].index < entry.index else None
    if first is None:
        place = "above it" if universal(entry.block, release) else "above the first block"
    elif universal(first.block, release) and first.directive.file is entry.directive.file:
        place = f"in line {first.directive.number + 1}"
    else:
        place = "above the first block"
    count = wanted.count(",") + 1
    if count > 1 and len(wanted) > MAX_QUOTED:
        return (f"to ignore it, write one IgnoreUnknown {place}, with all {count} keywords to ignore",)
    return (f"to ignore it, write IgnoreUnknown {in_short(wanted, MAX_QUOTED)} {place}",)


def _joined(names: Iterable[str], config: Config) -> str:
    """A list of all that the lines of IgnoreUnknown list, and of the names, each once."""
    listed = ",".join(str(parsed.value) for _, parsed in ignore_unknown_lines(config)).split(",")
    spelt: dict[str, str] = {}
    for name in [*filter(None, listed), *names]:
        spelt.setdefault(name.lower(), name)
    return ",".join(spelt.values())


def _can_be_excused(entry: Entry) -> bool:
    """Whether ssh skips the line behind an IgnoreUnknown with its keyword.

    From 8.7 on it refuses a line without an argument, or with an open quote, before it looks at the keyword
    (readconf.c process_config_line_depth). A name with wildcards, commas or quotes is no one's keyword.
    """
    line = entry.directive.line
    bare = line.rest >= line.end and entry.directive.file.target.release >= ARGV_SPLIT
    try:
        entry.directive.words("words")
    except BadQuotes:
        return False
    return not bare and re.fullmatch(r"[A-Za-z0-9_-]+", line.name) is not None


def _excuse(unknown: list[Refusal], meant: dict[str, Meant], config: Config) -> Fix | None:
    """IgnoreUnknown for all keywords that others know, as one change; none where it would not reach them."""
    if config.fragment:
        return None
    spelt = _spelt(unknown, config)
    names = [name for low, name in sorted(spelt.items()) if meant[low].known]
    there = ignore_unknown_lines(config)
    if not names or len(there) > 1:
        return None
    for entry, _ in there:
        first = min(refusal.entry.index for refusal in unknown)
        if not universal(entry.block, config.target.release) or entry.index > first:
            return None
    value = _joined(names, config)
    safe = all(meant[low].known != "release" for low in spelt)
    return Fix(
        f"IgnoreUnknown {in_short(value, 80)}",
        "safe" if safe else "unsafe",
        (SetGlobal("IgnoreUnknown", (value,)),),
    )


def _spelt(unknown: list[Refusal], config: Config) -> dict[str, str]:
    """The unknown keywords that an IgnoreUnknown may excuse, by their names in lower case."""
    lines = [refusal.entry for refusal in unknown if config.kind == "ssh_config"]
    names = [entry.directive.line.name for entry in lines if _can_be_excused(entry)]
    return {name.lower(): name for name in names}


@lru_cache(maxsize=MOST_NAMES)
def _meant(name: str, kind: Kind, target: Target) -> Meant:
    known, names = _elsewhere(name, kind, target), keywords(kind, target)
    if known.remark or len(name) > MAX_QUOTED:
        return known
    close = closest(name, names, cutoff=CLOSE)
    if not close:
        return Meant()
    right = names[close[0]]
    writable = not right.state and right.type.sets_option
    surely = bool(closest(name, close, cutoff=MISSPELT))
    return Meant(f"did you mean {right.name}?", right.name if writable else "", surely=surely)


def _elsewhere(name: str, kind: Kind, target: Target) -> Meant:
    """Who knows the keyword, if anyone does."""
    known = [row for row in all_keywords(kind) if row.name.lower() == name and not row.vendors]
    release = target.release
    later = [row.since for row in known if row.since > release]
    earlier = [row.until for row in known if row.until < release]
    if later:
        return Meant(f"{target.name} is too old: OpenSSH has it since {min(later)}", known="release")
    if earlier:
        return Meant(f"OpenSSH has it up to {max(earlier)} only", known="release")
    if known:
        return Meant(f"{target.name} is built without it", known="release")
    if own := _once_known(name, kind, target):
        return Meant(own, known="vendor")
    vendors = _vendors(name, kind)
    if vendors:
        return Meant(_only(vendors), known="vendor")
    other = OTHER[kind]
    return Meant(f"it belongs in {other}" if name in known_names(other) else "")


def _once_known(name: str, kind: Kind, target: Target) -> str:
    """A remark on a keyword of older releases of the target's own vendor; empty for any other keyword.

    Debian moved its GSSAPI patch to packages of its own with 1:10.6p1.
    """
    from sshkeep.openssh.vendors import TITLES

    for row in all_keywords(kind):
        if row.name.lower() == name and target.vendor in row.vendors and row.until < target.release:
            if target.vendor == "debian" and name.startswith("gssapi"):
                return f"in {target.name} only openssh-{GSSAPI_PACKAGES[kind]}-gssapi has it"
            return f"{TITLES[target.vendor]} had it up to OpenSSH {row.until} only"
    return ""


def _only(vendors: list[str]) -> str:
    *names, last = [name for title in vendors for name in title.split(" and ")]
    return f"only {', '.join(names)} and {last} have it" if names else f"only {last} has it"


def _vendors(name: str, kind: Kind) -> list[str]:
    from sshkeep.openssh.vendors import TITLES

    theirs = [row for row in all_keywords(kind) if row.name.lower() == name]
    vendors = {vendor for row in theirs if row.state != UNKNOWN for vendor in row.vendors}
    return sorted(TITLES[vendor] for vendor in vendors)


RULE = Rule(
    summary="a keyword that the target does not know",
    applies_to=("sshd_config", "ssh_config"),
    severity="error",
    check=check,
    reads="lines",
    only_with=(A_REFUSED_LINE, "ignoreunknown"),
    references=("servconf.c and readconf.c, parse_token", "ssh_config(5), IgnoreUnknown"),
    examples=(
        Example("PermitRootLogn no\n", "PermitRootLogin no\n", kind="sshd_config", unsafe=True),
        Example("PermitRootLogin no\n", kind="sshd_config"),
        Example("PermitRootLogin yes\nPermitRootLogn no\n", hit=True, kind="sshd_config"),
        Example("RequiredRSASize 3072\n", hit=True, kind="sshd_config", target="openssh-9.0"),
        Example("RequiredRSASize 3072\n", kind="sshd_config", target="openssh-9.1"),
        Example("UsePAM yes\nDebianBanner no\n", "UsePAM yes\n", kind="sshd_config", unsafe=True),
        Example(
            "Host *\n  UseKeychain yes\n",
            "IgnoreUnknown UseKeychain\nHost *\n  UseKeychain yes\n",
            kind="ssh_config",
        ),
        Example(
            "Host *\n  Tag shop\n",
            "IgnoreUnknown Tag\nHost *\n  Tag shop\n",
            kind="ssh_config",
            target="openssh-9.3",
            unsafe=True,
        ),
        Example("IgnoreUnknown UseKeychain\nHost *\n  UseKeychain yes\n", kind="ssh_config"),
        Example("Host *\n  UseKeychain yes\n", kind="ssh_config", target="macos-15"),
    ),
)
