"""What one rule finds in a config, and whether its examples show the truth about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sshkeep.config.refusals import lines_refused_alone
from sshkeep.config.tree.config import Config
from sshkeep.errors import SshkeepError
from sshkeep.fix.left_out import NO_FIX
from sshkeep.fix.plan import FixPlan, plan_fixes
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.path_lookup import common_paths
from sshkeep.idle.session import Session, predict_session
from sshkeep.lint.finding import Finding
from sshkeep.lint.registry import all_rules
from sshkeep.lint.rule import PATH_TIMEOUT, Example, LoadedRule, OptionValue, RuleConfig
from sshkeep.lint.runner import run_rules
from sshkeep.lint.runner import session_findings as session_findings
from sshkeep.openssh.targets import NEWEST_TARGET
from sshkeep.testing.configs import Files, endpoint_with, tree_of
from sshkeep.trees.tree import Tree


def findings_of(
    loaded: LoadedRule, config: Config, options: Mapping[str, OptionValue] | None = None
) -> list[Finding]:
    """The rule's findings in the order of the files, less those that comments suppress.

    ``options`` are the rule's that are not as by default.
    """
    return run_rules(config, [loaded], {loaded.id: RuleConfig(options=options or {})})


def line_number(finding: Finding) -> int:
    """The number of the line that the finding is at; the first one is 1."""
    return finding.source.position(finding.span.start)[0]


def check_examples(loaded: LoadedRule) -> None:
    """Raises AssertionError for an example that is not true, and for a rule without a hit or a miss.

    The rule finds a hit and nothing else. The fix writes what the example has as ``after``; that has no
    finding of the rule, OpenSSH accepts it, and a second fix changes nothing. An ``unsafe`` fix is not
    made without being asked for.
    """
    examples = loaded.rule.examples
    for example in examples:
        _check_example(loaded, example)
    hits = [example for example in examples if is_hit(example)]
    if not hits:
        raise AssertionError(f"{loaded.id}: no example shows what the rule finds")
    if len(hits) == len(examples):
        raise AssertionError(f"{loaded.id}: no example shows what the rule accepts")


def _check_example(loaded: LoadedRule, example: Example) -> None:
    found = example_findings(loaded, example)
    if is_hit(example) and not found:
        raise _failure(loaded, example, "the rule finds nothing")
    if found and not is_hit(example):
        raise _failure(loaded, example, f"the rule finds {_listed(found)}")
    if example.after is not None:
        _check_fix(loaded, example, example.after)


def is_hit(example: Example) -> bool:
    """Whether the rule finds something in the example."""
    return example.hit or example.after is not None


def example_tree(loaded: LoadedRule, example: Example, changed: Mapping[str, bytes] | None = None) -> Tree:
    """The example's files as a config tree; ``changed`` are other contents, by whole path."""
    kind = example.kind or loaded.rule.applies_to[0]
    files: Files = {kind: example.before, **example.files, **(changed or {})}
    return tree_of(files, kind, example.target or NEWEST_TARGET, facts=example.facts)


def _check_fix(loaded: LoadedRule, example: Example, after: str) -> None:
    tree = example_tree(loaded, example)
    plan = _plan(loaded, example, tree, unsafe=example.unsafe)
    for finding in plan.left:
        if finding.rule == loaded.id and finding.notes and finding.notes[-1].startswith(NO_FIX):
            why = finding.notes[-1].removeprefix(NO_FIX)
            raise _failure(loaded, example, f"its fix can't be proven: {why}")
    written = plan.after.get(tree.name, example.before.encode()).decode()
    if written != after:
        raise _failure(loaded, example, f"its fix does not write the text after, but\n{_indented(written)}")
    if plan.left:
        raise _failure(loaded, example, f"its fix leaves {_listed(plan.left)}")
    refused = next(iter(lines_refused_alone(plan.config)), None)
    if refused:
        raise _failure(loaded, example, f"OpenSSH refuses {refused.directive.where} after its fix")
    if example.unsafe and _plan(loaded, example, tree, unsafe=False).after:
        raise _failure(loaded, example, "its fix is safe, but the example calls it unsafe")
    again = example_tree(loaded, example, plan.after)
    if _plan(loaded, example, again, unsafe=example.unsafe).after:
        raise _failure(loaded, example, "a second fix changes the text once more")


def _plan(loaded: LoadedRule, example: Example, tree: Tree, *, unsafe: bool) -> FixPlan:
    try:
        return plan_fixes(tree, [loaded], {loaded.id: RuleConfig(options=example.options)}, unsafe=unsafe)
    except SshkeepError as error:
        raise _failure(loaded, example, error.sentence) from error


def example_findings(loaded: LoadedRule, example: Example) -> list[Finding]:
    """What the rule reports on one of its examples."""
    if example.client is not None:
        return session_findings(_session(example, example.client), [loaded])
    # Among all rules: what one says may depend on what others find, as with unused suppressions.
    rules = [*({**all_rules(), loaded.id: loaded}).values()]
    config = example_tree(loaded, example).load()
    found = run_rules(config, rules, {loaded.id: RuleConfig(options=example.options)})
    return [finding for finding in found if finding.rule == loaded.id]


def _session(example: Example, client: str) -> Session:
    """The example's sshd_config and its client, on the path of its options."""
    target = example.target or NEWEST_TARGET
    timeout = example.options.get(PATH_TIMEOUT)
    paths = [NetworkPath("path", timeout, counts_kernel=True)] if isinstance(timeout, int) else common_paths()
    server, asking = endpoint_with("server", example.before, target), endpoint_with("client", client, target)
    return predict_session(server, asking, None, paths, path_given=timeout is not None)


def _failure(loaded: LoadedRule, example: Example, sentence: str) -> AssertionError:
    number = loaded.rule.examples.index(example) + 1
    return AssertionError(
        f"{loaded.id}, example {number}: {sentence}\nThe example:\n{_indented(example.before)}"
    )


def _listed(found: Sequence[Finding]) -> str:
    return ", ".join(f"{finding.message!r} in line {line_number(finding)}" for finding in found)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
