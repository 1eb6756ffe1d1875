"""The pictures of a timeline: in a terminal and as an SVG."""

import io
import re
import sys
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sshkeep.idle.explanation import verdict_text
from sshkeep.idle.model.endpoint import Endpoint
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.timeline.timeline import Timeline
from sshkeep.output.idle.svg import timeline_svg
from sshkeep.output.idle.timeline_text import timeline_lines
from sshkeep.output.terminal import Terminal, safe
from tests.idle.endpoints import ASA, AWS, AZURE, HOME, client, endpoints, paths, server
from tests.idle.test_timeline import told


class Picture(NamedTuple):
    """Two ends, a path, and what is shown in 80 columns."""

    name: str
    server: Endpoint
    client: Endpoint
    path: NetworkPath
    picture: str


PICTURES = [
    Picture(
        "survives",
        server(),
        client(60),
        AWS,
        """\
client  ━━━━━━━━━━━━━━━━━━━━━━▼━━━━━━━━━━━━━━━━━━━━▼━━━━━━━━━━━━━━━━━━━━━▼━━━━╌→
path    ━━━━━━━━━━━━━━━━━━━━━━┿━━━━━━━━━━━━━━━━━━━━┿━━━━━━━━━━━━━━━━━━━━━┿━━━━╌→
server  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╌→
idle    0 s                 1 min                2 min                 3 min
  ▼ every 1 min  client's probe (ServerAliveInterval 60) goes through
    5 min 50 s   without a packet: AWS NAT gateway would forget
""",
    ),
    Picture(
        "dropped, and the client waits for ever",
        server(300),
        client(tcp_keepalive=False),
        AZURE._replace(timeout=350),
        """\
client  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╌→
path    ━━━━━━━━━━━━━━━━━━┫           ×               ×
server  ━━━━━━━━━━━━○━━━━━━━━━━━━━━━━━▲━━━━━━━━━━━━━━━▲━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌■
idle    0 s          5 min 50 s    10 min            20 min 25 s    28 min 3 s
  ○ 5 min       probe due by ClientAliveInterval 300; OpenSSH 9.2 doubles it
  ┫ 5 min 50 s  Azure load balancer forgets the session
  ▲ 10 min      server's probe is lost
  ■ 28 min 3 s  server disconnects, at 20 min 25 s at the earliest
  → forever     ssh freezes as soon as you type
""",
    ),
    Picture(
        "dropped, nothing configured",
        server(),
        client(),
        ASA,
        """\
client  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━▽━━━━▽━━━━▽━━━━━━━━━■
path    ━━━━━━━━━━━━━━━━━━━━━━━┫                     ×    ×    ×
server  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━△━━━━△━━━━△━━━━━━━━━■
idle    0 s                   1 h                   2 h             2 h 11 min
  ┫ 1 h         1 h firewall forgets the session
  ▽ 2 h         both ends' kernel keepalives (TCPKeepAlive) are lost
  ■ 2 h 11 min  client and server disconnect
""",
    ),
    Picture(
        "at risk, a home router lets a late probe through",
        server(),
        client(900),
        HOME,
        """\
client  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━▼━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━▼━━━━╌→
path    ━━━━━━━━━━━━━━━━━━┫              ┣━━━━━━━━━━━━━━━━━┫             ┣━━━━╌→
server  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╌→
idle    0 s            10 min         15 min            25 min        30 min
  ┫ 10 min  home router forgets the session
  ▼ 15 min  client's probe (ServerAliveInterval 900) comes late, but home router
            lets it through: the session lives on
""",
    ),
    Picture(
        "race",
        server(300),
        client(240),
        AZURE,
        """\
client  ━━━━━━━━▼━━━━━━━━━━━━▼━━━━━━━━━━━▼━━━━━━━━■
path    ━━━━━━━━?            ×     ×     ×                ×
server  ━━━━━━━━━━━━━○━━━━━━━━━━━━━▲━━━━━━━━━━━━━━━━━━━━━━▲━━━╌╌╌╌╌╌╌╌╌╌╌■
idle    0 s   4 min        8 min      12 min   16 min  20 min       28 min 3 s
  ┫ 4 min       Azure load balancer forgets the session
  ▼ 4 min       client's probe (ServerAliveInterval 240) comes at the last
                moment, and may be lost
  ○ 5 min       probe due by ClientAliveInterval 300; OpenSSH 9.2 doubles it
  ■ 16 min      if it was lost, client disconnects
  ■ 28 min 3 s  if it was lost, server disconnects, at 20 min 25 s at the
                earliest
""",
    ),
    Picture(
        "ssh disconnects by itself",
        server(),
        client(120, 0),
        AZURE,
        """\
client  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━■
path    ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┫
server  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━■
idle    0 s                                                            2 min
  ■ 2 min  client disconnects without a probe (ServerAliveCountMax 0)
  ■ 2 min  server is disconnected
""",
    ),
]

IN_ASCII = """\
client  ==============================->
path    ========|    x      x
server  =====o=======^======^=------#
idle    0 s       10 min      28 min 3 s
  o 5 min: probe due by
    ClientAliveInterval 300; OpenSSH 9.2
    doubles it
  | 5 min 50 s: Azure load balancer
    forgets the session
  ^ 10 min: server's probe is lost
  # 28 min 3 s: server disconnects, at
    20 min 25 s at the earliest
  > forever: ssh freezes as soon as you
    type
"""


@pytest.mark.parametrize("case", PICTURES, ids=lambda case: case.name)
def test_pictures_of_80_columns(case: Picture) -> None:
    lines = timeline_lines(told(case.server, case.client, case.path), 80, False)
    assert lines == case.picture.splitlines()
    assert len(lines) <= 11


def test_a_narrow_picture_in_ascii() -> None:
    found = told(server(300), client(tcp_keepalive=False), AZURE._replace(timeout=350))
    assert timeline_lines(found, 40, True) == IN_ASCII.splitlines()


def test_colours_add_nothing_but_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    found = told(server(300), client(), AWS)
    painted = timeline_lines(found, 80, False, Terminal("always").paint)
    assert any("\x1b[31m" in line for line in painted)
    assert [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in painted] == timeline_lines(found, 80, False)
    assert timeline_lines(found, 80, False, Terminal("never").paint) == timeline_lines(found, 80, False)


@given(endpoints("server"), endpoints("client"), paths, st.integers(40, 200), st.booleans())
def test_a_picture_fits_any_terminal(
    server: Endpoint, client: Endpoint, path: NetworkPath, width: int, ascii: bool
) -> None:
    lines = timeline_lines(told(server, client, path), width, ascii)
    assert all(len(line) <= width and line == line.rstrip() and line == safe(line) for line in lines)
    assert not ascii or all(line.isascii() for line in lines)


@pytest.mark.parametrize("label", ["x" * 30, "0000\x1f\x1f\x1f\x1f\U0002ebe1"])
def test_a_long_word_behind_a_time_is_cut(label: str) -> None:
    """The word alone would fit into 40 columns."""
    lines = timeline_lines(told(server(0), client(), AWS._replace(timeout=1.5, label=label)), 40, False)
    assert max(map(len, lines)) == 40


@pytest.mark.parametrize("width", range(40, 201))
def test_every_width_shows_the_same_story(width: int) -> None:
    lines = timeline_lines(told(server(300), client(), AWS), width, False)
    assert max(map(len, lines)) <= width
    text = "".join(lines[:3])
    assert [text.count(mark) for mark in "○▲▽┫■"] == [1, 0, 0, 1, 2]


@pytest.mark.parametrize(
    ("environment", "encoding", "ascii"),
    [
        ({"LC_ALL": "C"}, "utf-8", True),
        ({"LC_ALL": "POSIX", "LANG": "de_DE.UTF-8"}, "utf-8", True),
        ({"LANG": "de_DE.UTF-8"}, "utf-8", False),
        ({"LANG": "de_DE.ISO-8859-1"}, "iso-8859-1", True),
        ({"LC_ALL": "", "LC_CTYPE": "C.UTF-8", "LANG": "C"}, "utf-8", False),
        ({}, "utf-8", False),
        ({}, "cp1252", True),
    ],
)
def test_ascii_where_the_locale_shows_no_more(
    environment: dict[str, str], encoding: str, ascii: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding))
    assert Terminal().ascii is ascii


SVG = "{http://www.w3.org/2000/svg}"


def svg(timeline: Timeline) -> str:
    """The picture below its verdict, and some reason."""
    return timeline_svg(timeline, verdict_text(timeline.outcome), "a probe comes every 1 min")


@given(endpoints("server"), endpoints("client"), paths)
def test_an_svg_stands_alone(server: Endpoint, client: Endpoint, path: NetworkPath) -> None:
    text = svg(told(server, client, path))
    root = ET.fromstring(text)
    assert all(line == safe(line) for line in text.split("\n"))
    assert root.tag == f"{SVG}svg" and root.get("role") == "img"
    assert root.findtext(f"{SVG}title") and root.findtext(f"{SVG}desc")
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "style", "rect", "text", "path", "circle"}
    names = {name for element in root.iter() for name in element.attrib}
    assert not any(name.startswith("on") or "href" in name for name in names)
    _, _, width, height = (float(number) for number in root.get("viewBox", "").split())
    for element in root.iter(f"{SVG}text"):
        assert 0 < float(element.get("x", "")) < width and 0 < float(element.get("y", "")) < height


def test_an_svg_takes_hostile_names_as_text() -> None:
    path = AZURE._replace(label="</text><script>alert(1)</script>&\x1b]0;x\x07\ud800")
    text = svg(told(server(), client(), path))
    assert "<script" not in text and "\x1b" not in text
    assert "alert(1)" in (ET.fromstring(text).findtext(f"{SVG}desc") or "")


def test_an_svg_knows_light_and_dark() -> None:
    style = ET.fromstring(svg(told(server(), client(60), AWS))).findtext(f"{SVG}style") or ""
    light, dark = style.split("@media (prefers-color-scheme:dark)")
    used = re.findall(r"\.([a-z-]+)\{(?:fill|stroke):#", light)
    assert used and all(f".{name}{{" in dark for name in used)


def test_every_style_that_is_used_is_known() -> None:
    from sshkeep.output.idle.svg_style import STYLE

    for case in PICTURES:
        root = ET.fromstring(svg(told(case.server, case.client, case.path)))
        used = {name for element in root.iter() for name in element.get("class", "").split()}
        assert used <= set(re.findall(r"\.([a-z-]+)\{", STYLE))
