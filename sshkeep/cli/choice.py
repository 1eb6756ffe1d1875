"""Which rules are run and how: the command line, over the policy, over what is built in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sshkeep.cli.options import names
from sshkeep.lint.registry import chosen_rules
from sshkeep.lint.rule import LoadedRule, Wish


class Choice(NamedTuple):
    """The rules to run, what is wished of them, and the target's name."""

    rules: list[LoadedRule]
    wishes: Mapping[str, Wish]
    target: str


def choice(
    policy_file: str | None,
    target: str,
    select: list[str] | None,
    extend_select: list[str] | None,
    ignore: list[str] | None,
) -> Choice:
    """Raises SshkeepError for names that are none, and for a policy that is not valid."""
    if policy_file is None:
        return Choice(chosen_rules(names(select), names(extend_select), names(ignore)), {}, target)
    from sshkeep.policy.load import load_policy

    policy = load_policy(policy_file)
    rules = chosen_rules(
        names(select) or policy.select,
        policy.extend_select + names(extend_select),
        policy.ignore + names(ignore),
    )
    return Choice(rules, policy.wishes(), policy.target if target == "auto" else target)
