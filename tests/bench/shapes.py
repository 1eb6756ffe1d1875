"""Shapes of input that ask for more than linear work when they grow: of hostile files, and of generated ones.

`python -m tests.bench growth` measures them in CPU seconds, and tests/bench/test_growth.py counts their steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sshkeep.config.blocks.unsatisfiable import MOST_PATTERNS
from sshkeep.openssh.kind import Kind


class Shape(NamedTuple):
    """``text`` makes the config of a size; ``size`` is the one that is measured, next to its double.

    ``setting`` is what `set` is called with, other than the file. ``hosts``: `hosts` is measured, too; it
    compares each name of a Host line with all patterns of that line, up to a limit.
    """

    name: str
    kind: Kind
    size: int
    text: Callable[[int], str]
    setting: tuple[str, ...]
    hosts: bool = True


def lines(line: str) -> Callable[[int], str]:
    """A config of n lines, each with its own number."""
    return lambda count: "".join(line.format(number) + "\n" for number in range(count))


def _listen_addresses(count: int) -> str:
    """Each address is listened on at each port, of which sshd takes 256."""
    ports = "".join(f"Port {1000 + number}\n" for number in range(256 + count))
    return ports + "".join(f"ListenAddress {_address(number)}\n" for number in range(count))


def _address(number: int) -> str:
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def _misspelt(count: int) -> str:
    words = ("ClientAliveIntervall 60", "ClientAliveCountMaxx 3", "TCPKeepAlives yes")
    return "".join(f"{words[number % 3]}\n" for number in range(count))


def _suppressed(count: int) -> str:
    comment = "# sshkeep: ignore[duplicate] on purpose\n"
    return "X11Forwarding no\n" + f"{comment}X11Forwarding yes\n" * count


def _shadowed_blocks(count: int) -> str:
    """Each Host is there twice: every second block never takes effect."""
    hosts = (f"Host h{number // 2}\n    ServerAliveInterval {number % 60 + 30}\n" for number in range(count))
    return "".join(hosts)


def _wildcards(count: int) -> str:
    return "".join(f"Host *z{number}\n    ServerAliveInterval 0\n" for number in range(count))


def _zero_in_blocks(count: int) -> str:
    return "".join(f"Match User u{number}\n    ClientAliveInterval 0\n" for number in range(count))


def _half_words(keyword: str, word: str) -> Callable[[int], str]:
    """One line of n words."""
    return lambda count: f"{keyword} " + " ".join(word.format(number) for number in range(count)) + "\n"


def _one_block(header: str, line: str) -> Callable[[int], str]:
    return lambda count: f"{header}\n" + "".join(f"    {line.format(number)}\n" for number in range(count))


def _patterns(count: int) -> str:
    return "Host " + " ".join(f"h{number}" for number in range(count)) + "\n    ServerAliveInterval 0\n"


def _negated(count: int) -> str:
    """More than `sshkeep.config.blocks.unsatisfiable` compares with each other."""
    names = " ".join(f"!h{number}" for number in range(MOST_PATTERNS + count))
    return f"Host * {names}\n    ServerAliveInterval 0\n"


SSHD: Kind = "sshd_config"
SSH: Kind = "ssh_config"
INTERVAL = ("ClientAliveInterval", "45")
PROBES = ("ServerAliveInterval", "45")

SHAPES = (
    Shape("Port, the same", SSHD, 20_000, lines("Port 22"), ("Port", "2222")),
    Shape("Port, all others", SSHD, 20_000, lines("Port {}"), ("Port", "2222")),
    Shape("Port, refused", SSHD, 10_000, lines("Port x{}"), ("Port", "2222")),
    Shape("ListenAddress and Port", SSHD, 500, _listen_addresses, ("Port", "2222")),
    Shape("ListenAddress", SSHD, 10_000, lines("ListenAddress 10.0.0.1:{}"), ("ListenAddress", "10.0.0.9")),
    Shape("HostKey", SSHD, 10_000, lines("HostKey /etc/ssh/key{}"), ("HostKey", "/k")),
    Shape("AllowUsers, a line each", SSHD, 10_000, lines("AllowUsers u{}"), ("--add", "AllowUsers", "bob")),
    Shape("AllowUsers, in one line", SSHD, 20_000, _half_words("AllowUsers", "u{}"), ("AllowUsers", "bob")),
    Shape("AcceptEnv", SSHD, 20_000, lines("AcceptEnv A{}"), ("--remove", "AcceptEnv", "A1")),
    Shape("Subsystem", SSHD, 10_000, lines("Subsystem s{} /x"), ("Subsystem", "sftp", "internal-sftp")),
    Shape("PermitListen in a block", SSHD, 10_000, _one_block("Match User bob", "PermitListen {}"), INTERVAL),
    Shape("SetEnv", SSHD, 10_000, lines("SetEnv A{}=b"), ("SetEnv", "A=c")),
    Shape("ClientAliveInterval", SSHD, 20_000, lines("ClientAliveInterval {}"), INTERVAL),
    Shape("misspelt keepalives", SSHD, 6_000, _misspelt, INTERVAL),
    Shape("unknown keywords, one", SSHD, 20_000, lines("Foo {}"), INTERVAL),
    Shape("unknown keywords, many", SSHD, 20_000, lines("Foo{} 1"), INTERVAL),
    Shape("suppressed duplicates", SSHD, 5_000, _suppressed, INTERVAL),
    Shape("comments", SSHD, 100_000, lines("# {}"), INTERVAL),
    Shape("Match User with 0", SSHD, 3_000, _zero_in_blocks, INTERVAL),
    Shape("Match all", SSHD, 5_000, lines("Match all\n    ClientAliveInterval {}"), INTERVAL),
    Shape("Match, refused", SSHD, 5_000, lines("Match Usr u{}"), INTERVAL),
    Shape("RekeyLimit", SSHD, 10_000, lines("RekeyLimit {}M"), ("RekeyLimit", "1G")),
    Shape("Include of nothing", SSHD, 3_000, lines("Include /nonexistent/{}"), INTERVAL),
    Shape("LocalForward", SSH, 5_000, lines("LocalForward {} h:22"), ("LocalForward", "1", "h:1")),
    Shape("LocalForward in a block", SSH, 5_000, _one_block("Host web", "LocalForward {} h:22"), PROBES),
    Shape("IdentityFile", SSH, 10_000, lines("IdentityFile ~/.ssh/k{}"), ("IdentityFile", "~/.ssh/k")),
    Shape("SendEnv", SSH, 10_000, lines("SendEnv A{}"), ("SendEnv", "LANG")),
    Shape("SendEnv, taken away", SSH, 10_000, lines("SendEnv A{0} -B{0}"), ("SendEnv", "LANG")),
    Shape("IgnoreUnknown", SSH, 10_000, _half_words("IgnoreUnknown", "a{},"), PROBES),
    Shape("UserKnownHostsFile", SSH, 20_000, _half_words("UserKnownHostsFile", "/k{}"), PROBES),
    Shape("Host, each with 0", SSH, 5_000, lines("Host h{}\n    ServerAliveInterval 0"), PROBES),
    Shape("Host, each twice", SSH, 10_000, _shadowed_blocks, PROBES),
    Shape("Host *", SSH, 5_000, lines("Host *\n    ServerAliveInterval {}"), PROBES),
    Shape("Host, wildcards", SSH, 1_000, _wildcards, PROBES),
    Shape("Host, of many patterns", SSH, 20_000, _patterns, PROBES, hosts=False),
    Shape("Host, all but many", SSH, 5_000, _negated, PROBES, hosts=False),
    Shape("Match exec", SSH, 3_000, lines("Match exec true{}\n    ServerAliveInterval 0"), PROBES),
    Shape("Match final", SSH, 3_000, lines("Match final\n    ServerAliveInterval {}"), PROBES),
    Shape("ProxyCommand and ProxyJump", SSH, 5_000, lines("ProxyCommand c{0}\nProxyJump j{0}"), PROBES),
)


def commands(shape: Shape, path: str) -> Iterator[tuple[str, list[str]]]:
    """What sshkeep is asked about the file of a shape: a name, and the arguments."""
    yield "lint", ["lint", path]
    yield "fix", ["fix", path]
    yield "set", ["set", *shape.setting, path]
    if shape.kind == "sshd_config":
        yield "effective", ["effective", "-C", "user=bob", path]
        yield "effective, JSON", ["effective", "-C", "user=bob", "--format", "json", path]
        yield "idle", ["idle", "--server", path, "-C", "user=bob"]
    else:
        yield "effective", ["effective", "--host", "web", path]
        yield "effective, JSON", ["effective", "--host", "web", "--format", "json", path]
        yield "idle", ["idle", "--client", path, "--host", "web"]
        if shape.hosts:
            yield "hosts", ["hosts", path]
