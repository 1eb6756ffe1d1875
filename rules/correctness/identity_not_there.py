"""An IdentityFile that is not there: ssh tries no such key, and reports it only with -v.

Where the public half of the key is there as FILE.pub, ssh can ask an agent for it, so that is enough.
This is only looked at where the config is this machine's own, and for names without tokens (%h) or variables,
which stand for another file at each call.
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
            yield at_entry(entry, "ssh has no such key: the file is not there")._replace(label=path[-60:])


def _path(text: str, facts: MachineFacts) -> str:
    """The file that is meant; empty where that hangs on the call. ``%d`` is the home directory."""
    text = text.replace("%d", facts.home, 1) if text.startswith("%d/") else text
    if text.lower() == "none" or "%" in text or "${" in text:
        return ""
    if text.startswith("~/"):
        return f"{facts.home}/{text[2:]}"
    return text if text.startswith("/") else ""


RULE = Rule(
    summary="an IdentityFile that is not there",
    applies_to=("ssh_config",),
    severity="warning",
    check=check,
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
