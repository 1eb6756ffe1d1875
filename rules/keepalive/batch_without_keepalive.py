"""A job with BatchMode but without ServerAliveInterval hangs when its server is gone, and nobody sees it.

## Why

BatchMode is for scripts and cron. When the server vanishes, ssh waits for the kernel's keepalive, which
gives up after two hours and eleven minutes by default.

Debian and Ubuntu patch ssh: with BatchMode, the default of ServerAliveInterval is 300. The same file has no
probes on other systems. On Debian the rule only reports that as an info. A ServerAliveInterval in the file,
also 0, wins over this default.

## How to fix it

The fix sets ServerAliveInterval. On Debian it writes the 300 that applies now.

## When to ignore it

When the script has its own time limit, such as `timeout`.
"""

from collections.abc import Iterator

from sshkeep.config.precedence.global_value import global_value
from sshkeep.edit.intents import SetGlobal
from sshkeep.lint import Config, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry
from sshkeep.lint.checks.keepalive import SPACING
from sshkeep.lint.checks.lines import effective_entries
from sshkeep.lint.checks.missing_keepalive import (
    less_specific_rules,
    missing_keepalive_finding,
    missing_keepalives,
)
from sshkeep.openssh.values.arguments import Value
from sshkeep.phrase import Phrase

KEYWORD = "ServerAliveInterval"


def check(config: Config, options: Options) -> Iterator[Finding]:
    batch = effective_entries("batchmode", _on, config)
    message = Phrase("a batch job hangs for hours when its server is gone")
    label = Phrase("runs unattended, without probes")
    for missing in missing_keepalives(batch, config, {"batchmode": _on}):
        yield missing_keepalive_finding(missing, message, label, options["seconds"], config)
    if batch:
        yield from _by_debian(config)


def _on(value: Value) -> bool:
    return value == "yes"


def _by_debian(config: Config) -> Iterator[Finding]:
    """The default for everyone is BatchMode's."""
    interval, batch = global_value(KEYWORD.lower(), config), global_value("batchmode", config)
    if interval.entry is None and interval.value and interval.certain and batch.entry:
        value = str(interval.value)
        title = Phrase("{keyword} {value}, as it is now", keyword=KEYWORD, value=value)
        fix = Fix(title, "safe", (SetGlobal(KEYWORD, (value,)),))
        message = Phrase("only Debian's ssh probes here, every {value} s; others never do", value=value)
        label = Phrase(
            "on Debian, BatchMode makes {value} the default of {keyword}", value=value, keyword=KEYWORD
        )
        yield at_entry(batch.entry, message)._replace(label=label, severity="info", fix=fix)


RULE = Rule(
    summary="BatchMode without ServerAliveInterval: jobs hang on a dead server, except on Debian",
    applies_to=("ssh_config",),
    severity="warning",
    options={"seconds": SPACING},
    check=check,
    explains=less_specific_rules("batch-without-keepalive"),
    only_with=("batchmode",),
    references=("Debian's ssh_config(5), BatchMode", "Debian's patch to readconf.c, fill_default_options"),
    examples=(
        Example(
            "Host backup\n  BatchMode yes\n",
            "Host backup\n  BatchMode yes\n\nHost *\n  ServerAliveInterval 60\n",
        ),
        Example("Host backup\n  BatchMode no\n"),
        Example("Host backup\n  BatchMode yes\n", target="debian-12"),
        Example(
            "Host *\n  BatchMode yes\n",
            "Host *\n  BatchMode yes\n  ServerAliveInterval 300\n",
            target="debian-12",
        ),
    ),
)
