"""No line of an included file takes effect, because lines before its Include set the same options.

## Why

ssh and sshd keep the first value that they read. An Include at the end of a file only adds options that are
not set yet. Distributions put their Include at the top, so that a drop-in wins over the main file.

## How to fix it

Move the Include to the top of the file.

## When to ignore it

When the file contains only default values for what is not set above.
"""

from collections.abc import Iterator

from sshkeep.config.precedence.shadowed import without_effect
from sshkeep.lint import Config, Entry, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry, line_concern
from sshkeep.lint.rule import A_SHADOWED_LINE


def check(config: Config, options: Options) -> Iterator[Finding]:
    dead = {line.entry.directive: line for line in without_effect(config)}
    if not dead:
        return
    for include, path, lines in _included_files(config):
        found = [dead[line.directive] for line in lines if line.directive in dead]
        before = [w for line in found for w in line.winners if _stands_before(w.entry, include)]
        other = any(w.value != line.parsed.value for line in found for w in line.winners)
        if len(found) == len(lines) > 1 and other and len(before) == sum(len(f.winners) for f in found):
            name = path.rpartition("/")[2][-40:]
            yield at_entry(
                include, f"{name} is included too late: none of its {len(lines)} settings takes effect"
            )._replace(
                label="lines above this one set the same options",
                notes=("an Include at the top of the file lets the included file win",),
                concerns=tuple(line_concern(line) for line in lines),
            )


def _stands_before(winner: Entry, include: Entry) -> bool:
    return winner.directive.file is include.directive.file and winner.index < include.index


def _included_files(config: Config) -> Iterator[tuple[Entry, str, list[Entry]]]:
    """Each reading of an included file: the Include, the file's path, its lines that set something."""
    for visit in config.visits:
        if visit.first_entry == visit.end_entry or visit.first_entry == 0:
            continue
        entries = config.entries[visit.first_entry : visit.end_entry]
        file = entries[0].directive.file
        include = _include_before(visit.first_entry, config)
        if include is None or file.source.path in config.tops:
            continue
        lines = [entry for entry in entries if entry.directive.file is file and _sets_option(entry)]
        if lines:
            yield include, file.source.path, lines


def _sets_option(entry: Entry) -> bool:
    return entry.keyword is not None and entry.keyword.type.sets_option


def _include_before(place: int, config: Config) -> Entry | None:
    """The Include that led to the file whose first entry has this place: files read before it lie between."""
    starts = {
        visit.end_entry: visit.first_entry for visit in config.visits if visit.first_entry < visit.end_entry
    }
    while place > 0:
        before = config.entries[place - 1]
        if place in starts and starts[place] < place and not _is_include(before):
            place = starts[place]
        else:
            return before if _is_include(before) else None
    return None


def _is_include(entry: Entry) -> bool:
    return entry.keyword is not None and entry.keyword.type.is_include


RULE = Rule(
    summary="an included file of which no line takes effect",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    explains=("block-too-late", "never-in-effect", "keepalive-shadowed"),
    only_with=(A_SHADOWED_LINE,),
    references=("sshd_config(5), Include", "ssh_config(5), Include"),
    examples=(
        Example(
            "X11Forwarding yes\nMaxAuthTries 6\nInclude /etc/ssh/sshd_config.d/*.conf\n",
            hit=True,
            kind="sshd_config",
            files={"sshd_config.d/hardening.conf": "X11Forwarding no\nMaxAuthTries 3\n"},
        ),
        Example(
            "MaxAuthTries 6\nInclude /etc/ssh/sshd_config.d/*.conf\n",
            kind="sshd_config",
            files={"sshd_config.d/hardening.conf": "X11Forwarding no\nMaxAuthTries 3\n"},
        ),
    ),
)
