"""An IdentityFile does not exist. ssh skips this key, and reports it only with -v.

## Why

ssh can use a key from an agent if the public key exists as FILE.pub, so the rule accepts that. It checks
only configs of this machine, and only names without tokens (%h) and variables.

## How to fix it

Correct the path, or delete the line.

## When to ignore it

When the file is on a disk or token that is not always there.
"""

from collections.abc import Iterator

from sshkeep.config.local_machine import MachineFacts
from sshkeep.config.parse_line import accepted_lines
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry


def check(config: Config, options: Options) -> Iterator[Finding]:
    facts = config.facts
    if facts is None:
        return
    for entry, parsed in accepted_lines("identityfile", config):
        path = _path(str(parsed.value), facts)
        if path and facts.there(path) is False and facts.there(f"{path}.pub") is False:
            yield at_entry(entry, "ssh can't use this key: the file does not exist")._replace(
                label=path[-60:]
            )


def _path(text: str, facts: MachineFacts) -> str:
    """The file that is meant; empty where that hangs on the call. ``%d`` is the home directory."""
    text = text.replace("%d", facts.home, 1) if text.startswith("%d/") else text
    if text.lower() == "none" or "%" in text or "${" in text:
        return ""
    if text.startswith("~/"):
        return f"{facts.home}/{text[2:]}"
    return text if text.startswith("/") else ""


RULE = Rule(
    summary="an IdentityFile that does not exist",
    applies_to=("ssh_config",),
    severity="warning",
    check=check,
    only_with=("identityfile",),
    references=("ssh_config(5), IdentityFile", "ssh.c, load_public_identity_files"),
    examples=(
        Example("Host web\n  IdentityFile ~/.ssh/id_web\n", hit=True, facts={}),
        Example(
            "Host web\n  IdentityFile ~/.ssh/id_web\n",
            facts={"/home/someone/.ssh/id_web": (0o600, 1000, 1000)},
        ),
        Example("Host web\n  IdentityFile ~/.ssh/%h\n", facts={}),
    ),
)
