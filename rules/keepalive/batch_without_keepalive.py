"""BatchMode without ServerAliveInterval: a job hangs on a dead server, with nobody there to see it.

BatchMode is for scripts and cron. When its server vanishes, ssh waits for the kernel's keepalive, which
by default gives up after two hours and eleven minutes.

Debian and Ubuntu patch ssh so that BatchMode makes 300 the default of ServerAliveInterval. The same file
is probed there and never anywhere else; the rule only tells that, and its fix writes the 300 down. A
ServerAliveInterval of the file's own, 0 included, counts before it.
"""

from collections.abc import Iterator

from sshkeep.lint import (
    SPACING,
    Config,
    Example,
    Finding,
    Fix,
    Options,
    Rule,
    SetGlobal,
    Value,
    at_entry,
    global_value,
    less_telling,
    live,
    silences,
    told,
)

KEYWORD = "ServerAliveInterval"


def check(config: Config, options: Options) -> Iterator[Finding]:
    batch = live("batchmode", _on, config)
    message = "a batch job hangs for hours when its server is gone"
    for silence in silences(batch, config, {"batchmode": _on}):
        yield told(silence, message, "runs with nobody there, and unprobed", options["seconds"], config)
    if batch:
        yield from _by_debian(config)


def _on(value: Value) -> bool:
    return value == "yes"


def _by_debian(config: Config) -> Iterator[Finding]:
    """The default for everyone is BatchMode's."""
    interval, batch = global_value(KEYWORD.lower(), config), global_value("batchmode", config)
    if interval.entry is None and interval.value and interval.certain and batch.entry:
        value = str(interval.value)
        fix = Fix(f"{KEYWORD} {value}, as it is now", "safe", (SetGlobal(KEYWORD, (value,)),))
        finding = at_entry(batch.entry, f"only Debian's ssh probes here, every {value} s; others never do")
        yield finding._replace(
            label=f"on Debian, BatchMode makes {value} the default of {KEYWORD}", severity="info", fix=fix
        )


RULE = Rule(
    summary="BatchMode without ServerAliveInterval: jobs hang on a dead server, except on Debian",
    applies_to=("ssh_config",),
    severity="warning",
    options={"seconds": SPACING},
    check=check,
    explains=less_telling("batch-without-keepalive"),
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
