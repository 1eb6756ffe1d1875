"""Keys can prove their identity with a signature that can be forged.

## Why

ssh-rsa is RSA with SHA-1, for which attackers can make collisions. ssh-dss is DSA with 1024 bits and SHA-1.
Only the signature is weak: the same RSA key also signs with rsa-sha2-512. The rule looks at the effective
lists, with + - ^ applied to the target's default: HostKeyAlgorithms (the server's key),
PubkeyAcceptedAlgorithms (users' keys), HostbasedAcceptedAlgorithms and CASignatureAlgorithms.

ssh-rsa was in the default up to 8.7; an unchanged default is an info. Lines such as
`PubkeyAcceptedAlgorithms +ssh-rsa` came with the upgrade to 8.8.

## How to fix it

The fix removes them. It is unsafe: devices without a better signature can't connect any longer.

## When to ignore it

For an old device that has nothing better. In its own Host block the finding is an info.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.weak_algorithms import weak_algorithms
from sshkeep.openssh.algorithms.flaws import SIGNATURES


def host_keys(config: Config) -> str:
    return "a server can prove its name with" if config.kind == "ssh_config" else "this server can sign with"


def user_keys(config: Config) -> str:
    return "you may log in with" if config.kind == "ssh_config" else "users can log in with"


def machines(config: Config) -> str:
    return "machines can identify users with"


def authorities(config: Config) -> str:
    return "certificates count that are signed with"


CHECKS = (
    weak_algorithms("HostKeyAlgorithms", SIGNATURES, host_keys),
    weak_algorithms("PubkeyAcceptedAlgorithms", SIGNATURES, user_keys),
    weak_algorithms("HostbasedAcceptedAlgorithms", SIGNATURES, machines, defaults=False),
    weak_algorithms("CASignatureAlgorithms", SIGNATURES, authorities, defaults=False),
)


def check(config: Config, options: Options) -> Iterator[Finding]:
    for each in CHECKS:
        yield from each(config, options)


RULE = Rule(
    summary="key algorithms have ssh-rsa (SHA-1) or DSA",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    references=(
        "ssh-audit 3.3.0, ssh2_kexdb.py and hardening_guides.py",
        "sshd-lint 1.3.0, rules 43 and 44",
        "myproposal.h of 8.7 and 8.8",
    ),
    examples=(
        Example(
            "HostKeyAlgorithms ssh-ed25519,ssh-rsa\n",
            "HostKeyAlgorithms ssh-ed25519\n",
            kind="sshd_config",
            unsafe=True,
        ),
        Example("HostKeyAlgorithms ssh-ed25519\n", kind="sshd_config"),
        Example("PubkeyAcceptedAlgorithms +ssh-rsa\n", hit=True, kind="sshd_config"),
        Example("PubkeyAcceptedAlgorithms -ssh-rsa\n", kind="sshd_config"),
        Example(
            "Host old\n  HostKeyAlgorithms ssh-ed25519,ssh-dss\n",
            "Host old\n  HostKeyAlgorithms ssh-ed25519\n",
            kind="ssh_config",
            target="openssh-9.2",
            unsafe=True,
        ),
        Example("Port 22\n", hit=True, kind="sshd_config", target="openssh-8.7"),
        Example("Port 22\n", kind="sshd_config", target="openssh-8.8"),
    ),
)
