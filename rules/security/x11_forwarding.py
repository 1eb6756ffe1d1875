"""An attacker on the server can read the keyboard and the screen of users who forward X11 to it.

## Why

With `X11Forwarding yes`, users can show windows of X11 programs at home. Anyone who can read the user's
files on the server can then use the user's own display: see what the user types, and take pictures of the
screen. With `X11UseLocalhost no`, the display also listens on the network, and only its cookie keeps others
out. X11Forwarding is off by default, and on in the stock files of Debian, Ubuntu, RHEL and Fedora.

## How to fix it

The fix sets X11Forwarding no. It is unsafe: graphical programs over SSH stop working.

## When to ignore it

When users need graphical programs on this server.
"""

from collections.abc import Iterator

from sshkeep.config.precedence.global_value import global_value
from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.forwarding import all_disabled
from sshkeep.lint.checks.weak_values import Weakness, weak_word

FORWARDING = weak_word(
    "X11Forwarding",
    {
        "yes": Weakness(
            "anyone who controls this server can watch its users' screens",
            "X11 windows are sent to the user",
        )
    },
    "no",
    unless=all_disabled,
)
LOCALHOST = weak_word(
    "X11UseLocalhost",
    {"no": Weakness("forwarded displays can be reached from the network", "only a cookie keeps others out")},
    "yes",
    unless=lambda block, config: (
        all_disabled(block, config) or value_in_block("x11forwarding", block, config).value != "yes"
    ),
)


def check(config: Config, options: Options) -> Iterator[Finding]:
    yield from FORWARDING(config, options)
    if global_value("x11uselocalhost", config).entry is not None:
        yield from LOCALHOST(config, options)


RULE = Rule(
    summary="X11Forwarding is on",
    applies_to=("sshd_config",),
    severity="warning",
    check=check,
    references=(
        "DISA STIG RHEL 9 V2R9, RHEL-09-255155 and RHEL-09-255175",
        "CIS Debian 12 v2.0.0, 5.1.8 (DisableForwarding)",
        "dev-sec ssh-baseline 2.8.1, sshd-42 and sshd-43",
        "Lynis SSH-7408, X11Forwarding",
        "sshd-lint 1.3.0, rule 20",
    ),
    examples=(
        Example("X11Forwarding yes\n", "X11Forwarding no\n", unsafe=True),
        Example("X11Forwarding no\n"),
        Example("X11Forwarding yes\nDisableForwarding yes\n"),
        Example("Port 22\n"),
        Example(
            "X11Forwarding no\nMatch User a\n  X11Forwarding yes\n",
            "X11Forwarding no\nMatch User a\n  X11Forwarding no\n",
            unsafe=True,
        ),
    ),
)
