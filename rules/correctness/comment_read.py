"""OpenSSH reads a comment after a value differently from what it looks like, and reports nothing.

## Why

Up to 8.4, ssh has no comments after a value. On a Host line, or where an option takes several values, it
reads `#` and the words after it as more values. ssh 8.5 and 8.6, and sshd before 8.7, cut the line at the
first `#`, also within a word: `User a#b` is `a`.

From 8.7 on, a `#` begins a comment only at the start of a word. But options that take the rest of the line
keep it: AuthorizedKeysCommand passes the words of the comment to the program, and VersionAddendum sends
them to every client. A command that a shell runs is not affected.

## How to fix it

Write the comment on its own line.

## When to ignore it

When the `#` is part of the value, and the release reads it as such.
"""

from collections.abc import Iterator

from sshkeep.config.parse_line import parse_entry
from sshkeep.config.tree.file import Directive
from sshkeep.edit.intents import SetLine
from sshkeep.lint import Block, Config, Entry, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, at_header
from sshkeep.openssh.releases import ARGV_SPLIT, SSH_CUTS_AT_HASH

KEPT = {
    "authorizedkeyscommand": "the words of the comment are arguments of the command",
    "authorizedprincipalscommand": "the words of the comment are arguments of the command",
    "knownhostscommand": "the words of the comment are arguments of the command",
    "versionaddendum": "the comment is sent to every client",
}


def check(config: Config, options: Options) -> Iterator[Finding]:
    if not any(b"#" in file.source.data for file in config.files.values()):
        return
    for entry in config.entries:
        if b"#" in entry.directive.raw and entry.keyword:
            yield from _of_line(entry, config)
    for block in config.blocks:
        if b"#" in block.header.raw:
            yield from _of_header(block, config)


def _of_line(entry: Entry, config: Config) -> Iterator[Finding]:
    assert entry.keyword
    parsed = parse_entry(entry, config)
    raw = entry.keyword.type.takes_rest_of_line
    if parsed.problem or entry.keyword.state:
        return
    if config.target.release >= ARGV_SPLIT:
        message = KEPT.get(entry.keyword.option, "")
        text = parsed.words[0].text.partition(" #")[0].rstrip() if parsed.words else ""
        if message and " #" in parsed.words[0].text and text:
            fix = Fix("delete the comment", "unsafe", (SetLine(entry, text),))
            yield at_entry(entry, message)._replace(label="write the comment on a line of its own", fix=fix)
    elif not _cuts(config):
        if not raw and any(word.text.startswith("#") for word in parsed.words):
            yield at_entry(
                entry, f"{entry.keyword.name} takes the words of this comment for more values"
            )._replace(label=f"ssh accepts a comment after a value from {SSH_CUTS_AT_HASH} on")
    elif _cut_within_word(entry.directive):
        yield at_entry(
            entry, f"{entry.keyword.name} ends at the #: the rest of the value is not read"
        )._replace(label=f"a # within a word is part of it from OpenSSH {ARGV_SPLIT} on")


def _cuts(config: Config) -> bool:
    return config.kind == "sshd_config" or config.target.release >= SSH_CUTS_AT_HASH


def _cut_within_word(directive: Directive) -> bool:
    raw, line = directive.raw, directive.line
    at = raw.find(b"#", line.rest, line.end)
    return at > line.rest and raw[at - 1 : at] not in (b" ", b"\t", b"\r", b"#")


def _of_header(block: Block, config: Config) -> Iterator[Finding]:
    header = block.header
    if config.target.release >= ARGV_SPLIT:
        return
    if _cuts(config):
        if _cut_within_word(header):
            yield at_header(block, "this line ends at the #: OpenSSH does not read the rest of the line")
    elif header.line.name.lower() == "host" and any(word.text[:1] == "#" for word in header.words("words")):
        yield at_header(block, "ssh reads the words of this comment as more hosts")._replace(
            label=f"ssh accepts a comment after a value from {SSH_CUTS_AT_HASH} on"
        )


RULE = Rule(
    summary="a comment behind a value that OpenSSH reads as something else",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    references=(
        "misc.c, argv_split",
        "servconf.c and readconf.c of 8.6",
        "auth2-pubkey.c, user_key_command_allowed2",
    ),
    examples=(
        Example("Host web # the shop\n  User ann\n", hit=True, kind="ssh_config", target="openssh-8.4"),
        Example("Host web # the shop\n  User ann\n", kind="ssh_config", target="openssh-8.5"),
        Example("Host web#1\n  User ann\n", kind="ssh_config", target="openssh-8.4"),
        Example("Host web\n  User ann#2\n", hit=True, kind="ssh_config", target="openssh-8.6"),
        Example("Host web\n  User ann#2\n", kind="ssh_config", target="openssh-8.7"),
        Example("Banner /etc/issue#net\n", hit=True, kind="sshd_config", target="openssh-8.6"),
        Example("VersionAddendum shop # public\n", "VersionAddendum shop\n", kind="sshd_config", unsafe=True),
        Example("VersionAddendum shop\n", kind="sshd_config"),
    ),
)
