"""Set a number in a saved session of a client program: in its line, or in a new line of the session."""

from __future__ import annotations

from sshkeep.config.tree.config import Config
from sshkeep.edit.edits import Edit
from sshkeep.edit.intents import SetInSession
from sshkeep.edit.request import SetRequest
from sshkeep.errors import SshkeepError
from sshkeep.idle.clients.client_config import ClientConfig
from sshkeep.idle.clients.client_program import SavedNumber, SavedSession
from sshkeep.idle.clients.putty import MAX_SECONDS
from sshkeep.idle.clients.select_session import select_session
from sshkeep.openssh.values.numbers import is_digits
from sshkeep.syntax.source import Source, encode


def requested_settings(request: SetRequest, config: Config) -> list[SetInSession]:
    """What the request sets, in the session that it names, or else in every one about SSH.

    Raises SshkeepError for what these programs have not.
    """
    assert isinstance(config, ClientConfig)
    program = config.program
    name = next((each for each in program.names if each.lower() == request.keyword.lower()), None)
    if name is None:
        names = ", ".join(program.names)
        raise SshkeepError(f"sshkeep sets no {request.keyword} of {program.title}", f"it sets {names}")
    if request.mode != "set" or len(request.values) != 1:
        raise SshkeepError(f"{name} is one number, and can only be set", f"sshkeep set {name} 60 FILE")
    text = request.values[0]
    if not (is_digits(text) and len(text) <= len(str(MAX_SECONDS)) and int(text) <= MAX_SECONDS):
        raise SshkeepError(f"{name} {text} is not a whole number", "0 is off")
    sessions = config.ssh_sessions
    if request.header:
        sessions = [select_session(program, config.sessions, config.top, request.header)]
    if not sessions:
        raise SshkeepError(f"{config.top} holds no SSH session", "name another session with --in")
    return [SetInSession(session.name, name, int(text)) for session in sessions]


def set_in_session(intent: SetInSession, config: Config) -> list[Edit]:
    """The one edit that does it. Raises SshkeepError for a file that could not keep its other bytes."""
    assert isinstance(config, ClientConfig)
    if not config.file.editable:
        raise SshkeepError(f"{config.top} ends within a character", "write it again with its program")
    session = next((each for each in config.sessions if each.name == intent.session), None)
    if session is None:
        raise SshkeepError(f"{config.top} holds no session called {intent.session}")
    if number := session.numbers.get(intent.name):
        return [_in_line(number, intent.value, session, config.file.source)]
    return [_new_line(intent, session, config)]


def _in_line(number: SavedNumber, value: int, session: SavedSession, source: Source) -> Edit:
    """Replace the number in its line; white space and quotes around it stay."""
    at = source.start(number.line.number - 1)
    before = number.line.text.rindex(number.text) if number.text else len(number.line.text)
    blanks = len(number.text) - len(number.text.lstrip())
    old = number.text.strip().strip("\"'")
    start = before + (number.text.index(old) if old else blanks)
    new = session.template.format(name="", value=value).rpartition("=")[2].rpartition(":")[2]
    start_byte = at + len(encode(number.line.text[:start]))
    return Edit(source.path, start_byte, start_byte + len(encode(old)), new.encode())


def _new_line(intent: SetInSession, session: SavedSession, config: ClientConfig) -> Edit:
    """Below the last line of the session, else at the end of the file, in a new section if need be."""
    source = config.file.source
    ending = b"\r\n" if source.lines and source.lines[0].endswith(b"\r\n") else b"\n"
    line = session.template.format(name=intent.name, value=intent.value).encode() + ending
    number = session.last or len(source.lines)
    at = source.start(number) if number else 0
    if number and not source.lines[number - 1].endswith(b"\n"):
        line = ending + line.removesuffix(ending)
    if config.program.section and not session.header:
        line = b"[" + config.program.section.encode() + b"]" + ending + line.removeprefix(ending)
        if number:
            line = ending + (ending if not source.data.endswith(b"\n") else b"") + line
    return Edit(source.path, at, at, line)
