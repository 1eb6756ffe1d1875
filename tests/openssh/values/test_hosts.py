"""Hosts with ports, forwards, jumps, and what else is cut into parts, as misc.c and readconf.c cut it."""

from __future__ import annotations

import pytest

from sshkeep.openssh.releases import Release
from sshkeep.openssh.values.connection_limits import scanned
from sshkeep.openssh.values.forwards import Forward, parse_forward, printed_forward
from sshkeep.openssh.values.hostports import bare_host, cut_host, parse_jump_host
from sshkeep.openssh.values.variables import has_unclosed_variable
from sshkeep.syntax.source import decode
from tests.openssh.values.reading import read


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a", ("a", None)),
        ("a:1", ("a", "1")),
        ("a:", ("a", "")),
        (":1", ("", "1")),
        ("", ("", None)),
        ("[::1]:1", ("[::1]", "1")),
        ("[::1]", ("[::1]", None)),
        ("[]", ("[]", None)),
        ("[::1]x", None),
        ("[::1", None),
        ("/a", None),
        ("a/b", None),
        ("a:1/2", ("a", "1/2")),
    ],
)
def test_cut_host(text: str, parts: tuple[str, str | None] | None) -> None:
    assert cut_host(text) == parts


@pytest.mark.parametrize(
    ("text", "host"),
    [("a", "a"), ("[a]", "a"), ("[", "["), ("[]", ""), ("[a", "[a"), ("a]", "a]"), ("", "")],
)
def test_bare_host(text: str, host: str) -> None:
    assert bare_host(text) == host


# text: as a URI or a host, and as a host only
JUMPS: dict[str, tuple[tuple[str, str, int] | None, tuple[str, str, int] | None]] = {
    "a": (("", "a", -1), ("", "a", -1)),
    "a:22": (("", "a", 22), ("", "a", 22)),
    "a:": (("", "a", -1), ("", "a", -1)),
    "u@a": (("u", "a", -1), ("u", "a", -1)),
    "u@b@a:1": (("u@b", "a", 1), ("u@b", "a", 1)),
    "[::1]:1": (("", "::1", 1), ("", "::1", 1)),
    "a:65535": (("", "a", 65535), ("", "a", 65535)),
    "ssh://u@a:1": (("u", "a", 1), ("ssh://u", "a", 1)),
    "ssh://u;x@a": (("u", "a", -1), ("ssh://u;x", "a", -1)),
    "ssh://u;x;y@a": (("u", "a", -1), ("ssh://u;x;y", "a", -1)),
    "ssh://u%40x@a": (("u@x", "a", -1), ("ssh://u%40x", "a", -1)),
    "ssh://u+x@a": (("u x", "a", -1), ("ssh://u+x", "a", -1)),
    "ssh://u%4@a": (None, None),
    "ssh://u@a@b": (None, None),
    "ssh://[::1]": (None, None),
    "ssh://a.": (("", "a", -1), None),
    "a/": (None, ("", "a", -1)),
    "a/22": (None, ("", "a", 22)),
    "ssh://a/": (("", "a", -1), None),
    "ssh://a/b/c": (None, None),
    "ssh://@a": (None, None),
    "ssh://;@a": (None, None),
    "ssh://": (None, None),
    "@a": (None, None),
    "u@": (None, None),
    "": (None, None),
    ":1": (None, None),
    "a:0": (None, None),
    "a/b": (None, None),
}  # fmt: skip


@pytest.mark.parametrize("text", JUMPS)
def test_host_to_jump_over(text: str) -> None:
    assert (parse_jump_host(text), parse_jump_host(text, Release(8, 4))) == JUMPS[text]


# The line's releases are 8.6, 8.7, 10.0, 10.1: comments, and what is behind a blank.
PROXY_JUMPS: dict[str, tuple[str, str, str, str]] = {
    "10.0.0.1": ("[10.0.0.1]",) * 4,
    "[::1]:5": ("[::1]:5",) * 4,
    "h1": ("h1",) * 4,
    "1.2.3.x": ("1.2.3.x",) * 4,
    "u@h": ("u@h",) * 4,
    "a,u@b:3,c": ("a,u@b:3,c",) * 4,
    "= a": ("a",) * 4,
    "\t= a \t": ("a",) * 4,
    "a # b": ("a",) * 4,
    "a#b#c": ("a",) * 4,
    "#": ("(refused)",) * 4,
    "::1": ("(refused)",) * 4,
    "a,": ("(refused)",) * 4,
    "None": ("",) * 4,
    "a\rb": ("a\rb", "a", "a", "a\rb"),
    "ab\rc\rd": ("ab\rc\rd", "ab", "ab", "ab\rc\rd"),
    "ab c d": ("ab c d", "ab", "ab", "ab c d"),
    "ab, c": ("ab, c", "(refused)", "(refused)", "ab, c"),
}  # fmt: skip


@pytest.mark.parametrize("text", PROXY_JUMPS)
def test_proxy_jump(text: str) -> None:
    releases = ("8.6", "8.7", "10.0", "10.1")
    values = tuple(read("ssh_config", f"ProxyJump {text}", f"openssh-{release}")[1] for release in releases)
    assert values == PROXY_JUMPS[text]


LOCAL_FORWARDS: dict[str, Forward | None] = {
    "1:a:2": Forward(None, 1, "a", 2),
    " \t1:a:2": Forward(None, 1, "a", 2),
    "h:1:a:2": Forward("h", 1, "a", 2),
    "[::1]:1:[::2]:2": Forward("::1", 1, "::2", 2),
    "/s:a:2": Forward(None, "/s", "a", 2),
    "[/s]:a:1": Forward(None, "/s", "a", 1),
    "\\/s:a:1": Forward(None, "/s", "a", 1),
    "h:1:/t": Forward("h", 1, None, "/t"),
    "1:/t": Forward(None, 1, None, "/t"),
    "/s:/t": Forward(None, "/s", None, "/t"),
    "a\\:b:1:c:2": Forward("a:b", 1, "c", 2),
    "1:a:0": None,
    "1:a:x": None,
    "1:a:": None,
    "0:a:1": None,
    "x:1:2": None,
    "x:/t": None,
    "h:x:a:1": None,
    "h:x:/t": None,
    "h:1:a:": None,
    "h:1:a:x": None,
    "1": None,
    "/s": None,
    "a:1": None,
    "1:a:2:3:4": None,
    "a:1:b:/c": None,
    "1:a:/t": None,
    "": None,
    "a\\": None,
    "[a": None,
    "[a]x": None,
}  # fmt: skip


@pytest.mark.parametrize("text", LOCAL_FORWARDS)
def test_local_forward(text: str) -> None:
    assert parse_forward(text, dynamic=False, remote=False) == LOCAL_FORWARDS[text]


@pytest.mark.parametrize(
    ("text", "dynamic", "remote", "forward"),
    [
        ("1", True, False, Forward(None, 1, "socks", 0)),
        ("/s", True, False, Forward(None, "/s", "socks", 0)),
        ("*:1", True, False, Forward("*", 1, "socks", 0)),
        ("1:/t", True, False, Forward(None, 1, None, "/t")),
        ("0", True, False, None),
        ("a:0", True, False, None),
        ("x", True, False, None),
        ("a:x", True, False, None),
        ("1:a:2", True, False, None),
        ("0:a:1", False, True, Forward(None, 0, "a", 1)),
        ("0", False, True, None),
        ("0", True, True, Forward(None, 0, "socks", 0)),
        ("a:0", True, True, Forward("a", 0, "socks", 0)),
        ("1:a:2", True, True, None),
    ],
)
def test_other_forwards(text: str, dynamic: bool, remote: bool, forward: Forward | None) -> None:
    assert parse_forward(text, dynamic, remote) == forward


@pytest.mark.parametrize(
    ("forward", "dynamic", "text"),
    [
        (Forward(None, 1, "a", 2), False, "1 [a]:2"),
        (Forward("h", 1, "a", 2), False, "[h]:1 [a]:2"),
        (Forward(None, "/s", "a", 2), False, "/s [a]:2"),
        (Forward("h", 1, None, "/t"), False, "[h]:1 /t"),
        (Forward(None, 1, "socks", 0), True, "1"),
        (Forward("h", 1, "socks", 0), True, "[h]:1"),
        (Forward(None, "/s", "socks", 0), True, "/s"),
    ],
)
def test_forward_as_ssh_prints_it(forward: Forward, dynamic: bool, text: str) -> None:
    assert printed_forward(forward, dynamic) == text


LONG = "a" * 250
FORWARD_LINES: dict[str, str] = {
    "LocalForward 1 a:2": "1 [a]:2",
    "LocalForward h:1 a:2": "[h]:1 [a]:2",
    f"LocalForward 1 {LONG}:22": f"1 [{LONG}]:22",
    f"LocalForward 1 {LONG}a:22": f"1 [{LONG}a]:2",
    "LocalForward 0 a:2": "(refused)",
    "RemoteForward 0 a:2": "0 [a]:2",
    "RemoteForward h:0 /t": "[h]:0 /t",
    "RemoteForward 1": "1 [socks]:0",
    "RemoteForward 1:a:2": "(refused)",
    "LocalForward ${A} a:x": "${A} a:x",
    "RemoteForward ${A}": "${A}",
    "DynamicForward ${A}": "${A}",
    "DynamicForward h:1": "[h]:1",
    "DynamicForward 0": "(refused)",
    "DynamicForward 1:a:2": "(refused)",
}


@pytest.mark.parametrize("line", FORWARD_LINES)
def test_forward_of_a_line(line: str) -> None:
    """Of a forwarding, 255 bytes are read."""
    assert read("ssh_config", line, "openssh-9.9")[1] == FORWARD_LINES[line]


@pytest.mark.parametrize(
    ("text", "most", "numbers"),
    [
        ("1:2:3", 3, [1, 2, 3]),
        ("1:2:3", 2, [1, 2]),
        ("", 3, []),
        ("x", 3, []),
        (" 1: +2", 3, [1, 2]),
        ("1:x", 3, [1]),
        ("1x:2", 3, [1]),
        ("1::2", 3, [1]),
        ("-1:2147483648:4294967295", 3, [-1, -2147483648, -1]),
        ("9223372036854775807:9223372036854775808:-9223372036854775809", 3, [-1, -1, 0]),
        ("2147483647:-2147483648:4294967296", 3, [2147483647, -2147483648, 0]),
        ("-9223372036854775808", 3, [0]),
        ("-9223372036854775807", 3, [1]),
        ("9223372036854775806", 3, [-2]),
    ],
)
def test_scanned(text: str, most: int, numbers: list[int]) -> None:
    assert scanned(text, most) == numbers


@pytest.mark.parametrize(
    ("text", "unclosed"),
    [
        ("", False),
        ("a}", False),
        ("${a}", False),
        ("x${a}", False),
        ("${", True),
        ("${a", True),
        ("x${a", True),
        ("${}", True),
        ("x${}", True),
        ("${a}${", True),
        ("${a}${b}", False),
        ("${a}x${b", True),
        ("${a}x${}", True),
        ("$a", False),
        ("{a", False),
    ],
)
def test_unclosed_variable(text: str, unclosed: bool) -> None:
    assert has_unclosed_variable(text) is unclosed


@pytest.mark.parametrize(
    ("text", "accepted"),
    [("$A", True), ("$A_B1", True), ("$_", True), ("$É", False), ("$", False), ("$A B", False), ("${A}-b", True), ("${A", False), ("x$A-b", True)],
)  # fmt: skip
def test_agent_in_a_variable(text: str, accepted: bool) -> None:
    assert read("ssh_config", f'IdentityAgent "{text}"', "openssh-9.9")[1] == (
        text if accepted else "(refused)"
    )


# Bytes, since some are no text.
ESCAPES = {
    b"\\": "\\\\", b"!": "!", b"~": "~", b"^@": "\\^@", b"^_": "\\^_", b"^z": "\\^Z", b'" "': "\\040", b"^~": "\\^^", b"^^": "\\^^", b"^": "^",
    b"x^": "(refused)", b"xa": "(refused)", b"\xc3\xa9": "(refused)", b"^?": "(refused)", b"\x7f": "\\^?", b"\x1f": "\\^_", b"\x80": "\\M^@",
    b"\x9f": "\\M^_", b"\xa0": "\\240", b"\xa1": "\\M-!", b"\xc1": "\\M-A", b"\xff": "\\M^?", b"\xfe": "\\M-~", b"^\x7f": "\\^_",
    b"NONE": "(refused)", b"none": "none",
}  # fmt: skip


@pytest.mark.parametrize("text", ESCAPES)
def test_escape_character(text: bytes) -> None:
    """Of any byte, as vis(3) prints it."""
    assert read("ssh_config", f"EscapeChar {decode(text)}", "openssh-9.9")[1] == ESCAPES[text]
