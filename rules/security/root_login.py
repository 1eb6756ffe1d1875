"""root can log in over SSH, with a password or with a key.

## Why

With `PermitRootLogin yes`, one guessed password gives the whole machine, and root is the one account name
that every attacker knows. With prohibit-password, OpenSSH's default, root needs a key; but the log shows
only which key became root, not which person. With forced-commands-only, root's keys can run only their own
commands.

The guides disagree: CIS, DISA and Mozilla ask for no; dev-sec and Lynis accept prohibit-password. So
prohibit-password is an info, and yes is an info where passwords are off and a warning otherwise. The rule
reports nothing where AllowUsers and similar options keep root out.

## How to fix it

The fix sets PermitRootLogin no. It is unsafe: if root is the only account, nobody can log in afterwards.

## When to ignore it

When automation needs root with a key. Then forced-commands-only is better.
"""

from collections.abc import Iterator

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.precedence.global_value import global_value
from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.lint import Block, Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import in_short
from sshkeep.lint.checks.weak_values import Weakness, weak_word
from sshkeep.openssh.patterns import match_list, match_pattern

KEY = Weakness(
    "root can log in with a key", "the log shows only which key became root, not who", severity="info"
)


def shut_out(block: Block | None, config: Config) -> bool:
    """Whether lists of users or groups keep root out, or may do so: which groups root is in is not known."""
    users = _listed("allowusers", block, config)
    if users and not any(match_pattern("root", user.partition("@")[0]) for user in users):
        return True
    groups = _listed("allowgroups", block, config)
    if groups and not match_list("root", groups):
        return True
    return "root" in (*_listed("denyusers", block, config), *_listed("denygroups", block, config))


def _listed(option: str, block: Block | None, config: Config) -> tuple[str, ...]:
    """The list that holds where ``block`` applies, or for everyone."""
    value = value_in_block(option, block, config).value
    return tuple(member for member in value if isinstance(member, str)) if isinstance(value, tuple) else ()


ROOT = weak_word(
    "PermitRootLogin",
    {
        "yes": Weakness(
            "root can log in, with a password too",
            "one guessed password is the whole machine",
            degree=2,
        ),
        "prohibit-password": KEY,
    },
    "no",
    unless=shut_out,
)


def check(config: Config, options: Options) -> Iterator[Finding]:
    for finding in ROOT(config, options):
        if "password" not in finding.message or _passwords(config):
            yield finding
        else:
            block = f" ({in_short(finding.block)})" if finding.block else ""
            yield finding._replace(message=f"{KEY.message}{block}", label=KEY.label, severity=KEY.severity)


def _passwords(config: Config) -> bool:
    """Whether a password alone is enough to log in; keyboard-interactive asks for one through PAM."""
    methods = [parsed.value for _, parsed in accepted_lines("authenticationmethods", config)]
    if methods and all(isinstance(lists, tuple) and not any(map(_guessed, lists)) for lists in methods):
        everyone = global_value("authenticationmethods", config)
        if everyone.entry is not None:
            return False
    names = ["passwordauthentication"]
    if global_value("usepam", config).value == "yes":
        names.append("kbdinteractiveauthentication")
    return any(_may_be_on(name, config) for name in names)


def _guessed(methods: str) -> bool:
    """Whether a list of AuthenticationMethods can be passed by guessing alone."""
    guessed = ("any", "password", "keyboard-interactive")
    return all(method.partition(":")[0] in guessed for method in methods.split(","))


def _may_be_on(option: str, config: Config) -> bool:
    lines = accepted_lines(option, config)
    if not lines and option.startswith("kbd"):
        lines = accepted_lines("challengeresponseauthentication", config)
    values = [parsed.value for _, parsed in lines]
    off = values and all(value == "no" for value in values)
    return not (off and any(universal(entry.block, config.target.release) for entry, _ in lines))


RULE = Rule(
    summary="root can log in over SSH",
    applies_to=("sshd_config",),
    severity="warning",
    check=check,
    references=(
        "CIS Debian 12 v2.0.0, 5.1.20",
        "DISA STIG RHEL 9 V2R9, RHEL-09-255045",
        "Mozilla OpenSSH guidelines, Modern",
        "dev-sec ssh-baseline 2.8.1, sshd-06 (prohibit-password is fine)",
        "Lynis SSH-7408, PermitRootLogin (prohibit-password is fine)",
    ),
    examples=(
        Example("PermitRootLogin yes\n", "PermitRootLogin no\n", unsafe=True),
        Example("PermitRootLogin no\n"),
        Example("PermitRootLogin forced-commands-only\n"),
        Example("PermitRootLogin yes\nAllowUsers ann bob\n"),
        Example("PermitRootLogin yes\nAllowUsers ann root\n", hit=True),
        Example("PermitRootLogin yes\nMatch Address 192.0.2.0/24\n    AllowUsers ann bob\n", hit=True),
        Example("PermitRootLogin yes\nPasswordAuthentication no\nUsePAM no\n", hit=True),
        Example("Port 22\n", "Port 22\nPermitRootLogin no\n", unsafe=True),
        Example(
            "PermitRootLogin no\nMatch Address 10.0.0.0/8\n    PermitRootLogin yes\n",
            "PermitRootLogin no\nMatch Address 10.0.0.0/8\n    PermitRootLogin no\n",
            unsafe=True,
        ),
    ),
)
