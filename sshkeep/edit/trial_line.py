"""Parse a line as the target would, before it is in a file."""

from __future__ import annotations

from sshkeep.config.blocks.criteria import BadCriteria, parse_criteria
from sshkeep.config.parse_line import ParsedLine, parse_entry
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.file import Directive, File
from sshkeep.errors import SshkeepError
from sshkeep.lookup import suggestion
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import known_names
from sshkeep.openssh.tables.option import Keyword
from sshkeep.syntax.source import Source, encode


def trial_line(
    keyword: str, value: str, config: Config, header: Block | None = None
) -> tuple[Entry, ParsedLine]:
    """The line ``keyword value`` in the block ``header``, and what the target parses it to."""
    directive = _directive(f"{keyword} {value}", config)
    entry = Entry(directive, header, config.known.get(keyword.lower()), len(config.entries))
    return entry, parse_entry(entry, config)


def parse_header(text: str, config: Config) -> Block:
    """The block that the Host or Match line ``text`` begins. Raises SshkeepError for another line."""
    directives = File(Source("", encode(text)), config.kind, config.target).directives
    row = config.known.get(directives[0].line.name.lower()) if len(directives) == 1 else None
    if row is None or not row.type.opens_block:
        blocks = "Match" if config.kind == "sshd_config" else "Host or Match"
        raise SshkeepError(
            f"{text!r} is not a {blocks} line", f"write it as in the file, such as {_EXAMPLES[config.kind]}"
        )
    block = Block(directives[0], None, None, -1, 0)
    try:
        parse_criteria(block)
    except BadCriteria as error:
        raise SshkeepError(f"{config.target.name} refuses {text!r}: {error}") from None
    return block


_EXAMPLES = {"sshd_config": "'Match User bob'", "ssh_config": "'Host web'"}


def _known_by(keyword: str, config: Config) -> str:
    """A hint on which language, releases or vendors know the keyword."""
    other: Kind = "ssh_config" if config.kind == "sshd_config" else "sshd_config"
    if keyword.lower() in known_names(config.kind):
        return "other releases or vendors do: see sshkeep explain"
    if keyword.lower() in known_names(other):
        return f"{other} has it"
    return suggestion("keyword", keyword, (row.name for row in config.known.values()))


def _directive(text: str, config: Config) -> Directive:
    return File(Source("", encode(text)), config.kind, config.target).directives[0]


def settable_keyword(keyword: str, config: Config) -> Keyword:
    """The target's row of a keyword that can be set. Raises SshkeepError for other keywords."""
    row = config.known.get(keyword.lower())
    if row is None:
        raise SshkeepError(
            f"{config.target.name} does not know {keyword} in {config.kind}", _known_by(keyword, config)
        )
    if row.type.opens_block:
        raise SshkeepError(f"{row.name} is not a setting", f"name the block with --in '{row.name} ...'")
    if row.state:
        raise SshkeepError(f"{config.target.name} takes {row.name} and does nothing with it ({row.state})")
    return row
