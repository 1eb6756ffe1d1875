"""A keyword that the target does not know: sshd does not start, or every ssh call fails.

It may be misspelt; or from another release, since new keywords come with almost each and some go; or a
vendor's own, such as UseKeychain of macOS; or the other program's. In ssh_config a line `IgnoreUnknown
UseKeychain` above it makes ssh skip what it does not know; sshd has nothing like that.

The fix writes the keyword that is most alike. That is a guess, so it is unsafe; and it is only offered
where nothing sets that keyword yet. In ssh_config, a keyword of another vendor or release is excused by
IgnoreUnknown on top of the file, so that one file serves several systems. That is safe where the keyword is a
vendor's own: nothing else reads it. A setting that came later, or is gone, may be wanted: there it is unsafe.
In sshd_config, a vendor's own keyword can only be taken away, which is unsafe, too.

An IgnoreUnknown in a block counts for the hosts of that block; ssh refuses the keyword for all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import accepted_lines, excused_in_block_only
from sshkeep.config.refusals import Refusal, refused_lines
from sshkeep.config.tree.block import block_name
from sshkeep.edit.intents import DeleteLine, RenameKeyword, SetGlobal
from sshkeep.lint import Config, Entry, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, in_short
from sshkeep.lint.checks.refusals import effect_of_refusal
from sshkeep.lookup import closest
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import ARGV_SPLIT
from sshkeep.openssh.tables.keywords import UNKNOWN, all_keywords, known_names
from sshkeep.syntax.words import BadQuotes

OTHER: dict[Kind, Kind] = {"sshd_config": "ssh_config", "ssh_config": "sshd_config"}
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
            meant[name] = _meant(name, config) if len(meant) < MOST_NAMES else Meant()
    excuse = _excuse(unknown, meant, config)
    for refusal in unknown:
        yield _finding(refusal.entry, meant[refusal.directive.line.name.lower()], excuse, config)
    for entry in excused_in_block_only(config) if config.kind == "ssh_config" else ():
        yield _elsewhere_refused(entry)


def _elsewhere_refused(entry: Entry) -> Finding:
    """readconf.c parse_token: an unknown keyword counts in every block, an IgnoreUnknown in its own."""
    line = entry.directive.line
    name, block = in_short(line.name, MAX_QUOTED), in_short(block_name(entry.block), MAX_QUOTED)
    finding = at_entry(
        entry,
        f"ssh to any host that is not of '{block}' fails: it knows no keyword {name}",
        entry.directive.span(line.start, line.stop),
    )
    return finding._replace(notes=("put the IgnoreUnknown line above the first block",))


def _finding(entry: Entry, meant: Meant, excuse: Fix | None, config: Config) -> Finding:
    line = entry.directive.line
    name = in_short(line.name, MAX_QUOTED)
    span = entry.directive.span(line.start, line.stop)
    finding = at_entry(entry, f"{effect_of_refusal(config)}: it knows no keyword {name}", span)
    free = meant.right and not config.lines(config.known[meant.right.lower()].option)
    fix = Fix(f"write {meant.right}", "unsafe", (RenameKeyword(entry, meant.right),)) if free else None
    if meant.known:
        fix = excuse if _can_be_excused(entry) else None
    if meant.known == "vendor" and config.kind == "sshd_config":
        fix = Fix("take the line away", "unsafe", (DeleteLine(entry),))
    excusable = config.kind == "ssh_config" and _can_be_excused(entry)
    hint = (f"IgnoreUnknown {name} above it makes ssh skip it",) if excusable else ()
    return finding._replace(
        label=meant.remark, notes=() if meant.right or fix else hint, fix=fix, dated=not meant.surely
    )


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
    if config.kind != "ssh_config" or config.fragment:
        return None
    spelt = {
        r.directive.line.name.lower(): r.directive.line.name for r in unknown if _can_be_excused(r.entry)
    }
    names = [name for low, name in sorted(spelt.items()) if meant[low].known]
    there = accepted_lines("ignoreunknown", config)
    if not names or len(there) > 1:
        return None
    if there:
        entry, parsed = there[0]
        first = min(refusal.entry.index for refusal in unknown)
        if not universal(entry.block, config.target.release) or entry.index > first:
            return None
        names.insert(0, str(parsed.value))
    value = ",".join(names)
    safe = all(meant[low].known != "release" for low in spelt)
    return Fix(
        f"IgnoreUnknown {in_short(value, 80)}",
        "safe" if safe else "unsafe",
        (SetGlobal("IgnoreUnknown", (value,)),),
    )


def _meant(name: str, config: Config) -> Meant:
    known = _elsewhere(name, config)
    if known.remark or len(name) > MAX_QUOTED:
        return known
    close = closest(name, config.known, cutoff=CLOSE)
    if not close:
        return Meant()
    right = config.known[close[0]]
    writable = not right.state and right.type.sets_option
    surely = bool(closest(name, close, cutoff=MISSPELT))
    return Meant(f"did you mean {right.name}?", right.name if writable else "", surely=surely)


def _elsewhere(name: str, config: Config) -> Meant:
    """Who knows the keyword, if anyone does."""
    known = [row for row in all_keywords(config.kind) if row.name.lower() == name and not row.vendors]
    release = config.target.release
    later = [row.since for row in known if row.since > release]
    earlier = [row.until for row in known if row.until < release]
    if later:
        return Meant(f"too new for {config.target.name}: since OpenSSH {min(later)}", known="release")
    if earlier:
        return Meant(f"removed: known up to OpenSSH {max(earlier)}", known="release")
    if known:
        return Meant(f"{config.target.name} is built without it", known="release")
    vendors = _vendors(name, config.kind)
    if vendors:
        return Meant(f"only known on {', '.join(vendors)}", known="vendor")
    other = OTHER[config.kind]
    return Meant(f"it belongs in {other}" if name in known_names(other) else "")


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
