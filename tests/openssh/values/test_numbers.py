"""Times, ports, masks and sizes at the releases where their reading changed, and at the bounds of their types."""

from __future__ import annotations

import socket

import pytest

from sshkeep.openssh.releases import Release
from sshkeep.openssh.targets import target_of
from sshkeep.openssh.values.arguments import Arguments, BadValue
from sshkeep.openssh.values.numbers import (
    LLONG_MAX,
    checked_port,
    is_digits,
    octal,
    parse_decimal_time,
    parse_integer,
    parse_port,
    parse_size,
    parse_time,
)

# text, release, seconds
TIMES: tuple[tuple[str, str, int | None], ...] = (
    ("", "9.9", None),
    ("90", "8.3", 90),
    ("1m30", "8.3", 1860),
    ("1m30s", "8.3", 1860),
    ("1m30S", "8.3", 1860),
    ("1m30", "8.4", 90),
    ("1m30s", "8.4", 90),
    ("2m1h", "8.3", 3720),
    ("2147483647", "8.4", 2147483647),
    ("2147483648", "8.4", -2147483648),
    ("2147483648", "8.5", None),
    ("4294967294", "8.4", -2),
    ("4294967295", "8.4", None),
    ("4294967296", "8.4", 0),
    ("9223372036854775807", "8.4", None),
    ("+5", "9.7", 5),
    (" 5", "9.7", 5),
    ("+5", "9.8", None),
    (" 5", "9.8", None),
    ("+5", "10.3", None),
    ("-5", "9.7", None),
    ("-0", "9.7", 0),
    ("-00", "9.7", 0),
    ("1.5", "10.2", None),
    ("1.5", "10.3", 1),
    (".5", "10.3", 0),
    ("1.5s", "10.3", 1),
    ("1.5m", "10.3", None),
    ("1m1.5", "10.3", 61),
    ("1s2s", "10.2", 3),
    ("1s2s", "10.3", None),
    ("1m2m", "10.3", 180),
    ("5.", "10.3", None),
)


@pytest.mark.parametrize(("text", "release", "seconds"), TIMES)
def test_time(text: str, release: str, seconds: int | None) -> None:
    assert parse_time(text, _release(release)) == seconds


DECIMAL_TIMES: tuple[tuple[str, str, float | None], ...] = (
    ("5", "10.3", 5),
    ("1.5", "10.3", 1.5),
    ("1.5", "10.2", None),
    ("1m", "10.2", 60),
    ("1m1.25s", "10.3", 61.25),
    ("x.5", "10.3", None),
)


@pytest.mark.parametrize(("text", "release", "seconds"), DECIMAL_TIMES)
def test_time_with_its_fraction(text: str, release: str, seconds: float | None) -> None:
    assert parse_decimal_time(text, _release(release)) == seconds


def _release(text: str) -> Release:
    major, minor = text.split(".")
    return Release(int(major), int(minor))


@pytest.mark.parametrize(
    ("text", "yes"), [("12", True), ("", False), ("x", False), ("²", False), ("1x", False)]
)
def test_digits(text: str, yes: bool) -> None:
    assert is_digits(text) is yes


@pytest.mark.parametrize(
    ("text", "least", "most", "number"),
    [
        ("5", 5, 6, 5),
        ("6", 5, 6, 6),
        ("4", 5, 6, None),
        ("7", 5, 6, None),
        ("-3", -3, 6, -3),
        (" +5", 0, 6, 5),
        ("0" * 5000 + "5", 0, 6, 5),
        ("5 ", 0, 6, None),
        ("12345678901", 0, 10**12, None),
    ],
)  # fmt: skip
def test_integer(text: str, least: int, most: int, number: int | None) -> None:
    assert parse_integer(text, least, most) == number


PORTS: tuple[tuple[str, int | None], ...] = (
    ("1", 1),
    ("22", 22),
    ("65535", 65535),
    ("0", None),
    ("65536", None),
    ("+65536", None),
    ("-1", None),
    ("sshkeep-one", 4711),
    ("X65536", 4712),
    ("sshkeep-none", None),
)


@pytest.mark.parametrize(("text", "port"), PORTS)
def test_port(text: str, port: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what is no number is looked up in /etc/services, as TCP."""
    monkeypatch.setattr(socket, "getservbyname", _service)
    assert parse_port(text) == port


def _service(name: str, protocol: str) -> int:
    try:
        return {("sshkeep-one", "tcp"): 4711, ("X65536", "tcp"): 4712}[name, protocol]
    except KeyError:
        raise OSError from None


def test_the_least_port() -> None:
    assert checked_port("0", 0) == 0
    with pytest.raises(BadValue, match=r"^'0' is not a port$"):
        checked_port("0")


@pytest.mark.parametrize(
    ("text", "mask"),
    [("0177", 0o177), ("0" * 5000 + "7", 7), (" +7", 7), ("-0", 0), ("778", 0o77), ("0777", 0o777)],
)
def test_mask(text: str, mask: int) -> None:
    assert octal(_arguments(text)) == mask


@pytest.mark.parametrize("text", ["01000", "7" * 5000, "-1", "9", ""])
def test_no_mask(text: str) -> None:
    with pytest.raises(BadValue, match=r"is not a mask from 0 to 0777$"):
        octal(_arguments(text))


def _arguments(*words: str) -> Arguments:
    return Arguments(
        words, "StreamLocalBindMask", "streamlocalbindmask", "sshd_config", target_of("openssh-9.9")
    )


SIZES: tuple[tuple[str, int | None], ...] = (
    ("", 0),
    ("K", 0),
    ("1", 1),
    ("1b", 1),
    ("1k", 1024),
    ("1K", 1024),
    ("1T", 1024**4),
    (".5K", 512),
    ("1.25K", 1280),
    ("0.3K", 307),
    ("1.9", 1),
    ("1.2.3K", None),
    ("-1K", -1024),
    ("+1K", 1024),
    ("9223372036854775807", LLONG_MAX),
    ("9223372036854775808", None),
    ("00000000000000000001", None),
    ("0.00000000000000000009E", 0),
    ("8E", None),
    ("1KB", None),
    ("1X", None),
)


@pytest.mark.parametrize(("text", "size"), SIZES)
def test_size(text: str, size: int | None) -> None:
    assert parse_size(text) == size
