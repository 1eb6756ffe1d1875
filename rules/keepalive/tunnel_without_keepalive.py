"""A tunnel is the connection that idles most, and ssh never probes its server.

`ssh -N` with LocalForward, RemoteForward, DynamicForward or Tunnel carries nothing for hours, until a NAT
or firewall forgets it. ssh does not notice: it goes on listening on the local port, whatever restarts
it (autossh, systemd) waits for it to end, and what connects to the port hangs. The server holds the
port of a RemoteForward until it notices, so the next ssh can't have it. ServerAliveInterval keeps the
tunnel open, and lets ssh end when the server is gone.
"""

from collections.abc import Iterator

from sshkeep.lint import (
    SPACING,
    Config,
    Entry,
    Example,
    Finding,
    Options,
    Rule,
    accepted_lines,
    less_telling,
    live,
    silences,
    told,
)

FORWARDS = ("localforward", "remoteforward", "dynamicforward")
SWITCHES = {"tunnel": ("point-to-point", "ethernet"), "sessiontype": ("none",)}


def check(config: Config, options: Options) -> Iterator[Finding]:
    message, label = "an idle tunnel dies, and ssh does not notice", "nothing is sent while it idles"
    for silence in silences(_tunnels(config), config, {"clearallforwardings": lambda value: value != "yes"}):
        finding = told(silence, message, label, options["seconds"], config)
        keyword = silence.line.keyword
        held = ("the server holds the port of a dead tunnel, so the next ssh can't have it",)
        yield finding._replace(notes=held if keyword and keyword.option == "remoteforward" else ())


def _tunnels(config: Config) -> list[Entry]:
    found = [entry for name in FORWARDS for entry, _ in accepted_lines(name, config)]
    for name, values in SWITCHES.items():
        found += live(name, values.__contains__, config)
    return sorted(found, key=lambda entry: entry.index) if found else found


RULE = Rule(
    summary="a tunnel or port forwarding is set up without a keepalive",
    applies_to=("ssh_config",),
    severity="warning",
    options={"seconds": SPACING},
    check=check,
    explains=less_telling("tunnel-without-keepalive"),
    references=("ssh_config(5), ServerAliveInterval", "ssh_config(5), RemoteForward"),
    examples=(
        Example(
            "Host db\n  LocalForward 5432 localhost:5432\n",
            "Host db\n  LocalForward 5432 localhost:5432\n\nHost *\n  ServerAliveInterval 60\n",
        ),
        Example("Host db\n  LocalForward 5432 localhost:5432\n  ServerAliveInterval 30\n"),
        Example("Host db\n  User a\n"),
        Example(
            "Host db web\n  RemoteForward 9000 localhost:22\nHost web\n  ServerAliveInterval 30\n",
            "Host db web\n  RemoteForward 9000 localhost:22\nHost web\n  ServerAliveInterval 30\n"
            "\nHost *\n  ServerAliveInterval 60\n",
        ),
        Example("Host db web\n  RemoteForward 9000 localhost:22\nHost web d?\n  ServerAliveInterval 30\n"),
        Example(
            "Host db\n  SessionType none\n  ServerAliveInterval 0\nHost *\n  ServerAliveInterval 60\n",
            "Host db\n  SessionType none\n  ServerAliveInterval 60\nHost *\n  ServerAliveInterval 60\n",
        ),
    ),
)
