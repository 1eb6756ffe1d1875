"""A keepalive value that OpenSSH refuses, or reads as something else than it looks.

A time is a number with s, m, h, d or w behind it, several in a row, or a bare number of seconds.
Anything else stops sshd from starting and every ssh call: `60ms`, `30sec`, `-1`, `sixty`, and `none`
in sshd. A count is a plain number, TCPKeepAlive is yes or no.

Accepted but not meant: from 10.3 on `0.5` is a time, and cut to 0, which is off. And 60000 looks like
milliseconds, but is 16 hours and 40 minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sshkeep.lint import (
    Config,
    Entry,
    Example,
    Finding,
    Fix,
    Options,
    Reading,
    Rule,
    SetHere,
    all_readings,
    at_entry,
    concerns,
    fails,
    interval_to_write,
    safety_of_probing,
    value_span,
)

KEYWORDS = {
    "sshd_config": ("clientaliveinterval", "clientalivecountmax", "tcpkeepalive"),
    "ssh_config": ("serveraliveinterval", "serveralivecountmax", "tcpkeepalive"),
}
WRITTEN_OUT = r"([0-9]{1,9}) ?(s|m|h)(ec|ecs|econds?|in|ins|inutes?|rs?|ours?)\Z"


def check(config: Config, options: Options) -> Iterator[Finding]:
    for keyword in KEYWORDS[config.kind]:
        for entry, reading in all_readings(keyword, config):
            if reading.problem and reading.reason != "not in match":
                yield _refused(entry, reading, config, options)
            elif (
                not reading.problem
                and entry.keyword
                and entry.keyword.type == "time"
                and isinstance(reading.value, int)
            ):
                yield from _misread(entry, reading, reading.value, config, options)


def _refused(entry: Entry, reading: Reading, config: Config, options: Options) -> Finding:
    assert entry.keyword
    finding = at_entry(entry, f"{fails(config)}: {reading.problem}")
    if not reading.words:
        return finding
    right = _meant(entry.keyword.type, " ".join(word.text for word in reading.words), config, options)
    fix = Fix(
        f"{finding.keyword} {right}", safety_of_probing(finding.keyword, config), (SetHere(entry, right),)
    )
    return finding._replace(
        span=value_span(entry, reading), fix=fix, concerns=concerns(entry, entry.keyword.meaning, config)
    )


def _meant(type: str, text: str, config: Config, options: Options) -> str:
    """``30 sec`` and ``1min`` in OpenSSH's words; the wished value where the text says nothing."""
    if type == "flag":
        return "yes"
    if type == "integer":
        return str(options["count"])
    written = re.match(WRITTEN_OUT, text, re.IGNORECASE)
    return written[1] + written[2].lower() if written else str(interval_to_write(options["seconds"], config))


def _misread(
    entry: Entry, reading: Reading, value: int, config: Config, options: Options
) -> Iterator[Finding]:
    text = reading.words[0].text
    finding = at_entry(entry, "", value_span(entry, reading))
    if "." in text:
        right = str(value or interval_to_write(options["seconds"], config))
        yield finding._replace(
            message=f"{text} is read as {value}" + (", which is off" if not value else ""),
            label="times are cut to whole seconds",
            fix=Fix(
                f"{finding.keyword} {right}",
                safety_of_probing(finding.keyword, config),
                (SetHere(entry, right),),
            ),
            concerns=concerns(entry, finding.keyword, config),
            severity="warning",
        )
    elif value >= 1000 and value % 1000 == 0 and text.isdigit():
        hours, minutes = divmod(value // 60, 60)
        yield finding._replace(
            message=f"{text} is {hours} h {minutes} min; it looks like milliseconds",
            label="the unit is seconds",
            fix=Fix(f"{finding.keyword} {value // 1000}", "unsafe", (SetHere(entry, str(value // 1000)),)),
            severity="warning",
        )


RULE = Rule(
    summary="a keepalive value is refused by OpenSSH, or read as something else",
    applies_to=("sshd_config", "ssh_config"),
    severity="error",
    options={"seconds": 60, "count": 3},
    check=check,
    explains=(
        "client-alive-interval",
        "server-alive-interval",
        "client-alive-count-max",
        "server-alive-count-max",
        "interval-doubled",
        "tcp-keep-alive",
        "bad-value",
        "extra-argument",
        "missing-argument",
        "unbalanced-quotes",
    ),
    references=("sshd_config(5), TIME FORMATS", "misc.c, convtime and atoi_err", "release notes of 10.3"),
    examples=(
        Example("ClientAliveInterval 60ms\n", "ClientAliveInterval 60\n", kind="sshd_config"),
        Example("ClientAliveInterval 60s\n", kind="sshd_config"),
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
        Example(
            "Host *\n  ServerAliveInterval 0.5\n", "Host *\n  ServerAliveInterval 60\n", kind="ssh_config"
        ),
        Example(
            "Host *\n  ServerAliveInterval 60000\n",
            "Host *\n  ServerAliveInterval 60\n",
            kind="ssh_config",
            unsafe=True,
        ),
    ),
)
