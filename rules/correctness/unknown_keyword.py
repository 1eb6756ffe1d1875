"""A keyword that the target does not know: sshd does not start, or every ssh call fails.

It may be misspelt; or from another release, since new keywords come with almost each and some go; or a
vendor's own, such as UseKeychain of macOS; or the other program's. In ssh_config a line `IgnoreUnknown
UseKeychain` above it makes ssh skip what it does not know; sshd has nothing like that.

The fix writes the keyword that is most alike. That is a guess, so it is unsafe; and it is only offered
where nothing sets that keyword yet.
"""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.lint import (
    Config,
    Entry,
    Example,
    Finding,
    Fix,
    Options,
    Rename,
    Rule,
    at_entry,
    fails,
    refused_lines,
)
from sshkeep.openssh.keyword import UNKNOWN, Kind, known_names, rows, vendor_rows

OTHER: dict[Kind, Kind] = {"sshd_config": "ssh_config", "ssh_config": "sshd_config"}
VENDORS = {
    "alpine": "Alpine",
    "apple": "macOS",
    "debian": "Debian and Ubuntu",
    "fedora": "Fedora",
    "freebsd": "FreeBSD",
    "gentoo": "Gentoo",
    "gsi": "GSI-OpenSSH",
    "hpn": "HPN-SSH",
    "netbsd": "NetBSD",
    "openbsd": "OpenBSD",
    "pld": "PLD",
    "redhat": "RHEL",
    "suse": "SUSE",
}
CLOSE = 0.85
"""One letter more, less or other, or two swapped, in a keyword of ordinary length."""
MOST_NAMES = 100
"""A file with more unknown keywords is no config, and looking for likenesses takes time."""
LONGEST_NAME = 40


Meant = tuple[str, str]
"""A remark on what an unknown keyword seems to be, and the keyword to write, if that can be told."""
NOTHING: Meant = ("", "")


def check(config: Config, options: Options) -> Iterator[Finding]:
    meant: dict[str, Meant] = {}
    for refusal in refused_lines(config):
        if refusal.reason == "unknown keyword":
            name = refusal.directive.line.name.lower()
            if name not in meant:
                meant[name] = _meant(name, config) if len(meant) < MOST_NAMES else NOTHING
            yield _finding(refusal.entry, meant[name], config)


def _finding(entry: Entry, meant: Meant, config: Config) -> Finding:
    line = entry.directive.line
    name = line.name if len(line.name) <= LONGEST_NAME else f"{line.name[:LONGEST_NAME]}..."
    span = entry.directive.span(line.start, line.stop)
    finding = at_entry(entry, f"{fails(config)}: it knows no keyword {name}", span)
    remark, right = meant
    free = right and not config.lines(config.known[right.lower()].meaning)
    fix = Fix(f"write {right}", "unsafe", (Rename(entry, right),)) if free else None
    excuse = (f"IgnoreUnknown {name} above it makes ssh skip it",) if config.kind == "ssh_config" else ()
    return finding._replace(label=remark, notes=() if right else excuse, fix=fix)


def _meant(name: str, config: Config) -> Meant:
    remark = _elsewhere(name, config)
    if remark or len(name) > LONGEST_NAME:
        return remark, ""
    from difflib import get_close_matches

    close = get_close_matches(name, config.known, 1, CLOSE)
    if not close:
        return NOTHING
    right = config.known[close[0]]
    writable = not right.state and right.type not in ("criteria", "patterns", "globs")
    return f"did you mean {right.name}?", right.name if writable else ""


def _elsewhere(name: str, config: Config) -> str:
    """Who knows the keyword, if anyone does."""
    known = [row for row in rows(config.kind) if row.name.lower() == name and not row.vendor]
    release = config.target.release
    later = [row.since for row in known if row.since > release]
    earlier = [row.until for row in known if row.until < release]
    if later:
        return f"known from OpenSSH {min(later)} on"
    if earlier:
        return f"known up to OpenSSH {max(earlier)}"
    if known:
        return f"{config.target.name} is built without it"
    return _at_a_vendor(name, config.kind) or _in_the_other_file(name, config.kind)


def _at_a_vendor(name: str, kind: Kind) -> str:
    theirs = [row for row in (*rows(kind), *vendor_rows(kind)) if row.name.lower() == name]
    vendors = {vendor for row in theirs if row.state != UNKNOWN for vendor in row.vendor.split()}
    return f"only known on {', '.join(sorted(VENDORS.get(v, v) for v in vendors))}" if vendors else ""


def _in_the_other_file(name: str, kind: Kind) -> str:
    other = OTHER[kind]
    return f"it belongs into {other}" if name in known_names(other) else ""


RULE = Rule(
    summary="a keyword that the target does not know",
    applies_to=("sshd_config", "ssh_config"),
    severity="error",
    check=check,
    references=("servconf.c and readconf.c, parse_token", "ssh_config(5), IgnoreUnknown"),
    examples=(
        Example("PermitRootLogn no\n", "PermitRootLogin no\n", kind="sshd_config", unsafe=True),
        Example("PermitRootLogin no\n", kind="sshd_config"),
        Example("PermitRootLogin yes\nPermitRootLogn no\n", hit=True, kind="sshd_config"),
        Example("RequiredRSASize 3072\n", hit=True, kind="sshd_config", target="openssh-9.0"),
        Example("RequiredRSASize 3072\n", kind="sshd_config", target="openssh-9.1"),
        Example("Host *\n  UseKeychain yes\n", hit=True, kind="ssh_config"),
        Example("IgnoreUnknown UseKeychain\nHost *\n  UseKeychain yes\n", kind="ssh_config"),
        Example("Host *\n  UseKeychain yes\n", kind="ssh_config", target="macos-15"),
    ),
)
