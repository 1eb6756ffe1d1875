"""Which findings are not told, since a comment says so; and what is wrong with such comments."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file import File
from sshkeep.lint.comments import NO_SUCH_FORM, Comment, comments_in, names_of
from sshkeep.lint.finding import Finding
from sshkeep.syntax.source import Span

BAD = "bad-suppression"
UNUSED = "unused-suppression"
"""The rules under whose names these comments are judged."""

MOST_NAMES = 100
"""Of more names that are none, nothing is guessed: looking for likenesses takes time."""

FORM = "write it as # sshkeep: ignore[rule-id] reason"


class Suppressions:
    """The comments of all files of one tree, and which of them were of use."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.comments = [comment for file in config.files.values() for comment in comments_in(file)]
        self.by_rule: dict[tuple[str, str, str], list[Comment]] = {}
        """By path, rule and reach, in the order of lines."""
        self.used: set[tuple[int, str]] = set()
        self.missing: set[tuple[str, str]] = set()
        """Path and rule of what was found missing."""
        self.near: dict[str, str] = {}
        """What names that are none may have been meant for."""
        self.hidden = 0
        """How many findings that OpenSSH itself does not tell of were suppressed."""
        for comment, rule in names_of(self.comments):
            self.by_rule.setdefault((comment.file.source.path, rule, comment.reach), []).append(comment)

    def over(self, finding: Finding) -> Comment | None:
        """The comment that suppresses the finding; what is missing (an empty span) only ignore-file does."""
        if not self.by_rule:
            return None
        number = finding.source.position(finding.span.start)[0] - 1
        missing = finding.span.start == finding.span.end
        if missing:
            self.missing.add((finding.source.path, finding.rule))
        for reach in ("ignore-file",) if missing else ("ignore", "ignore-block", "ignore-file"):
            comments = self.by_rule.get((finding.source.path, finding.rule, reach), [])
            comment = _nearest(comments, number) if reach == "ignore" else _around(comments, number)
            if comment:
                self.used.add((id(comment), finding.rule))
                self.hidden += finding.refused is None
                return comment
        return None

    def findings(self, known: Collection[str], run: Collection[str], *, reason: bool) -> Iterator[Finding]:
        """What is wrong with the comments.

        ``known`` are the ids of all rules; those in ``run`` were asked, so that a comment for one of them
        is of use or not. ``reason`` is whether each has to tell one.
        """
        for comment in self.comments:
            yield from self._bad(comment, known, reason)
        if UNUSED not in run or self.config.unread:
            return
        for comment, rule in names_of(self.comments):
            of_use = (id(comment), rule) in self.used
            if rule in run and rule not in (BAD, UNUSED) and not of_use:
                yield self._unused(comment, rule)

    def _bad(self, comment: Comment, known: Collection[str], reason: bool) -> Iterator[Finding]:
        if comment.wrong:
            label = FORM if comment.wrong != NO_SUCH_FORM else f"{FORM}, or ignore-block, ignore-file"
            yield _finding(comment, BAD, f"this comment suppresses nothing: {comment.wrong}", label)
        for rule in dict.fromkeys(comment.rules):
            if rule not in known:
                problem = f"no rule is called {rule[:40]}"
                yield _finding(
                    comment, BAD, f"this comment suppresses nothing: {problem}", self._near(rule, known)
                )
        if reason and comment.rules and not comment.reason:
            yield _finding(comment, BAD, "the policy wants a reason behind the bracket", FORM)

    def _near(self, name: str, known: Collection[str]) -> str:
        from difflib import get_close_matches

        if name not in self.near:
            close = get_close_matches(name[:60], known, 1, 0.7) if len(self.near) < MOST_NAMES else []
            self.near[name] = f"did you mean {close[0]}?" if close else "`sshkeep rule` lists the rules"
        return self.near[name]

    def _unused(self, comment: Comment, rule: str) -> Finding:
        finding = _finding(
            comment, UNUSED, f"this comment suppresses nothing: {rule} has nothing to say here", ""
        )
        if comment.reach == "ignore-file" or (comment.file.source.path, rule) not in self.missing:
            return finding
        return finding._replace(notes=("what is missing has no line: write ignore-file",))


def _nearest(comments: list[Comment], number: int) -> Comment | None:
    """The last comment above line ``number``, if it reaches down to it."""
    place = bisect_left(comments, number, key=lambda comment: comment.number) - 1
    return comments[place] if place >= 0 and number <= comments[place].last else None


def _around(comments: list[Comment], number: int) -> Comment | None:
    """The blocks of comments in their order don't overlap, but for those of the same block."""
    place = bisect_left(comments, number + 1, key=lambda comment: comment.first) - 1
    return comments[place] if place >= 0 and number <= comments[place].last else None


def _finding(comment: Comment, rule: str, message: str, label: str) -> Finding:
    file: File = comment.file
    raw = file.source.lines[comment.number]
    at = file.source.start(comment.number)
    span = Span(at + comment.start, at + len(raw.rstrip(b" \t\r\n\f")))
    return Finding(message, file.source, span, label=label, rule=rule)
