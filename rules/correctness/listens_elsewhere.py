"""Port or ListenAddress has no effect, since another program waits for the connections.

## Why

On macOS, launchd listens on the port that SockServiceName in its plist names, and starts an sshd for each
connection. So MaxStartups has no effect either. On Linux, systemd does the same if ssh.socket or
sshd.socket is enabled and the service is not. Then ListenStream of the socket unit applies. Ubuntu has a
generator that copies Port and ListenAddress into the unit: there they take effect after `systemctl
daemon-reload` and a restart of the socket.

The rule checks whether a socket unit is enabled only for files of this machine.

## How to fix it

Change ListenStream in a drop-in in /etc/systemd/system/ssh.socket.d, or the plist on macOS.

## When to ignore it

When you will disable the socket unit.
"""

from collections.abc import Iterator

from sshkeep.config.local_machine import MachineFacts
from sshkeep.config.parse_line import accepted_lines
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry, related_entry

ENABLED = "/etc/systemd/system"
GENERATORS = (
    "/usr/lib/systemd/system-generators/sshd-socket-generator",
    "/lib/systemd/system-generators/sshd-socket-generator",
)
LISTENING = ("port", "listenaddress")


def check(config: Config, options: Options) -> Iterator[Finding]:
    if not any(map(config.lines, (*LISTENING, "maxstartups"))):
        return
    if config.target.vendor == "apple":
        yield from _finding(config, (*LISTENING, "maxstartups"), "launchd", "its plist names the port")
    elif config.facts and (unit := _socket(config.facts)):
        yield from _finding(config, LISTENING, "systemd", f"{unit} names the port, by ListenStream")


def _socket(facts: MachineFacts) -> str:
    """Where the service is enabled, too, which of the two listens hangs on the unit's own text."""
    if any(facts.there(path) for path in GENERATORS):
        return ""
    for name in ("ssh", "sshd"):
        service = f"{ENABLED}/multi-user.target.wants/{name}.service"
        if facts.there(f"{ENABLED}/sockets.target.wants/{name}.socket") and not facts.there(service):
            return f"{name}.socket"
    return ""


def _finding(config: Config, names: tuple[str, ...], listens: str, label: str) -> Iterator[Finding]:
    """One for all lines, as they have one cause."""
    entries = sorted(
        (entry for name in names for entry, _ in accepted_lines(name, config)), key=lambda entry: entry.index
    )
    if entries:
        keyword = entries[0].keyword
        assert keyword
        message = f"{keyword.name} does nothing: {listens} waits for connections, not sshd"
        more = tuple(related_entry(entry, "this does nothing either") for entry in entries[1:])
        yield at_entry(entries[0], message)._replace(label=label, related=more)


RULE = Rule(
    summary="Port or ListenAddress that does nothing, as another program listens",
    applies_to=("sshd_config",),
    severity="warning",
    check=check,
    only_with=("port", "listenaddress", "maxstartups"),
    references=(
        "Apple's com.openssh.sshd.plist, SockServiceName and inetdCompatibility",
        "launchd.plist(5), Sockets",
        "systemd.socket(5), ListenStream",
        "README.Debian of openssh-server, Socket-based activation with systemd",
        "measured: Debian's sshd 9.2, given a socket, listens there and not at Port",
    ),
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
        Example(
            "Port 2222\n",
            target="debian-12",
            facts={
                "/etc/systemd/system/sockets.target.wants/ssh.socket": (0o644, 0, 0),
                "/etc/systemd/system/multi-user.target.wants/ssh.service": (0o644, 0, 0),
            },
        ),
    ),
)
