"""Sessions of client programs other than OpenSSH: where a finding points, and the fix of an interval."""

from __future__ import annotations

from sshkeep.config.tree.config import Config
from sshkeep.edit.intents import SetInSession
from sshkeep.idle.clients.client_config import ClientConfig
from sshkeep.idle.clients.client_program import SavedSession
from sshkeep.lint.checks.findings import in_short
from sshkeep.lint.finding import Finding, Fix
from sshkeep.phrase import Phrase, listed
from sshkeep.syntax.source import Span, encode


def client_config(config: Config) -> ClientConfig:
    """The config as what it is for rules that apply to client programs only."""
    assert isinstance(config, ClientConfig)
    return config


def at_session(session: SavedSession, message: str, config: ClientConfig) -> Finding:
    """A finding on the line that sets the interval, else on the one that begins the session."""
    there = [name for name in config.program.units if name in session.numbers]
    decides = next((name for name in there if session.numbers[name].value), there[-1] if there else "")
    number = session.numbers[decides].line.number if decides else session.header
    if session.header and session.name:
        message = Phrase("{message} in session {name}", message=message, name=in_short(session.name))
    return Finding(
        message,
        config.file.source,
        _line_span(number, config),
        decides or config.program.keyword,
        session.name,
    )


def _line_span(number: int, config: ClientConfig) -> Span:
    """The text of a line; without one, the file's beginning."""
    if not number:
        return Span(0, 0)
    text = config.file.lines[number - 1].text
    start = config.file.source.start(number - 1)
    return Span(start + len(encode(text)) - len(encode(text.lstrip())), start + len(encode(text.rstrip())))


def interval_fix(session: SavedSession, seconds: int, config: ClientConfig) -> Fix:
    """Set the interval to ``seconds``; units that would add to it become 0."""
    program = config.program
    others = [
        name
        for name in program.units
        if name != program.keyword
        and name in session.numbers
        and (session.numbers[name].value or not session.numbers[name].valid)
    ]
    title = listed([f"{program.keyword} {seconds}", *(f"{name} 0" for name in others)])
    return Fix(
        title,
        "safe",
        (
            *(SetInSession(session.name, name, 0) for name in others),
            SetInSession(session.name, program.keyword, seconds),
        ),
    )
