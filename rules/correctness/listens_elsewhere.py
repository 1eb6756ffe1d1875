"""Port or ListenAddress that does nothing, because it is not sshd that waits for connections.

On macOS launchd does, at the port that its own plist names, and starts an sshd for each connection; so
MaxStartups counts nothing either. On Linux systemd may do the same by ssh.socket or sshd.socket, where it
is enabled: its ListenStream counts. Ubuntu has a generator that reads Port and ListenAddress into the
unit, so there they count, after `systemctl daemon-reload` and a restart of the socket.

Whether a socket unit is enabled is only looked at where the file is this machine's own.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Facts, Finding, Options, Rule, at_entry, readings

WANTED_BY = "/etc/systemd/system/sockets.target.wants"
GENERATORS = (
    "/usr/lib/systemd/system-generators/sshd-socket-generator",
    "/lib/systemd/system-generators/sshd-socket-generator",
)


def check(config: Config, options: Options) -> Iterator[Finding]:
    if not any(map(config.lines, ("port", "listenaddress", "maxstartups"))):
        return
    if config.target.vendor == "apple":
        yield from _findings(
            config, ("port", "listenaddress", "maxstartups"), "launchd", "its plist names the port"
        )
    elif config.facts and (unit := _socket(config.facts)):
        yield from _findings(
            config, ("port", "listenaddress"), "systemd", f"{unit} names the port, by ListenStream"
        )


def _socket(facts: Facts) -> str:
    if any(facts.there(path) for path in GENERATORS):
        return ""
    return next((unit for unit in ("ssh.socket", "sshd.socket") if facts.there(f"{WANTED_BY}/{unit}")), "")


def _findings(config: Config, names: tuple[str, ...], listens: str, label: str) -> Iterator[Finding]:
    for name in names:
        for entry, _ in readings(name, config):
            assert entry.keyword
            message = f"{entry.keyword.name} does nothing: {listens} waits for connections, not sshd"
            yield at_entry(entry, message)._replace(label=label)


RULE = Rule(
    summary="Port or ListenAddress that does nothing, as another program listens",
    applies_to=("sshd_config",),
    severity="warning",
    check=check,
    references=("launchd.plist(5), Sockets", "systemd.socket(5), ListenStream"),
    examples=(
        Example("Port 2222\n", hit=True, target="macos-15"),
        Example("UsePAM yes\n", target="macos-15"),
        Example(
            "Port 2222\n",
            hit=True,
            target="debian-12",
            facts={"/etc/systemd/system/sockets.target.wants/ssh.socket": (0o644, 0, 0)},
        ),
        Example("Port 2222\n", target="debian-12", facts={}),
    ),
)
