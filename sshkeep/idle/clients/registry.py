"""The client programs other than OpenSSH that sshkeep knows.

Their keepalive is an SSH_MSG_IGNORE, which a server does not answer. It keeps the path open, but the program
does not notice by it that the server is gone.
"""

from __future__ import annotations

from sshkeep.errors import SshkeepError
from sshkeep.idle.clients.client_config import ClientConfig, load_client_config
from sshkeep.idle.clients.client_program import ClientProgram, ClientSettings, SavedSession
from sshkeep.idle.clients.putty import MAX_SECONDS, PUTTY
from sshkeep.idle.clients.select_session import select_session
from sshkeep.idle.clients.settings_file import read_settings
from sshkeep.idle.clients.teraterm import TERA_TERM
from sshkeep.idle.endpoint_config import TCP_KEEPALIVE, EffectiveSetting, EndpointConfig
from sshkeep.idle.model.endpoint import INTERVAL_KEYWORD, Endpoint
from sshkeep.idle.model.kernel import Kernel
from sshkeep.lookup import unknown_name
from sshkeep.phrase import Phrase

CLIENT_PROGRAMS: dict[str, ClientProgram] = {program.name: program for program in (PUTTY, TERA_TERM)}


def find_client_program(name: str) -> ClientProgram:
    """The program of that name. Raises SshkeepError."""
    if name not in CLIENT_PROGRAMS:
        raise unknown_name("client program", name, CLIENT_PROGRAMS)
    return CLIENT_PROGRAMS[name]


def read_client_settings(program: ClientProgram, file: str, session: str = "") -> ClientSettings:
    """The settings in ``file``, of the saved session ``session`` if it has several. Raises SshkeepError."""
    return client_settings(load_client_config(program, file, read_settings(file)), session)


def client_settings(config: ClientConfig, session: str = "") -> ClientSettings:
    """The settings of the session called ``session``, or of the only one. Raises SshkeepError."""
    program = config.program
    return _settings(select_session(program, config.sessions, config.top, session), program)


def _settings(session: SavedSession, program: ClientProgram) -> ClientSettings:
    """Raises SshkeepError for a number that is none."""
    for name, number in session.numbers.items():
        if not number.valid:
            text = number.text.strip().strip("\"'")[:40]
            raise SshkeepError(f"{number.line.where}: {name} is {text!r}, {program.wrong_number}")
    interval = program.interval(session)
    if not 0 <= interval <= MAX_SECONDS:
        where = [session.numbers[name].line.where for name in program.units if name in session.numbers]
        raise SshkeepError(
            f"{where[-1]}: {interval} s is not a valid time between keepalives", "0 switches them off"
        )
    origins = {name: session.numbers[name].line.where for name in program.names if name in session.numbers}
    tcp = session.numbers.get(program.tcp_setting)
    return ClientSettings(interval, tcp.value != 0 if tcp else program.defaults.tcp_keepalive, origins)


def client_endpoint(
    program: ClientProgram, settings: ClientSettings, file: str, kernel: Kernel
) -> EndpointConfig:
    """The client's endpoint; ``file`` is empty if the program has its default settings."""
    endpoint = Endpoint(
        "client", None, settings.interval, None, settings.tcp_keepalive, kernel, program=program.title
    )
    place = ", ".join(where for name, where in settings.origins.items() if name != program.tcp_setting)
    name = Phrase("{program}'s keepalive", program=program.title)
    keepalive = EffectiveSetting(name, str(settings.interval), program_place=place)
    tcp = EffectiveSetting(Phrase("TCP keepalives"), "yes" if settings.tcp_keepalive else "no")
    effective = {INTERVAL_KEYWORD["client"]: keepalive, TCP_KEEPALIVE: tcp}
    return EndpointConfig(endpoint, program.title, file, effective, {}, manual_setting=program.setting)
