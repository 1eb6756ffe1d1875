"""How far OpenSSH itself gets: which refused lines it reports, and where it stops."""

from __future__ import annotations

from sshkeep.config.effective.conflicts import conflicts
from sshkeep.config.refusals import refused_lines, reported_by_openssh
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file import Directive
from sshkeep.lint.finding import Finding, Standing

Line = tuple[str, int]
"""Path, and number of the line from 1."""


class Told:
    """What OpenSSH tells of a tree that it refuses; ``last`` is what there is to say of its last line."""

    def __init__(self, standings: dict[Line, Standing], last: str) -> None:
        self.standings = standings
        self.last = last

    def marked(self, finding: Finding) -> Finding:
        """The finding with the standing of its line; with a note where OpenSSH stops before others."""
        number, _ = finding.source.position(finding.span.start)
        standing = self.standings.get((finding.source.path, number))
        if standing is None:
            return finding
        notes = (*finding.notes, self.last) if standing == "last" and self.last else finding.notes
        return finding._replace(refused=standing, notes=notes)


def told(config: Config) -> Told:
    """The standing of every refused line. What is only refused when all is read is refused at once."""
    refused = refused_lines(config)
    seen = reported_by_openssh(config, refused)
    at = [_line(refusal.directive) for refusal in refused]
    late = [_line(entry.directive) for entry, _ in conflicts(config)]
    standings: dict[Line, Standing] = dict.fromkeys((*at, *late), "hidden")
    lines = list(dict.fromkeys(at[: len(seen)])) or late[:1]
    standings.update(dict.fromkeys(lines, "reported"))
    standings.update(dict.fromkeys(lines[-1:], "last"))
    at_once = not seen or seen[-1].stops
    return Told(standings, _last(config.kind.removesuffix("_config"), len(lines), len(standings), at_once))


def _line(directive: Directive) -> Line:
    return directive.file.source.path, directive.number + 1


def _last(program: str, seen: int, every: int, at_once: bool) -> str:
    """What the last reported line is told, where it is not the only one that is refused."""
    if every < 2:
        return ""
    hidden = every - seen
    if hidden:
        where = "here" if at_once else "at the end of this file"
        return f"{program} stops {where} and says nothing of {hidden} more refused line{'s'[: hidden > 1]}"
    lines = "both" if every == 2 else f"all {every}"
    return f"{program} tells of {lines} refused lines and stops{' here' if at_once else ''}"
