"""A NUL byte ends its line: OpenSSH does not read the rest of the line.

## Why

ssh and sshd read their configs as C strings. ssh loses the rest of the line. sshd also loses the newline
(servconf.c, load_server_config), so the next line becomes part of this one. A comment with a NUL byte hides
the setting below it, and sshd reads `Port 22<NUL>` above `UseDNS no` as `Port 22UseDNS no`. Neither program
reports it. Up to 8.6, a `#` before the NUL byte still ended the line of sshd.

NUL bytes come from a full disk, or from a crash while the file was written. The rule reports a file once,
at the first NUL byte. `unseen-characters` reports files in UTF-16.

## How to fix it

Restore the file, or remove the NUL bytes, and check it again. sshkeep changes nothing in such a config.

## When to ignore it

Never.
"""

from collections.abc import Iterator

from sshkeep.config.tree.file import File
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.rule import A_STRANGE_BYTE
from sshkeep.syntax.source import Span


def check(config: Config, options: Options) -> Iterator[Finding]:
    for file in config.files.values():
        if file.cut and not file.wide:
            yield finding(file)


def finding(file: File) -> Finding:
    source = file.source
    at = source.data.index(b"\0")
    number = source.position(at)[0]
    before = source.data[source.start(number - 1) : at]
    glued = number < len(source.lines) and not file.ends_at_nul(before)
    reader = "sshd" if file.kind == "sshd_config" else "ssh"
    others = sum(b"\0" in line for line in source.lines) - 1
    return Finding(
        f"a NUL byte ends this line for {reader}" + (", and the next line is joined to it" if glued else ""),
        source,
        Span(at, at + 1),
        label="OpenSSH does not read the rest of the line",
        notes=(
            *([f"{others} more line{'s have' if others > 1 else ' has'} one"] if others else []),
            "sshkeep changes nothing in a config with NUL bytes",
        ),
    )


RULE = Rule(
    summary="a NUL byte, at which OpenSSH stops reading the line",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    reads="text",
    only_with=(A_STRANGE_BYTE,),
    references=("servconf.c, load_server_config", "readconf.c, read_config_file_depth"),
    examples=(
        Example("# by hand\0\nPort 22\n", hit=True, kind="sshd_config"),
        Example("# by hand\nPort 22\n", kind="sshd_config"),
        Example("Port 22\0\n", hit=True, kind="ssh_config"),
    ),
)
