"""DisableForwarding is on, but sshd still forwards X11 or agents.

## Why

Before 10.0, sshd applied DisableForwarding only to ports and Unix sockets. The man page says that it also
applies to X11 and agents, but it did not (session.c). AllowAgentForwarding is on by default, so
`DisableForwarding yes` alone still forwards agents. The rule reports OpenSSH's own releases up to 9.9;
vendors have fixed theirs.

## How to fix it

The fix also switches both off with their own options. It is unsafe, since users may need them.

## When to ignore it

When agents and X11 should still be forwarded.
"""

from collections.abc import Iterator

from sshkeep.config.precedence.global_value import global_value
from sshkeep.edit.intents import SetGlobal
from sshkeep.lint import Config, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry
from sshkeep.lint.checks.forwarding import DISABLES_X11_AND_AGENT

OTHERS = {"AllowAgentForwarding": "agents", "X11Forwarding": "X11"}


def check(config: Config, options: Options) -> Iterator[Finding]:
    if config.target.release >= DISABLES_X11_AND_AGENT or config.target.vendor != "openssh":
        return
    effect = global_value("disableforwarding", config)
    if effect.value != "yes" or effect.entry is None or not effect.certain:
        return
    on = [name for name in OTHERS if global_value(name.lower(), config).value == "yes"]
    if on:
        what = " and ".join(OTHERS[name] for name in on)
        off = tuple(SetGlobal(name, ("no",)) for name in on)
        fix = Fix(", ".join(f"{name} no" for name in on), "unsafe", off)
        yield at_entry(effect.entry, f"{what} can still be forwarded")._replace(
            label=f"up to 9.9 this stops ports and sockets only; for the rest there is {' and '.join(on)}",
            fix=fix,
            concerns=tuple(f"{name.lower()} for everyone" for name in on),
        )


RULE = Rule(
    summary="DisableForwarding leaves X11 and agent forwarding on before OpenSSH 10.0",
    applies_to=("sshd_config",),
    severity="warning",
    check=check,
    explains=("agent-forwarding", "x11-forwarding"),
    references=(
        "session.c of 9.9 and 10.0, session_auth_agent_req and session_setup_x11fwd",
        "sshd_config(5), DisableForwarding",
    ),
    examples=(
        Example(
            "DisableForwarding yes\n",
            "DisableForwarding yes\nAllowAgentForwarding no\n",
            target="openssh-9.9",
            unsafe=True,
        ),
        Example("DisableForwarding yes\n", target="openssh-10.0"),
        Example("DisableForwarding yes\nAllowAgentForwarding no\n", target="openssh-9.9"),
        Example("DisableForwarding yes\n", target="debian-12"),
    ),
)
