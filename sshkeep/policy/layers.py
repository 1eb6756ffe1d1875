"""The layers of a policy: what each of its sections says about rules, targets and network paths."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.lint.rule import LoadedRule, Option, Wish
from sshkeep.lint.selection import Layer
from sshkeep.lint.suppression import BAD
from sshkeep.policy.model import Policy, PolicySection
from sshkeep.policy.network_paths import with_network_path
from sshkeep.policy.resolved_policy import PolicyLayer


def option_value(texts: Sequence[str], default: Option) -> Option | ValueError:
    """The option in the type of its default, or a ValueError that says why it can't be."""
    if isinstance(default, tuple):
        return tuple(texts)
    if len(texts) != 1:
        return ValueError("takes one value")
    if isinstance(default, str):
        return texts[0]
    if not (texts[0].isascii() and texts[0].isdigit() and len(texts[0]) < 10):
        return ValueError("must be a valid integer")
    return int(texts[0]) if int(texts[0]) > 0 else ValueError("must be 1 or more")


def policy_layers(
    policy: Policy, path: str, rules: Mapping[str, LoadedRule], paths: Mapping[str, NetworkPath]
) -> Iterator[PolicyLayer]:
    """The layer of the policy in the file ``path``, and then one for each of its overrides.

    ``rules`` and ``paths`` are all that there are; every name in the policy is known to be one of them.
    """
    folder = os.path.dirname(os.path.abspath(path))
    reason: dict[str, Wish] = {}
    if policy.suppressions:
        reason[BAD] = Wish(options={"reason": policy.suppressions.reason})
    main = PolicyLayer(_layer(policy, rules, reason), tuple(policy.target or ()))
    yield with_network_path(main, policy.path, paths, rules)
    for override in policy.overrides:
        layer = _layer(override, rules, {})
        some = PolicyLayer(layer, tuple(override.target or ()), tuple(override.files), folder)
        yield with_network_path(some, override.path, paths, rules)


def _layer(section: PolicySection, rules: Mapping[str, LoadedRule], wishes: dict[str, Wish]) -> Layer:
    for name, rule in section.rules.items():
        options = {
            key: value
            for key, texts in rule.__pydantic_extra__.items()
            if not isinstance(value := option_value(texts, rules[name].rule.options[key]), ValueError)
        }
        wishes[name] = Wish(rule.severity or "", {**wishes.get(name, Wish()).options, **options})
    return Layer(tuple(section.select or ()), tuple(section.extend_select), tuple(section.ignore), wishes)
