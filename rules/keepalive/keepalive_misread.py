"""OpenSSH accepts a keepalive value, but reads another value than it looks like.

## Why

From 10.3 on, `0.5` is a time that OpenSSH cuts to 0, which is off. Up to 8.4, a time above 2147483647
becomes some other number, even a negative one. 60000 looks like milliseconds, but it is 16 hours and 40
minutes. ssh reads `ServerAliveInterval none` as if the line did not exist: a later line or the default
applies. Only 0 switches it off.

`keepalive-value` reports values that OpenSSH refuses.

## How to fix it

The fix writes a whole number of seconds.

## When to ignore it

When you want exactly the value that OpenSSH reads.
"""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.config.parse_line import ParsedLine, all_lines, value_span
from sshkeep.config.precedence.global_value import global_value
from sshkeep.edit.intents import SetLine
from sshkeep.idle.duration import format_duration
from sshkeep.lint import Config, Entry, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, in_short, line_value_concern, value_concerns
from sshkeep.lint.checks.keepalive import (
    INTERVAL_BY_KIND,
    SPACING,
    count_beside_interval,
    interval_to_write,
    probing_safety,
    spacing_of,
)
from sshkeep.lint.checks.missing_keepalive import MISSING_INTERVAL_RULES
from sshkeep.openssh.releases import TIMES_CHECKED
from sshkeep.openssh.values.numbers import INT_MAX, is_digits, parse_time
from sshkeep.phrase import Phrase


def check(config: Config, options: Options) -> Iterator[Finding]:
    right = str(interval_to_write(options["seconds"], config))
    for entry, parsed in all_lines(INTERVAL_BY_KIND[config.kind].lower(), config):
        if isinstance(parsed.value, int):
            yield from _misread(entry, parsed, parsed.value, right, config)
        elif not parsed.problem:
            yield from _none(entry, parsed, right, config)


def _misread(entry: Entry, parsed: ParsedLine, value: int, right: str, config: Config) -> Iterator[Finding]:
    text = parsed.words[0].text
    release = config.target.release
    wrapped = release < TIMES_CHECKED and parse_time(text, TIMES_CHECKED) is None
    milliseconds = value >= 1000 and value % 1000 == 0 and is_digits(text)
    if not (wrapped or milliseconds or "." in text):
        return
    finding = at_entry(entry, "", value_span(entry, parsed))._replace(concerns=(line_value_concern(entry),))
    if wrapped:
        yield finding._replace(
            message=Phrase(
                "the probes' interval is {value} s: {text} is too large a time",
                value=value,
                text=in_short(text),
            ),
            label=Phrase(
                "OpenSSH {release} lets a time above {most} wrap round", release=release, most=INT_MAX
            ),
            fix=Fix(
                f"{finding.keyword} {right}",
                probing_safety(finding.keyword, config),
                (SetLine(entry, right),),
            ),
            concerns=finding.concerns if value else value_concerns(entry, finding.keyword, config),
        )
    elif "." in text:
        whole = str(value) if value else right
        yield finding._replace(
            message=Phrase("probes go out every {value} s: {text} is cut", value=value, text=in_short(text))
            if value
            else Phrase("no probe is ever sent: {text} is cut to 0, which is off", text=in_short(text)),
            label=Phrase("times are cut to whole seconds"),
            fix=Fix(
                f"{finding.keyword} {whole}",
                probing_safety(finding.keyword, config),
                (SetLine(entry, whole),),
            ),
            concerns=finding.concerns if value else value_concerns(entry, finding.keyword, config),
        )
    else:
        yield _milliseconds(finding, entry, value, config)


def _milliseconds(finding: Finding, entry: Entry, value: int, config: Config) -> Finding:
    every = format_duration(spacing_of(value, config))
    seconds = str(value // 1000)
    return finding._replace(
        message=Phrase(
            "probes go out every {every} only: {value} looks like milliseconds", every=every, value=value
        ),
        label=Phrase("the unit is seconds"),
        fix=Fix(f"{finding.keyword} {seconds}", "unsafe", (SetLine(entry, seconds),)),
    )


def _none(entry: Entry, parsed: ParsedLine, right: str, config: Config) -> Iterator[Finding]:
    effect = global_value(INTERVAL_BY_KIND[config.kind].lower(), config)
    everyone = value_concerns(entry, INTERVAL_BY_KIND[config.kind], config)
    if effect.entry is None and effect.value == 0 and effect.certain and everyone:
        message = Phrase("ssh never probes: none means the default, which is 0 (off)")
        finding = at_entry(entry, message, value_span(entry, parsed))
        beside = count_beside_interval(config)
        safety = probing_safety(INTERVAL_BY_KIND[config.kind], config, sets_count=bool(beside))
        fix = Fix(f"{finding.keyword} {right}", safety, (SetLine(entry, right), *beside))
        yield finding._replace(fix=fix, concerns=everyone)


RULE = Rule(
    summary="a keepalive interval is read as something else than it looks",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    options={"seconds": SPACING},
    check=check,
    explains=(*MISSING_INTERVAL_RULES, "interval-beyond-path", "interval-doubled", "keepalive-too-quick"),
    only_with=("clientaliveinterval", "serveraliveinterval"),
    references=("misc.c, convtime", "readconf.c, parse_time", "release notes of 10.3"),
    examples=(
        Example(
            "Host *\n  ServerAliveInterval 0.5\n", "Host *\n  ServerAliveInterval 60\n", kind="ssh_config"
        ),
        Example("Host *\n  ServerAliveInterval 5\n", kind="ssh_config"),
        Example(
            "Host *\n  ServerAliveInterval 60000\n",
            "Host *\n  ServerAliveInterval 60\n",
            kind="ssh_config",
            unsafe=True,
        ),
        Example(
            "ClientAliveInterval 99999999999\n",
            "ClientAliveInterval 60\n",
            kind="sshd_config",
            target="openssh-8.1",
        ),
        Example("ServerAliveInterval none\n", "ServerAliveInterval 60\n", kind="ssh_config"),
        Example("ServerAliveInterval none\nServerAliveInterval 60\n", kind="ssh_config"),
    ),
)
