"""Sessions that an attacker records today can be read when there is a quantum computer.

## Why

Such a computer breaks the key exchanges with curves and groups, also for recorded sessions. OpenSSH has
hybrid methods against it: sntrup761x25519-sha512 from 8.5 and mlkem768x25519-sha256 from 9.9 on. They come
first in the defaults from 9.0 and 10.0 on. A KexAlgorithms line from an older guide, such as Mozilla's,
removes them. From 10.1 on, ssh warns about such servers.

The rule looks at the effective list. A default without these methods (8.5 to 8.8) is an info. CIS Debian 13
and ssh-audit ask for these methods; CIS Ubuntu 22.04, DISA and Mozilla do not list them.

## How to fix it

The fix puts the methods of the target in front. It is unsafe, as for all algorithms: some firewalls can't
handle the larger packets.

## When to ignore it

When a recorded session has no value in ten years.
"""

from collections.abc import Iterator

from sshkeep.edit.intents import SetGlobal
from sshkeep.lint import Config, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, global_value_concern, missing_position
from sshkeep.lint.checks.weak_algorithms import EffectiveList, global_list
from sshkeep.openssh.algorithms.flaws import POST_QUANTUM

KEYWORD = "KexAlgorithms"


def check(config: Config, options: Options) -> Iterator[Finding]:
    from sshkeep.openssh.algorithms.names import supported

    everyone = global_list(KEYWORD.lower(), config)
    has = [name for name in POST_QUANTUM if name in supported("kex", config.target)]
    if everyone is None or not has or not everyone[0].names:
        return
    made, entry = everyone
    if any(name in POST_QUANTUM for name in made.names):
        return
    message = "sessions recorded today can be read with a quantum computer later"
    if entry is not None:
        finding = at_entry(entry, message)._replace(label="no key exchange in this list is safe against it")
    else:
        source, span = missing_position(KEYWORD, config)
        label = f"not set: no key exchange in {config.target.name}'s default is safe against it"
        finding = Finding(message, source, span, KEYWORD, label=label, severity="info")
    better = _in_front(has[:2], made)
    fix = Fix(f"{' and '.join(has[:2])} in front", "unsafe", (SetGlobal(KEYWORD, (better,)),))
    yield finding._replace(fix=fix, concerns=(global_value_concern(KEYWORD),))


def _in_front(names: list[str], made: EffectiveList) -> str:
    """The default with the names in front follows later releases; any other list is written out."""
    return "^" + ",".join(names) if not made.text else ",".join([*names, *made.names])


RULE = Rule(
    summary="KexAlgorithms has no method that is safe against quantum computers",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    references=(
        "CIS Debian 13 v1.0.0, 5.1.13",
        "ssh-audit 3.3.0, Hardened Debian 13 and Ubuntu 26.04 policies",
        "dev-sec ssh-baseline 2.8.1, sshd-02",
        "myproposal.h of 8.5, 9.0, 9.9 and 10.0",
    ),
    examples=(
        Example(
            "KexAlgorithms curve25519-sha256\n",
            "KexAlgorithms mlkem768x25519-sha256,sntrup761x25519-sha512,curve25519-sha256\n",
            kind="sshd_config",
            unsafe=True,
        ),
        Example("KexAlgorithms mlkem768x25519-sha256,curve25519-sha256\n", kind="sshd_config"),
        Example("KexAlgorithms curve25519-sha256\n", kind="sshd_config", target="openssh-8.4"),
        Example("Port 22\n", kind="sshd_config"),
        Example(
            "Port 22\n",
            "Port 22\nKexAlgorithms ^sntrup761x25519-sha512@openssh.com\n",
            kind="sshd_config",
            target="openssh-8.8",
            unsafe=True,
        ),
        Example(
            "Host *\n  KexAlgorithms curve25519-sha256\n",
            "Host *\n  KexAlgorithms mlkem768x25519-sha256,sntrup761x25519-sha512,curve25519-sha256\n",
            kind="ssh_config",
            unsafe=True,
        ),
    ),
)
