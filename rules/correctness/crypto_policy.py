"""RHEL 8 starts sshd with its crypto policy on the command line, which wins over the file.

## Why

sshd keeps the first value it meets, and its command line comes first. So Ciphers, MACs, KexAlgorithms,
GSSAPIKexAlgorithms, HostKeyAlgorithms, PubkeyAcceptedKeyTypes and CASignatureAlgorithms do nothing outside of
Match blocks, though `sshd -t` accepts them and `sshd -T` prints them. What applies is
/etc/crypto-policies/back-ends/opensshserver.config. RHEL 9 includes a file instead.

## How to fix it

Change the policy of the whole system, with `update-crypto-policies --set` and a module of your own. Or
uncomment `CRYPTO_POLICY=` in /etc/sysconfig/sshd, which leaves these options to sshd_config. sshkeep reads
that file where the config is this machine's, or below `--root`.

## When to ignore it

When sshd is started by another unit, without `$CRYPTO_POLICY`.
"""

from collections.abc import Iterator

from sshkeep.config.crypto_policy import IN_POLICY, OPT_OUT, POLICY_WINS, lines_without_policy
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry


def check(config: Config, options: Options) -> Iterator[Finding]:
    for name in IN_POLICY:
        row = config.known.get(name.lower())
        for entry in lines_without_policy(row.option, config) if row else ():
            yield at_entry(entry, f"no effect: {POLICY_WINS}")._replace(notes=(OPT_OUT,))


RULE = Rule(
    summary="a list of algorithms that RHEL 8's crypto policy replaces",
    applies_to=("sshd_config",),
    severity="warning",
    check=check,
    only_with=(
        "casignaturealgorithms",
        "ciphers",
        "gssapikexalgorithms",
        "hostkeyalgorithms",
        "kexalgorithms",
        "macs",
        "pubkeyacceptedalgorithms",
    ),
    references=(
        "openssh-server of RHEL 8, sshd.service: $OPTIONS $CRYPTO_POLICY",
        "sshd.c, main: process_server_config_line for -o, before the file",
    ),
    examples=(
        Example("Ciphers aes256-ctr\n", hit=True, target="rhel-8.10"),
        Example("Ciphers aes256-ctr\n", target="rhel-9.3"),
        Example("PubkeyAcceptedKeyTypes ssh-ed25519\n", hit=True, target="rhel-8.6"),
        Example("Match User ann\n  PubkeyAcceptedKeyTypes ssh-ed25519\n", target="rhel-8.10"),
        Example("RekeyLimit 1G 1h\n", target="rhel-8.10"),
    ),
)
