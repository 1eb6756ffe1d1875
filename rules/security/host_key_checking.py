"""ssh logs in to a machine with an unknown or changed key: it does not notice an attacker in between.

## Why

With `StrictHostKeyChecking no`, ssh accepts a new key without a question. If a known key has changed, it
only prints a warning; it then does not use passwords and forwarding, but keys. With `UserKnownHostsFile
/dev/null`, ssh remembers no key, so each connection is like the first one. Both are often copied together
to avoid a question.

The rule reports settings for all hosts and in a Host block, but not for localhost. It accepts accept-new,
which accepts new keys and refuses changed ones, and is a fair choice for scripts (dev-sec asks for ask or
yes).

## How to fix it

The fix sets ask, or ~/.ssh/known_hosts. It is unsafe: scripts without a user stop at the question.

## When to ignore it

For machines that are created again and again on your own computer, such as virtual machines for tests.
"""

from collections.abc import Iterator

from sshkeep.config.blocks.criteria import HOST_LINE, BadCriteria, parse_criteria
from sshkeep.lint import Block, Config, Example, Finding, Fix, Options, Related, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_value, weak_word
from sshkeep.openssh.values.arguments import Value

LOOPBACK = ("localhost", "127.", "::1")


def loopback(block: Block | None, config: Config) -> bool:
    """Whether the block is a Host line of nothing but names and addresses of this machine."""
    if block is None:
        return False
    try:
        criteria = parse_criteria(block)
    except BadCriteria:
        return True
    if len(criteria) != 1 or criteria[0].name != HOST_LINE:
        return False
    return all(pattern.startswith(LOOPBACK) for pattern in criteria[0].patterns)


def forgets(value: Value, config: Config, options: Options) -> Weakness | None:
    if not isinstance(value, tuple) or any(path not in ("/dev/null", "none") for path in value):
        return None
    return Weakness("ssh forgets servers' keys, so a false server is not noticed", "ssh remembers no key")


CHECKS = (
    weak_word(
        "StrictHostKeyChecking",
        {
            "no": Weakness(
                "ssh connects to a false server without asking", "ssh accepts unknown and changed keys"
            )
        },
        "ask",
        unless=loopback,
    ),
    weak_value("UserKnownHostsFile", forgets, "~/.ssh/known_hosts", unless=loopback),
)


def check(config: Config, options: Options) -> Iterator[Finding]:
    """One finding for a block that does both."""
    found: dict[tuple[str, str], Finding] = {}
    for each in CHECKS:
        for finding in each(config, options):
            place = finding.source.path, finding.block
            found[place] = _both(found[place], finding) if place in found else finding
    yield from found.values()


def _both(first: Finding, second: Finding) -> Finding:
    where = Related(second.source, second.span, f"and {second.label}")
    fix = first.fix
    if fix and second.fix:
        fix = Fix(f"{fix.title}, {second.keyword} too", "unsafe", (*fix.intents, *second.fix.intents))
    return first._replace(related=(where,), fix=fix, concerns=(*first.concerns, *second.concerns))


RULE = Rule(
    summary="host keys are not checked, or forgotten",
    applies_to=("ssh_config",),
    severity="warning",
    check=check,
    references=(
        "dev-sec ssh-baseline 2.8.1, ssh-07",
        "ssh_config(5), StrictHostKeyChecking and UserKnownHostsFile",
    ),
    examples=(
        Example("Host *\n  StrictHostKeyChecking no\n", "Host *\n  StrictHostKeyChecking ask\n", unsafe=True),
        Example("Host *\n  StrictHostKeyChecking accept-new\n"),
        Example(
            "Host lab\n  UserKnownHostsFile /dev/null\n",
            "Host lab\n  UserKnownHostsFile ~/.ssh/known_hosts\n",
            unsafe=True,
        ),
        Example("Host lab\n  UserKnownHostsFile ~/.ssh/known_hosts_lab\n"),
        Example(
            "Host lab\n  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n",
            "Host lab\n  StrictHostKeyChecking ask\n  UserKnownHostsFile ~/.ssh/known_hosts\n",
            unsafe=True,
        ),
        Example("Host localhost 127.0.0.1\n  StrictHostKeyChecking no\n"),
    ),
)
