"""The profiles that come with sshkeep, described."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sshkeep.lint.guide import Control, Guide
from sshkeep.lint.own_rule import what_it_asks
from sshkeep.named import NamedTuple
from sshkeep.policy.profiles import profile_path

if TYPE_CHECKING:
    from sshkeep.output.json_reports.models import ShippedProfile


class Profile(NamedTuple):
    """A profile, the guide that it follows, and how many rules it selects; ``asks`` is by control."""

    name: str
    guide: Guide
    rules: int
    asks: tuple[str, ...]

    @property
    def sources(self) -> str:
        """The documents that it follows, with their versions."""
        return "; ".join(document.full_title for document in self.guide.documents)

    @property
    def checked(self) -> tuple[tuple[Control, str], ...]:
        """The controls that rules check, each with what it asks."""
        return tuple(pair for pair in zip(self.guide.controls, self.asks, strict=True) if pair[0].rules)

    @property
    def unchecked(self) -> tuple[Control, ...]:
        """The controls that nothing checks."""
        return tuple(control for control in self.guide.controls if not control.rules)

    def model(self) -> ShippedProfile:
        """The profile as plain data."""
        from sshkeep.output.json_reports import models

        controls = [
            models.GuideControl(
                control.title,
                dict(control.ids),
                list(control.kinds),
                control.level,
                asks,
                list(control.rules),
                control.unchecked,
            )
            for control, asks in zip(self.guide.controls, self.asks, strict=True)
        ]
        documents = [
            models.GuideDocument(each.name, each.title, each.version, each.source, list(each.targets))
            for each in self.guide.documents
        ]
        return models.ShippedProfile(
            self.name, self.sources, self.rules, self.guide.name, documents, controls
        )


def describe_profile(name: str) -> Profile:
    """A profile with the guide that it follows. Raises SshkeepError for a name that is none."""
    from sshkeep.lint.registry import all_rules
    from sshkeep.policy.load import load_policy

    path = profile_path(name)
    policy = load_policy(path)
    added = {each for layer in policy.layers(path) for each in layer.extend_select}
    guide = next(guide for guide in policy.guides if guide.profile == name)
    rules = {**all_rules(), **policy.own}
    asks = tuple(what_it_asks(control, rules) for control in guide.controls)
    return Profile(name, guide, len(policy.own) + len(added), asks)
