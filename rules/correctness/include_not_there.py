"""An Include names a file that does not exist. OpenSSH includes nothing and prints nothing.

## Why

A pattern such as `Include /etc/ssh/sshd_config.d/*.conf` may match no file. But a missing file with a plain
name is most likely a typing mistake, or someone moved the file. sshd does not expand `~`, so `Include
~/file` never finds anything there. sshd 8.2, as in Ubuntu 20.04, looks for a relative path in the wrong
place.

The rule checks files of this machine, and files with `--root`.

## How to fix it

Correct the path, or delete the line. For sshd, write a path that begins with `/`.

## When to ignore it

When another program creates the file later.
"""

from collections.abc import Iterator

from sshkeep.config.parse_line import parse_entry
from sshkeep.config.tree.include_paths import is_lost_include
from sshkeep.lint import Config, Entry, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry


def check(config: Config, options: Options) -> Iterator[Finding]:
    for missing in config.missing:
        name = missing.argument[-40:]
        if not missing.argument.startswith("~") or config.kind == "ssh_config":
            yield at_entry(missing.entry, f"nothing is included: {name} does not exist")._replace(
                severity="info"
            )
    if config.kind == "sshd_config":
        for entry in config.lines("include"):
            if why := _why_nothing(entry, config):
                yield at_entry(entry, f"nothing is included: {why}")._replace(label="write the full path")


def _why_nothing(entry: Entry, config: Config) -> str:
    names = [word.text for word in parse_entry(entry, config).words]
    if any(name.startswith("~") for name in names):
        return "sshd does not expand ~"
    lost = any(is_lost_include(name, config.target.release) for name in names)
    return f"sshd {config.target.release} needs a path that begins with /" if lost else ""


RULE = Rule(
    summary="an Include names a file that does not exist",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    only_with=("include",),
    references=("servconf.c, sInclude", "readconf.c, oInclude", "glob(3)"),
    examples=(
        Example("Include /etc/ssh/hardening.conf\n", hit=True, kind="sshd_config"),
        Example(
            "Include /etc/ssh/hardening.conf\n", kind="sshd_config", files={"hardening.conf": "UseDNS no\n"}
        ),
        Example("Include /etc/ssh/sshd_config.d/*.conf\n", kind="sshd_config"),
        Example("Include ~/hardening.conf\n", hit=True, kind="sshd_config"),
        Example("Include sshd_config.d/*.conf\n", hit=True, kind="sshd_config", target="ubuntu-20.04"),
        Example("Include sshd_config.d/*.conf\n", kind="sshd_config", target="debian-11"),
    ),
)
