"""The client programs other than OpenSSH that sshkeep knows.

Their keepalive is an SSH_MSG_IGNORE, which a server does not answer. It keeps the path open, but the program
does not notice by it that the server is gone.
"""

from __future__ import annotations

from sshkeep.idle.clients.client_program import ClientProgram, ClientSettings
from sshkeep.idle.clients.putty import PUTTY
from sshkeep.idle.clients.settings_file import read_lines
from sshkeep.idle.clients.teraterm import TERA_TERM
from sshkeep.idle.endpoint_config import TCP_KEEPALIVE, EffectiveSetting, EndpointConfig
from sshkeep.idle.model.endpoint import INTERVAL_KEYWORD, Endpoint
from sshkeep.idle.model.kernel import Kernel
from sshkeep.lookup import unknown_name

CLIENT_PROGRAMS: dict[str, ClientProgram] = {program.name: program for program in (PUTTY, TERA_TERM)}


def find_client_program(name: str) -> ClientProgram:
    """The program of that name. Raises SshkeepError."""
    if name not in CLIENT_PROGRAMS:
        raise unknown_name("client program", name, CLIENT_PROGRAMS)
    return CLIENT_PROGRAMS[name]


def read_client_settings(program: ClientProgram, file: str, session: str = "") -> ClientSettings:
    """The settings in ``file``, of the saved session ``session`` if it has several. Raises SshkeepError."""
    return program.parse(read_lines(file), file, session)


def client_endpoint(
    program: ClientProgram, settings: ClientSettings, file: str, kernel: Kernel
) -> EndpointConfig:
    """The client's endpoint; ``file`` is empty if the program has its default settings."""
    endpoint = Endpoint("client", None, settings.interval, None, settings.tcp_keepalive, kernel)
    place = ", ".join(where for name, where in settings.origins.items() if name not in program.tcp_settings)
    keepalive = EffectiveSetting(f"{program.title}'s keepalive", str(settings.interval), program_place=place)
    tcp = EffectiveSetting("TCP keepalives", "yes" if settings.tcp_keepalive else "no")
    effective = {INTERVAL_KEYWORD["client"]: keepalive, TCP_KEEPALIVE: tcp}
    return EndpointConfig(endpoint, program.title, file, effective, {}, manual_setting=program.setting)
