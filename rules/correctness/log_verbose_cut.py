"""ssh keeps only the first of several LogVerbose patterns, and logs less than the line asks for.

## Why

ssh takes one argument. Patterns that are joined by commas are one argument. sshd keeps all its arguments.

## How to fix it

The fix joins the patterns with commas.

## When to ignore it

Never: join the patterns, or delete the others.
"""

from collections.abc import Iterator

from sshkeep.config.parse_line import accepted_lines
from sshkeep.edit.intents import SetLine
from sshkeep.lint import Config, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry
from sshkeep.openssh.releases import ARGV_SPLIT


def check(config: Config, options: Options) -> Iterator[Finding]:
    if config.target.release < ARGV_SPLIT:
        return
    for entry, parsed in accepted_lines("logverbose", config):
        if len(parsed.words) > 1:
            texts = [word.text for word in parsed.words]
            plain = not any(set(text) & set(" \t\"'\\#") for text in texts)
            finding = at_entry(entry, f"ssh keeps only the first of these patterns: {texts[0][:40]}")
            fix = Fix("join them with commas", "safe", (SetLine(entry, ",".join(texts)),)) if plain else None
            yield finding._replace(fix=fix)


RULE = Rule(
    summary="LogVerbose with patterns that ssh does not keep",
    applies_to=("ssh_config",),
    severity="warning",
    check=check,
    only_with=("logverbose",),
    references=("readconf.c of 8.7 to 10.6, oLogVerbose",),
    examples=(
        Example("Host *\n  LogVerbose kex.c:* packet.c:*\n", "Host *\n  LogVerbose kex.c:*,packet.c:*\n"),
        Example("Host *\n  LogVerbose kex.c:*\n"),
    ),
)
