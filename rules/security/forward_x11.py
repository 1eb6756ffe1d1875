"""Every server that you log in to can see your screen and what you type: ForwardX11 is on for all hosts.

## Why

While you are logged in, root on the server has access to your display. With ForwardX11Trusted (`ssh -Y`;
Debian's default) nothing limits it: it can read the keyboard, send keys and take pictures. Without it, the
X server's SECURITY extension limits it to its own windows for 20 minutes. The rule skips a Host block for
certain hosts.

## How to fix it

The fix sets ForwardX11 no. It is unsafe: graphical programs over SSH then need `ssh -X`.

## When to ignore it

When all hosts in this file are trusted.
"""

from collections.abc import Iterator

from sshkeep.config.precedence.global_value import global_value
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_word

ON = weak_word(
    "ForwardX11",
    {"yes": Weakness("every server you log in to reaches your display", "X11 is forwarded to all of them")},
    "no",
    in_blocks=False,
)


def check(config: Config, options: Options) -> Iterator[Finding]:
    for finding in ON(config, options):
        if global_value("forwardx11trusted", config).value == "yes":
            finding = finding._replace(
                message="every server you log in to can see your screen and what you type",
                notes=("ForwardX11Trusted is yes: nothing holds the server's programs back",),
            )
        yield finding


RULE = Rule(
    summary="ForwardX11 is on for every host",
    applies_to=("ssh_config",),
    severity="warning",
    check=check,
    references=("dev-sec ssh-baseline 2.8.1, ssh-12", "ssh_config(5), ForwardX11 and ForwardX11Trusted"),
    examples=(
        Example("Host *\n  ForwardX11 yes\n", "Host *\n  ForwardX11 no\n", unsafe=True),
        Example("Host lab\n  ForwardX11 yes\n"),
        Example("Host *\n  ForwardX11 no\n"),
    ),
)
