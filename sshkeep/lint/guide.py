"""Guides that policies follow, such as a CIS benchmark: their documents, controls, and what checks these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile

from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import Target


class Edition(NamedTuple):
    """One edition of a guide; ``source`` is where its numbers were read.

    ``targets`` are those that it is about, such as ``rhel-9`` for all of its releases; empty for every one.
    """

    name: str
    title: str
    version: str
    source: str
    targets: tuple[str, ...] = ()

    @property
    def full_title(self) -> str:
        return f"{self.title} {self.version}"


class Control(NamedTuple):
    """What a guide asks. ``ids`` are its numbers by document, ``rules`` what checks it.

    ``unchecked`` is why nothing does. ``keywords`` and ``asks`` are given where the rules are built-in ones;
    of own rules they are known, and ``asks`` is given to say it better.
    """

    title: str
    ids: Mapping[str, str]
    kinds: tuple[Kind, ...]
    rules: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    asks: str = ""
    level: str = ""
    unchecked: str = ""


class Guide(NamedTuple):
    """``profile`` is the name of the policy that follows the guide, ``name`` the guide's own."""

    profile: str
    name: str
    documents: tuple[Edition, ...]
    controls: tuple[Control, ...]

    def documents_for(self, target: Target) -> tuple[Edition, ...]:
        """The documents that hold for a target: those for every one, and of the others the nearest."""
        special = [document for document in self.documents if document.targets]
        nearest = min(special, key=lambda document: _distance(document, target), default=None)
        return tuple(each for each in self.documents if not each.targets or each is nearest)

    def refs(self, rule: str, kind: Kind, target: Target) -> Iterator[ControlRef]:
        """The controls that ask for what a rule reports.

        Where no document for the target has the control, the first one that has it is named.
        """
        documents = self.documents_for(target)
        for control in self.controls:
            if rule not in control.rules or kind not in control.kinds:
                continue
            holding = [each for each in documents if each.name in control.ids]
            other = next(each for each in self.documents if each.name in control.ids)
            for document in holding or [other]:
                number = control.ids[document.name]
                text = f"{self.name} {number}" if holding else f"{self.name} {number} for {document.name}"
                yield ControlRef(self.profile, number, document.full_title, text)

    @staticmethod
    def is_about(document: Edition, target: Target) -> bool:
        """Whether the target is one of the document's."""
        return _distance(document, target) == (0, 0)


class ControlRef(NamedTuple):
    """The number of a control in one document. ``text`` is for people, such as ``CIS 5.1.7``."""

    profile: str
    id: str
    document: str
    text: str


def _distance(document: Edition, target: Target) -> tuple[int, int]:
    """0 for a document about the target; then by its system, and the difference of the versions."""
    system, version = _system(target.name)
    distances = []
    for each in document.targets:
        own_system, own_version = _system(each)
        if own_system != system:
            distances.append((2, 0))
        elif version == own_version or version.startswith(f"{own_version}."):
            distances.append((0, 0))
        else:
            distances.append((1, abs(_number(version) - _number(own_version))))
    return min(distances)


def _system(target: str) -> tuple[str, str]:
    """System and version of a target's name; what is built as RHEL is, counts as RHEL."""
    from sshkeep.openssh.distributions import SAME_AS

    system, _, version = target.replace("centos-stream-", "rhel-").partition("-")
    return SAME_AS.get(system, system), version


def _number(version: str) -> int:
    return int("".join(takewhile(str.isdigit, version)) or "0")
