"""A keyword that sshd does not allow within a Match block, so it does not start.

What concerns the daemon as a whole, or the time before it knows who connects (Port, HostKey, Ciphers,
TCPKeepAlive), can't differ from user to user. A Match block goes on to the next Match or the end of the
file, blank lines and indentation notwithstanding: a global setting that is appended to a file that
ends in a block stands in that block. `Match all` is no way out of it for those who log in by that
block, but it is taken for these keywords.

The fix moves the line out of the block, where nothing else sets the keyword. It is unsafe: someone may have
meant it for the block alone, which can't be had.
"""

from sshkeep.config.refusals import Refusal
from sshkeep.edit.intents import DeleteLine, SetGlobal
from sshkeep.lint import Config, Entry, Example, Finding, Fix, Related, Rule
from sshkeep.lint.checks.refusals import refused_for
from sshkeep.openssh.tables.option import Keyword
from sshkeep.syntax.words import BadQuotes


def remarks(finding: Finding, refusal: Refusal, config: Config) -> Finding:
    block, row = refusal.entry.block, refusal.entry.keyword
    assert block and row
    since = row.in_match
    label = f"it may stand there from OpenSSH {since} on" if since else "it must stand above the first Match"
    header = block.header
    where = Related(
        header.file.source, header.whole, "this block goes on to the next Match or the file's end"
    )
    return finding._replace(label=label, related=(where,), fix=_move(refusal.entry, row, config))


def _move(entry: Entry, row: Keyword, config: Config) -> Fix | None:
    """Out of the block, where nothing sets it yet; that it is meant for everyone is a guess."""
    try:
        words = entry.directive.words(row.type.splitting)
    except BadQuotes:
        return None
    if len(words) != 1 or row.adds or len(config.lines(row.option)) > 1:
        return None
    from sshkeep.edit.trial_line import trial_line

    if trial_line(row.name, words[0].text, config)[1].problem:
        return None
    move = (DeleteLine(entry), SetGlobal(row.name, (words[0].text,)))
    return Fix(f"move {row.name} above the first Match", "unsafe", move)


RULE = Rule(
    summary="a keyword that may not stand within a Match block",
    applies_to=("sshd_config",),
    severity="error",
    check=refused_for("not in match", remarks),
    reads="lines",
    references=("servconf.c, keywords[], SSHCFG_GLOBAL", "sshd_config(5), Match"),
    examples=(
        Example("Match User a\n  Banner none\nPort 2222\n", hit=True),
        Example(
            "UseDNS no\nMatch User a\n  Banner none\nTCPKeepAlive no\n",
            "UseDNS no\nTCPKeepAlive no\nMatch User a\n  Banner none\n",
            unsafe=True,
        ),
        Example("Match User a\n  Banner none\nTCPKeepAlive maybe\n", hit=True),
        Example("Port 2222\nMatch User a\n  Banner none\n"),
        Example("Match User a\n  Banner none\nMatch all\nPort 2222\n"),
        Example("Match User a\n  Banner none\n"),
        Example("Match User a\n  IgnoreRhosts yes\n", hit=True, target="openssh-8.2"),
        Example("Match User a\n  IgnoreRhosts yes\n", target="openssh-8.3"),
    ),
)
