"""Write and check a policy, sshkeep.yaml."""

import os
from typing import Annotated

from sshkeep.cli import options
from sshkeep.cli.declarations import CommandArgument, CommandOption
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.messages import print_notes
from sshkeep.cli.output import OutputWriter
from sshkeep.errors import SshkeepError
from sshkeep.lint.registry import rules_in
from sshkeep.output.terminal import safe
from sshkeep.policy.find import POLICY_NAME, policies_beside, policy_above, why_untrusted

PolicyPath = Annotated[str, CommandArgument(metavar="[FILE]", help="The policy; sshkeep.yaml here.")]
Targets = Annotated[
    list[str] | None, CommandOption("--target", metavar="NAME", help="What configs are read for; repeatable.")
]
Extend = Annotated[
    list[str] | None,
    CommandOption("--extend", metavar="NAME", help="A profile or a policy file to build on."),
]


def init(
    path: PolicyPath = POLICY_NAME,
    target: Targets = None,
    extend: Extend = None,
    extend_select: options.ExtendSelect = None,
    ignore: options.Ignore = None,
) -> Exit:
    """Write a commented policy. With options, put them into one that is there, and keep its comments."""
    from sshkeep.policy.edit import PolicyEdits, edit_policy
    from sshkeep.policy.template import create_policy

    wanted = PolicyEdits(*map(tuple, map(options.names, (target, extend, extend_select, ignore))))
    if path.endswith(".toml"):
        raise SshkeepError(
            f"{path} is TOML, and `policy init` writes YAML", "write the table [tool.sshkeep] by hand"
        )
    there = os.path.lexists(path)
    if there and not any(wanted):
        raise SshkeepError(f"{path} exists already", "options such as --target debian-12 are put into it")
    done = "written"
    if there:
        done = "changed" if edit_policy(path, wanted) else "nothing to do"
    else:
        create_policy(path, wanted)
    with OutputWriter(None) as writer:
        writer.lines([safe(f"{path}: {done}")])
    return Exit.FINE


def check(
    path: Annotated[
        str | None, CommandArgument(metavar="[FILE]", help="The policy; none: the one here or above.")
    ] = None,
    rules: options.RulesFolder = None,
) -> Exit:
    """Report what is wrong with a policy. Exit 0: it is valid; 1: it is not; 2: it can't be read."""
    from sshkeep.policy.load import load_policy
    from sshkeep.policy.problems import InvalidPolicy

    foreign = rules_in(rules) if rules else {}
    above = None if path else policy_above(POLICY_NAME)
    found = path or (os.path.relpath(above) if above else "")
    if not found:
        raise SshkeepError(
            f"no {POLICY_NAME}, and no pyproject.toml with [tool.sshkeep], is here or above",
            "`sshkeep policy init` writes one",
        )
    with OutputWriter(None) as writer:
        try:
            ruling = load_policy(found, foreign)
        except InvalidPolicy as error:
            writer.lines(safe(str(problem)) for problem in error.problems)
            return Exit.FOUND
        own = f"{len(ruling.own)} own rule{'' if len(ruling.own) == 1 else 's'}"
        writer.lines([safe(f"{found}: valid, {own}")])
    why = why_untrusted(found)
    print_notes([f"it counts only where --policy names it, since {why}"] if why else [])
    print_notes(policies_beside(found) if above else [])
    return Exit.FINE


COMMANDS = (init, check)
