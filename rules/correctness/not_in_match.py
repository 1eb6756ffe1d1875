"""sshd does not allow this keyword within a Match block, so it does not start.

## Why

Settings of the whole daemon, or of the time before sshd knows who connects (Port, HostKey, Ciphers,
TCPKeepAlive), can't differ between users. A Match block ends only at the next Match or at the end of the
file; blank lines and indentation do not end it. So a global setting that is appended to a file that ends
with a block belongs to that block. `Match all` allows these keywords, but it does not end the block for the
users to whom it applies.

## How to fix it

The fix moves the line out of the block. Lines that add up (Port, ListenAddress, HostKey) go to the existing
lines; others are moved only if no global line sets the keyword. The fix deletes a line that repeats the
global value. If the block also contains other global lines (see
[swallowed-by-block](swallowed-by-block.md)), the fix moves all of them below a `Match all`, so that they
apply to everyone.

The fix is unsafe, since the line may be meant for this block only, which is not possible. If sshd ignores
the option anyway, the fix deletes the line, which is safe.

## When to ignore it

Never: sshd does not start.
"""

from sshkeep.config.precedence.global_value import global_setting
from sshkeep.config.precedence.order import Candidate, order_by_part
from sshkeep.config.refusals import Refusal
from sshkeep.edit.intents import DeleteLine, SetGlobal
from sshkeep.errors import SshkeepError
from sshkeep.lint import Config, Entry, Example, Finding, Fix, Related, Rule
from sshkeep.lint.checks.block_layout import swallowed_tail_of
from sshkeep.lint.checks.refusals import refused_for
from sshkeep.lint.checks.swallowed import fix_of_tail
from sshkeep.lint.rule import A_REFUSED_LINE
from sshkeep.openssh.tables.option import Keyword
from sshkeep.syntax.words import BadQuotes


def remarks(finding: Finding, refusal: Refusal, config: Config) -> Finding:
    block, row = refusal.entry.block, refusal.entry.keyword
    assert block and row
    since = row.in_match
    label = f"it may stand there from OpenSSH {since} on" if since else "it must stand above the first Match"
    header = block.header
    where = Related(
        header.file.source, header.whole, "this block ends at the next Match or at the end of the file"
    )
    return finding._replace(label=label, related=(where,), fix=_move(refusal.entry, row, config))


def _move(entry: Entry, row: Keyword, config: Config) -> Fix | None:
    """Out of the block, beside what others add; that it is meant for everyone is a guess.

    A line that sshd skips anyway goes away. With a tail of lines that the block swallows, it moves with them.
    """
    if row.state:
        return Fix("delete the line", "safe", (DeleteLine(entry),))
    tail = swallowed_tail_of(entry, config)
    if tail is not None and tail.meant_for is None:
        return fix_of_tail(tail)
    from sshkeep.edit.trial_line import trial_line

    text = _arguments(entry, row, config)
    if text is None:
        return None
    _, moved = trial_line(row.name, text, config)
    if moved.problem:
        return None
    part = moved.words[0].text if row.type.parts_are_named else ""
    there = _in_effect(row.option, part, config)
    texts = [_arguments(line.entry, row, config) for line in there]
    if any(line.value == moved.value for line in there):
        return Fix("delete the line, since a global line sets the option", "unsafe", (DeleteLine(entry),))
    if None in texts or (there and not row.adds):
        return None
    values = (*(each for each in texts if each is not None), text)
    move = (DeleteLine(entry), SetGlobal(row.name, values, part))
    return Fix(f"move {row.name} above the first Match", "unsafe", move)


def _in_effect(option: str, part: str, config: Config) -> tuple[Candidate, ...]:
    """The lines that decide for everyone."""
    if not part:
        return global_setting(option, config).won
    lines = [line for line in order_by_part(option, config).get(part, ()) if not line.conditions]
    return tuple(lines[:1])


def _arguments(entry: Entry, row: Keyword, config: Config) -> str | None:
    """The arguments as a line of the file's top has them; None where no line can have them."""
    from sshkeep.openssh.quoting import quote_arguments

    try:
        words = [word.text for word in entry.directive.words(row.type.splitting)]
        return quote_arguments(words, row, config.kind, config.target)
    except (BadQuotes, SshkeepError):
        return None


RULE = Rule(
    summary="a keyword that may not stand within a Match block",
    applies_to=("sshd_config",),
    severity="error",
    check=refused_for("not in match", remarks),
    reads="lines",
    only_with=(A_REFUSED_LINE,),
    references=("servconf.c, keywords[], SSHCFG_GLOBAL", "sshd_config(5), Match"),
    examples=(
        Example(
            "Match User a\n  Banner none\nPort 2222\n",
            "Match User a\n  Banner none\nMatch all\nPort 2222\n",
            unsafe=True,
        ),
        Example(
            "Port 22\nMatch User a\n  Banner none\n  Port 2222\n",
            "Port 22\nPort 2222\nMatch User a\n  Banner none\n",
            unsafe=True,
        ),
        Example(
            "Match User a\n  Banner none\n  Subsystem sftp internal-sftp\n",
            "Subsystem sftp internal-sftp\nMatch User a\n  Banner none\n",
            target="openssh-9.2",
            unsafe=True,
        ),
        Example(
            "UseDNS no\nMatch User a\n  Banner none\n  UseDNS no\n",
            "UseDNS no\nMatch User a\n  Banner none\n",
            unsafe=True,
        ),
        Example("UseDNS yes\nMatch User a\n  Banner none\n  UseDNS no\n", hit=True),
        Example(
            "UseDNS no\nMatch User a\n  Banner none\nTCPKeepAlive no\n",
            "UseDNS no\nMatch User a\n  Banner none\nMatch all\nTCPKeepAlive no\n",
            unsafe=True,
        ),
        Example("Match User a\n  Banner none\nTCPKeepAlive maybe\n", hit=True),
        Example("Match User a\n  Banner none\n  UseLogin no\n", "Match User a\n  Banner none\n"),
        Example("Port 2222\nMatch User a\n  Banner none\n"),
        Example("Match User a\n  Banner none\nMatch all\nPort 2222\n"),
        Example("Match User a\n  Banner none\n"),
        Example("Match User a\n  IgnoreRhosts yes\n", hit=True, target="openssh-8.2"),
        Example("Match User a\n  IgnoreRhosts yes\n", target="openssh-8.3"),
    ),
)
