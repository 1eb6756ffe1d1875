"""The layers of a policy: what each of its sections sets for rules, targets and network paths."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.lint.rule import LoadedRule, OptionValue, RuleConfig
from sshkeep.lint.selection import Layer
from sshkeep.lint.suppression import BAD_SUPPRESSION
from sshkeep.policy.model import Policy, PolicySection
from sshkeep.policy.network_paths import with_network_path
from sshkeep.policy.resolved_policy import PolicyLayer
from sshkeep.trees.path_patterns import PathPattern
from sshkeep.trees.search import PolicyExcludes


def option_value(texts: Sequence[str], default: OptionValue) -> OptionValue | ValueError:
    """The option in the type of its default, or a ValueError with the reason."""
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
    reason: dict[str, RuleConfig] = {}
    if policy.suppressions:
        reason[BAD_SUPPRESSION] = RuleConfig(options={"reason": policy.suppressions.reason})
    main = PolicyLayer(_layer(policy, rules, reason), tuple(policy.target or ()))
    yield with_network_path(main, policy.path, paths, rules)
    for override in policy.overrides:
        layer = _layer(override, rules, {})
        some = PolicyLayer(layer, tuple(override.target or ()), tuple(override.files), folder)
        yield with_network_path(some, override.path, paths, rules)


def policy_excludes(policy: Policy, path: str, extended: Sequence[PolicyExcludes]) -> PolicyExcludes:
    """What a search leaves out by the policy in the file ``path``, which extends others."""
    folder = os.path.dirname(os.path.abspath(path))

    def patterns(texts: Sequence[str]) -> tuple[PathPattern, ...]:
        return tuple(PathPattern(text, folder, f"by {path}") for text in texts)

    replaced = [each.exclude for each in extended if each.exclude is not None]
    exclude = patterns(policy.exclude) if policy.exclude is not None else next(reversed(replaced), None)
    more = tuple(each for one in extended for each in one.extend_exclude)
    return PolicyExcludes(exclude, (*more, *patterns(policy.extend_exclude)))


def _layer(
    section: PolicySection, rules: Mapping[str, LoadedRule], rule_configs: dict[str, RuleConfig]
) -> Layer:
    for name, rule in section.rules.items():
        options = {
            key: value
            for key, texts in rule.__pydantic_extra__.items()
            if not isinstance(value := option_value(texts, rules[name].rule.options[key]), ValueError)
        }
        rule_configs[name] = RuleConfig(
            rule.severity or "", {**rule_configs.get(name, RuleConfig()).options, **options}
        )
    return Layer(
        tuple(section.select or ()), tuple(section.extend_select), tuple(section.ignore), rule_configs
    )
