"""OpenSSH refuses a keepalive value: sshd does not start, or every ssh call fails.

## Why

A time is a number with s, m, h, d or w after it, or several of these, or a plain number of seconds. OpenSSH
refuses everything else: `60ms`, `30sec`, `-1`, `sixty`, and in sshd also `none`. A count is a plain number.
TCPKeepAlive is yes or no.

`keepalive-misread` reports values that OpenSSH accepts but reads differently (`0.5`, 60000).

## How to fix it

The fix writes the value that was meant, such as 5m for `5 minutes`, or the default of this rule. It is unsafe
where the value looks like the placeholder of a template (`@ALIVE@`, `CHANGEME`).

## When to ignore it

Never: OpenSSH does not start.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sshkeep.config.parse_line import ParsedLine, all_lines, value_span
from sshkeep.edit.intents import SetLine
from sshkeep.lint import Config, Entry, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, value_concerns
from sshkeep.lint.checks.keepalive import INTERVAL_BY_KIND, SPACING, interval_to_write, probing_safety
from sshkeep.lint.checks.missing_keepalive import MISSING_INTERVAL_RULES
from sshkeep.lint.checks.refusals import effect_of_refusal
from sshkeep.openssh.values.numbers import is_digits
from sshkeep.openssh.values.types import INTEGER
from sshkeep.openssh.values.value_type import ValueType
from sshkeep.phrase import Phrase

KEYWORDS = {
    "sshd_config": ("clientaliveinterval", "clientalivecountmax", "tcpkeepalive"),
    "ssh_config": ("serveraliveinterval", "serveralivecountmax", "tcpkeepalive"),
}
WRITTEN_OUT = r"([0-9]{1,9}) *(s|m|h)(?:ec|ecs|econds?|in|ins|inutes?|rs?|ours?)?[;,.]?\Z"
FRACTION = r"([0-9]{1,6})[.,]([0-9]) *(m|h)(?:in|ins|inutes?|rs?|ours?)?[;,.]?\Z"
NUMBER = r"([0-9]{1,9})[;,.]?\Z"
COUNT = r"([0-9]{1,9})(?:x|[;,.]| times)?\Z"
SECONDS = {"m": 60, "h": 3600}
PLACEHOLDER = r"[@%<>{}()\[\]$!]|__|\b[A-Z][A-Z_]{3,}\b"


def check(config: Config, options: Options) -> Iterator[Finding]:
    for keyword in KEYWORDS[config.kind]:
        for entry, parsed in all_lines(keyword, config):
            if parsed.problem and parsed.reason != "not in match":
                yield _refused(entry, parsed, config, options)


def _refused(entry: Entry, parsed: ParsedLine, config: Config, options: Options) -> Finding:
    assert entry.keyword
    message = Phrase("{effect}: {problem}", effect=effect_of_refusal(config), problem=parsed.problem)
    finding = at_entry(entry, message)
    finding = finding._replace(concerns=value_concerns(entry, entry.keyword.option, config))
    line = entry.directive.line
    if not parsed.words and line.rest < line.end:
        return finding
    text = " ".join(word.text for word in parsed.words)
    right = _meant(entry.keyword.type, text, config, options)
    seconds = entry.keyword.type.is_flag and is_digits(text)
    # Whoever writes seconds here means the interval, so that it is missing has the same cause.
    meant = value_concerns(entry, INTERVAL_BY_KIND[config.kind], config) if seconds else ()
    placeholder = re.search(PLACEHOLDER, text)
    safety = "unsafe" if placeholder else probing_safety(finding.keyword, config)
    return finding._replace(
        concerns=(*finding.concerns, *meant),
        span=value_span(entry, parsed) if parsed.words else finding.span,
        label=Phrase("only yes or no; {keyword} takes seconds", keyword=INTERVAL_BY_KIND[config.kind])
        if seconds
        else "",
        fix=Fix(f"{finding.keyword} {right}", safety, (SetLine(entry, right),)),
    )


def _meant(type: ValueType, text: str, config: Config, options: Options) -> str:
    """``30 sec``, ``1.5min``, ``300;`` as OpenSSH writes them; the rule's default if there is no number."""
    if type.is_flag:
        return "no" if text.lower() in ("no", "off", "false") else "yes"
    number = re.match(COUNT if type is INTEGER else NUMBER, text, re.IGNORECASE)
    if type is INTEGER:
        return number[1] if number else str(options["count"])
    if written := re.match(WRITTEN_OUT, text, re.IGNORECASE):
        return written[1] + written[2].lower()
    if fraction := re.match(FRACTION, text, re.IGNORECASE):
        unit = SECONDS[fraction[3].lower()]
        return str(int(fraction[1]) * unit + int(fraction[2]) * unit // 10)
    return number[1] if number else str(interval_to_write(options["seconds"], config))


RULE = Rule(
    summary="a keepalive value is refused by OpenSSH",
    applies_to=("sshd_config", "ssh_config"),
    severity="error",
    options={"seconds": SPACING, "count": 3},
    check=check,
    explains=(
        *MISSING_INTERVAL_RULES,
        "client-alive-count-max",
        "server-alive-count-max",
        "interval-doubled",
        "bad-value",
        "extra-argument",
        "missing-argument",
        "unbalanced-quotes",
    ),
    reads="lines",
    only_with=(
        "clientaliveinterval",
        "clientalivecountmax",
        "tcpkeepalive",
        "serveraliveinterval",
        "serveralivecountmax",
    ),
    references=("sshd_config(5), TIME FORMATS", "misc.c, convtime and atoi_err"),
    examples=(
        Example(
            "ClientAliveInterval 60\nTCPKeepAlive false\n",
            "ClientAliveInterval 60\nTCPKeepAlive no\n",
            kind="sshd_config",
            target="openssh-10.5",
        ),
        Example("ClientAliveInterval 60ms\n", "ClientAliveInterval 60\n", kind="sshd_config"),
        Example("ClientAliveInterval 60s\n", kind="sshd_config"),
        Example("ClientAliveInterval\n", "ClientAliveInterval 60\n", kind="sshd_config"),
        Example("ClientAliveInterval 90;\n", "ClientAliveInterval 90\n", kind="sshd_config"),
        Example("ClientAliveInterval 1.5 min\n", "ClientAliveInterval 90\n", kind="sshd_config"),
        Example("ClientAliveInterval @ALIVE@\n", "ClientAliveInterval 60\n", kind="sshd_config", unsafe=True),
        Example("ClientAliveInterval 1min\n", "ClientAliveInterval 1m\n", kind="sshd_config"),
        Example(
            "ClientAliveInterval 60\nClientAliveCountMax 3x\n",
            "ClientAliveInterval 60\nClientAliveCountMax 3\n",
            kind="sshd_config",
        ),
        Example(
            "ClientAliveInterval 60\nTCPKeepAlive 30\n",
            "ClientAliveInterval 60\nTCPKeepAlive yes\n",
            kind="sshd_config",
        ),
    ),
)
