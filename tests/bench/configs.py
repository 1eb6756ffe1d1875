"""Configs to measure with, written piece by piece so that this process stays small."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain

LAST = "Host *\n    ServerAliveInterval 60\n"


def hosts(count: int, wildcards: int = 0) -> str:
    """The path of an ssh_config with ``count`` literal Hosts, and wildcards that cover none of them."""
    return _written(f"{count}-{wildcards}.ssh_config", chain(_hosts(count, wildcards), [LAST]))


def hostile(count: int) -> str:
    """The path of an ssh_config whose wildcards have no literal text at either end to tell them by."""
    wild = (_host(f"*a{number}z*", number) for number in range(count))
    return _written("hostile.ssh_config", chain(wild, _hosts(count, 0), [LAST]))


def _hosts(count: int, wildcards: int) -> Iterator[str]:
    zones = {zone * count // wildcards: zone for zone in range(wildcards)}
    for number in range(count):
        if number in zones:
            zone = zones[number]
            yield _host(f"*.zone{zone}.internal" if zone % 2 else f"zone{zone}-*", number)
        yield _host(f"host{number}.example.org", number)


def _host(pattern: str, number: int) -> str:
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    settings = (
        f"HostName {address}\n User user{number % 100}\n Port 22\n ServerAliveInterval {number % 60 + 30}"
    )
    return f"Host {pattern}\n {settings}\n"


def matches(count: int) -> str:
    """The path of an sshd_config with ``count`` Match blocks of three lines."""
    blocks = (
        f"Match User user{number}\n    ClientAliveInterval {30 + number % 60}\n    X11Forwarding no\n"
        for number in range(count)
    )
    return _written(f"{count}.sshd_config", chain(["ClientAliveInterval 30\n"], blocks))


def bad_lines(size: int) -> str:
    """The path of an sshd_config of ``size`` bytes of which every line is an unknown keyword."""
    line = "a \n"
    return _written(f"{size}-bad.sshd_config", (line for _ in range(size // len(line))))


def policy(name: str, text: str) -> str:
    """The path of a policy."""
    return _written(f"{name}.policy.yaml", [text])


def copies(stock: str, count: int) -> list[str]:
    """The paths of ``count`` copies of an sshd_config, each in a folder of its own."""
    text = _text_of(stock)
    return [_written(f"copies/{number}/sshd_config", [text]) for number in range(count)]


def variants(stock: str, count: int) -> list[str]:
    """The same, where each has a port of its own."""
    text = _text_of(stock)
    return [
        _written(f"variants/{number}/sshd_config", [f"Port {number + 1}\n", text]) for number in range(count)
    ]


def _text_of(path: str) -> str:
    with open(path, encoding="utf-8", errors="surrogateescape", newline="") as stream:
        return stream.read()


def _written(name: str, pieces: Iterable[str]) -> str:
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    with open(name, "w", encoding="utf-8", errors="surrogateescape", newline="") as stream:
        stream.writelines(pieces)
    return os.path.abspath(name)
