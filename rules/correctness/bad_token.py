"""A token that ssh does not know there, such as `%x`, or a `${` that is not closed: ssh exits.

## Why

ssh expands `%h`, `%r` and the like in ControlPath, IdentityAgent, HostName, RemoteCommand and others, when it
has read its files, and in IdentityFile, CertificateFile, ProxyCommand and KnownHostsCommand when it connects;
`ssh -G` does not show that. For a token that there is not, or a single `%`, it exits before you can log in.
On a line for everyone, that ends every call. Which tokens there are depends on the release: `%k` since 8.4,
`%j` since 9.6.

## How to fix it

Write a token of ssh_config(5), TOKENS, or `%%` for a percent sign.

## When to ignore it

Never: ssh does not connect.
"""

from collections.abc import Iterator

from sshkeep.config.blocks.matching import universal
from sshkeep.config.effective.expansion import EXPANSIONS, WHEN_CONNECTING, bad_token_in
from sshkeep.config.parse_line import parse_entry
from sshkeep.config.precedence.order import order
from sshkeep.config.precedence.shadowed import shadowed
from sshkeep.lint import Config, Entry, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry, in_short

FORWARDS = ("localforward", "remoteforward", "dynamicforward")


def check(config: Config, options: Options) -> Iterator[Finding]:
    if not any(b"%" in file.source.data or b"$" in file.source.data for file in config.files.values()):
        return
    cleared = bool(config.lines("clearallforwardings"))
    for option in ("hostname", "user", *(each.keyword for each in (*EXPANSIONS, *WHEN_CONNECTING))):
        if not (cleared and option in FORWARDS):
            yield from _of_option(option, config)


def _of_option(option: str, config: Config) -> Iterator[Finding]:
    bad = [
        (entry, why)
        for entry in config.lines(option)
        if b"%" in (raw := entry.directive.raw) or b"$" in raw
        for why in _problems(entry, option, config)[:1]
    ]
    dead = {line.entry.index for line in shadowed(option, config)} if bad else set()
    for entry, why in bad:
        if entry.index not in dead:
            yield _finding(entry, why, config)


def _problems(entry: Entry, option: str, config: Config) -> list[str]:
    parsed = parse_entry(entry, config)
    if parsed.problem or parsed.value is None:
        return []
    texts = parsed.value if isinstance(parsed.value, tuple) else (parsed.value,)
    return [why for text in texts if (why := bad_token_in(str(text), option, config.target.release))]


def _finding(entry: Entry, why: str, config: Config) -> Finding:
    finding = at_entry(entry, f"every ssh call fails: {why}")
    if universal(entry.block, config.target.release):
        # Each IdentityFile counts.
        adds = entry.keyword is not None and entry.keyword.adds
        first = adds or order(entry.option, config)[0].entry is entry
        return (
            finding if first else finding._replace(message=f"most ssh calls fail: {why}", severity="warning")
        )
    return finding._replace(
        message=f"ssh to a host of '{in_short(finding.block)}' fails: {why}", severity="warning"
    )


RULE = Rule(
    summary="a token that ssh does not know",
    applies_to=("ssh_config",),
    severity="error",
    check=check,
    references=("ssh_config(5), TOKENS", "ssh.c, main; misc.c, vdollar_percent_expand"),
    examples=(
        Example("Host *\n  ControlPath ~/.ssh/%x\n", hit=True),
        Example("Host *\n  ControlPath ~/.ssh/%C\n"),
        Example("Host web\n  HostName %n.example\n", hit=True),
        Example("Host web\n  HostName %h.example\n"),
        Example("IdentityAgent ~/100%\n", hit=True),
        Example("Host web\n  IdentityFile ~/.ssh/%y\n", hit=True),
        Example("Host web\n  IdentityFile ~/.ssh/%r_${KEY}\n"),
        Example("ProxyCommand nc %H %p\n", hit=True),
        Example("ProxyCommand nc %h %p\n"),
        Example("KnownHostsCommand /usr/local/bin/keys %H %t %q\n", hit=True, target="openssh-9.2"),
        Example("KnownHostsCommand /usr/local/bin/keys %H %t\n", target="openssh-9.2"),
        Example("UserKnownHostsFile ~/.ssh/known_%j\n", hit=True, target="openssh-9.5"),
        Example("UserKnownHostsFile ~/.ssh/known_%j\n", target="openssh-9.6"),
    ),
)
