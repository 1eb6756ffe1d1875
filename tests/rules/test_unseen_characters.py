"""What people don't see and OpenSSH does: named, fixed as it was meant, and nothing else is said of the line."""

import subprocess
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sshkeep.api.fix import fix
from sshkeep.api.lint import lint
from sshkeep.lint.finding import Finding
from sshkeep.openssh.kind import Kind
from sshkeep.syntax.encoding import wide_text
from sshkeep.syntax.lookalikes import LOOKALIKES, as_meant, lookalikes
from tests.oracle.installed import host_key
from tests.requirements import need

NBSP = "U+00A0 no-break space"
SSHD: Kind = "sshd_config"
SSH: Kind = "ssh_config"

REFUSED: list[tuple[str, Kind, str | bytes, str, str]] = [
    ("between keyword and value", SSHD, "ClientAliveInterval\u00a0300\n", NBSP, "ClientAliveInterval 300\n"),
    ("behind a blank", SSHD, "ClientAliveInterval \u00a0300\n", NBSP, "ClientAliveInterval  300\n"),
    ("at the end", SSHD, "ClientAliveCountMax 5\u00a0\n", NBSP, "ClientAliveCountMax 5 \n"),
    ("in front", SSH, "Host web\n\u00a0\u00a0User bob\n", NBSP, "Host web\n  User bob\n"),
    ("Latin-1", SSHD, b"PermitRootLogin\xa0no\n", f"the byte 0xA0, {NBSP}", "PermitRootLogin no\n"),
    ("nothing else", SSHD, "Port 22\n\u00a0\n", NBSP, "Port 22\n \n"),
    ("before a comment", SSHD, "\u3000# \u201ca\u201d\n", "U+3000 ideographic space", " # \u201ca\u201d\n"),
    ("a value and a comment", SSHD, "Port 22\u00a0# \u2013\n", NBSP, "Port 22 # \u2013\n"),
    ("Match", SSHD, "Match\u00a0User bob\n  X11Forwarding no\n", NBSP, "Match User bob\n  X11Forwarding no\n"),
    ("Host", SSH, "Host\u3000web\n  User bob\n", "U+3000 ideographic space", "Host web\n  User bob\n"),
    ("ogham", SSHD, "Port\u168022\n", "U+1680 ogham space mark", "Port 22\n"),
    ("narrow", SSHD, "Port\u202f22\n", "U+202F narrow no-break space", "Port 22\n"),
    ("en quad", SSHD, "Port\u200022\n", "U+2000 en quad", "Port 22\n"),
    ("mathematical", SSHD, "Port\u205f22\n", "U+205F medium mathematical space", "Port 22\n"),
    ("zero width", SSHD, "Port 2\u200b2\n", "U+200B zero width space", "Port 22\n"),
    ("word joiner", SSHD, "Po\u2060rt 22\n", "U+2060 word joiner", "Port 22\n"),
    ("soft hyphen", SSHD, "Permit\u00adRootLogin no\n", "U+00AD soft hyphen", "PermitRootLogin no\n"),
    ("right to left", SSHD, "\u200fPort 22\n", "U+200F right-to-left mark", "Port 22\n"),
    ("byte order mark", SSHD, "\ufeffPort 22\n", "U+FEFF byte order mark", "Port 22\n"),
    ("mark and comment", SSHD, "\ufeff# a\nPort 22\n", "U+FEFF byte order mark", "# a\nPort 22\n"),
    ("line tabulation", SSHD, "Port\v22\n", "U+000B line tabulation", "Port 22\n"),
    ("form feed", SSHD, "Port\f22\n", "U+000C form feed", "Port 22\n"),
    ("next line", SSHD, "Port\u008522\n", "U+0085 next line", "Port 22\n"),
    ("quotes", SSHD, "Banner \u201c/a b\u201d\n", "U+201C left double quotation mark", 'Banner "/a b"\n'),
    ("Windows-1252", SSHD, b"Banner \x93/a b\x94\n", "the byte 0x93, U+201C left double quotation mark", 'Banner "/a b"\n'),
    ("dash", SSHD, "Ciphers \u2013aes128-ctr\n", "U+2013 en dash", "Ciphers -aes128-ctr\n"),
    ("hyphen", SSHD, "Ciphers aes128\u2011ctr\n", "U+2011 non-breaking hyphen", "Ciphers aes128-ctr\n"),
    ("digits", SSHD, "ClientAliveInterval \uff13\uff10\uff10\n", "U+FF13 fullwidth digit three", "ClientAliveInterval 300\n"),
    ("letter", SSHD, "\uff30ort 22\n", "U+FF30 fullwidth latin capital letter p", "Port 22\n"),
    ("equals sign", SSHD, "Port\uff1d22\n", "U+FF1D fullwidth equals sign", "Port=22\n"),
    ("number sign", SSHD, "\uff03 a\nPort 22\n", "U+FF03 fullwidth number sign", "# a\nPort 22\n"),
    ("Cyrillic", SSHD, "P\u043ert 22\n", "U+043E cyrillic small letter o", "Port 22\n"),
    ("line separator", SSHD, "UseDNS no\u2028X11Forwarding no\n", "U+2028 line separator", "UseDNS no\nX11Forwarding no\n"),
    ("Macintosh", SSHD, "UseDNS no\rX11Forwarding no\r", "U+000D carriage return", "UseDNS no\nX11Forwarding no\r"),
    ("DOS, and a CR", SSHD, "UseDNS no\rX11Forwarding no\r\n", "U+000D carriage return", "UseDNS no\nX11Forwarding no\r\n"),
]  # fmt: skip
"""Refused by the real program, and the text that was meant."""

TAKEN: list[tuple[str, Kind, str, str, str]] = [
    ("a user's name", SSHD, "AllowUsers ann\u00a0bob\n", NBSP, "AllowUsers ann bob\n"),
    ("a path", SSHD, "Banner \u201c/etc/issue\u201d\n", "U+201C left double quotation mark", 'Banner "/etc/issue"\n'),
    ("a pattern", SSH, "Host web\u00a0\n  User bob\n", NBSP, "Host web \n  User bob\n"),
    ("a dash", SSH, "Host web\u20131\n  User bob\n", "U+2013 en dash", "Host web-1\n  User bob\n"),
    ("Macintosh", SSH, "Host web\rUser bob\r", "U+000D carriage return", "Host web\nUser bob\r"),
    ("all in a comment", SSHD, "# mine\rPort 2222\r", "U+000D carriage return", "# mine\nPort 2222\r"),
]  # fmt: skip
"""Accepted by the real program, and something else than was meant."""

LONE: list[tuple[str, Kind, str, str]] = [
    ("a dash behind a value", SSHD, "Compression yes \u2013\n", "Compression yes\n"),
    ("a dash before a value", SSHD, "ClientAliveInterval \u2014 60\n", "ClientAliveInterval 60\n"),
    ("both", SSHD, "MaxAuthTries \u2013 3 \u2013\n", "MaxAuthTries 3\n"),
    ("a dash of a list", SSHD, "  \u2013 PermitRootLogin no\n", "  PermitRootLogin no\n"),
    ("a non-breaking hyphen", SSHD, "Ciphers aes128-ctr \u2011\n", "Ciphers aes128-ctr\n"),
    ("a dash behind an equals sign", SSHD, "ClientAliveInterval = \u2013 60\n", "ClientAliveInterval = 60\n"),
    ("quotes with blanks", SSHD, "LogLevel \u201e INFO \u201c\n", "LogLevel INFO\n"),
    ("one quote", SSHD, "PermitRootLogin \u201d no\n", "PermitRootLogin no\n"),
    ("one quote at a value", SSHD, "PermitRootLogin no\u201d\n", "PermitRootLogin no\n"),
    ("a quote that has a blank", SSHD, "UsePAM \u2018yes \u2019\n", "UsePAM yes\n"),
    ("a full stop", SSHD, "Port 22 \u3002\n", "Port 22\n"),
    ("a colon", SSHD, "Port \uff1a 22\n", "Port 22\n"),
    ("a dash on a Match line", SSHD, "Match User bob \u2013\n  X11Forwarding no\n", "Match User bob\n  X11Forwarding no\n"),
    ("a dash alone", SSHD, "Port 22\n\u2013\n", "Port 22\n"),
    ("ssh", SSH, "Host web\n  ServerAliveInterval 60 \u2013\n", "Host web\n  ServerAliveInterval 60\n"),
    ("one quote on a Host line", SSH, "Host web\u201d\n  User bob\n", "Host web\n  User bob\n"),
    ("none: words behind the dash", SSHD, "PermitRootLogin no \u2013 as root\n", ""),
    ("a colon in place of the blank", SSHD, "Port\uff1a22\n", "Port 22\n"),
    ("a colon before a blank", SSH, "Host web\n  User\uff1a bob\n", "Host web\n  User  bob\n"),
    ("none: no value is left", SSHD, "MaxAuthTries \u2013\n", ""),
]  # fmt: skip
"""What is not accepted with the usual character either, and the unsafe fix; empty for none."""

SILENT: list[tuple[str, Kind, str]] = [
    ("a comment", SSHD, "# \u201ca\u201d\u00a0\u2013 caf\u00e9 \u3000\nPort 22 # \u2026\u00a0b\n"),
    ("a comment with a CR", SSHD, "# a\r b\nPort 22\n"),
    ("a form feed at the end", SSHD, "Port 22\f\n"),
    ("a CR for a blank", SSHD, "Port\r22\n"),
    ("DOS", SSHD, "Port 22\r\nUseDNS no\r\n"),
    ("another alphabet", SSHD, "AllowUsers \u0438\u0432\u0430\u043d \u0391\u03bd\u03bd\u03b1\n"),
    ("in quotes", SSHD, 'Banner "/etc/my\u00a0file \u2013 a"\n'),
    ("accents", SSH, "Host caf\u00e9 \u6771\u4eac\n  User bob\n"),
]

KEEPALIVE = ("client-alive-interval", "server-alive-interval")


def data(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def found(kind: Kind, text: bytes) -> list[Finding]:
    return [each for each in lint(files={kind: text}).findings if each.rule not in KEEPALIVE]


def fixed(kind: Kind, text: bytes, *, unsafe: bool = False) -> bytes:
    after = {
        c.path: c.after for c in fix(files={kind: text}, unsafe=unsafe, select=["unseen-characters"]).changes
    }
    return after.get(kind) or text


def accepts(kind: Kind, text: bytes, folder: Path) -> bool:
    """Whether the installed program accepts the file."""
    path = folder / kind
    path.write_bytes(text)
    command = (
        ["/usr/sbin/sshd", "-t", "-h", host_key()] if kind == SSHD else ["ssh", "-G", "-F", str(path), "web"]
    )
    if kind == SSHD:
        command += ["-f", str(path)]
    return subprocess.run(command, capture_output=True, timeout=20).returncode == 0


@pytest.mark.parametrize(
    ("kind", "text", "named", "meant"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
class TestRefused:
    def test_it_is_named_and_nothing_else_is_said(
        self, kind: Kind, text: str | bytes, named: str, meant: str
    ) -> None:
        (finding,) = found(kind, data(text))
        assert finding.rule == "unseen-characters"
        assert finding.severity == "error"
        assert named in finding.message

    def test_the_safe_fix_writes_what_was_meant(
        self, kind: Kind, text: str | bytes, named: str, meant: str
    ) -> None:
        assert fixed(kind, data(text)) == meant.encode()
        assert fixed(kind, meant.encode()) == meant.encode()

    def test_the_real_program_agrees(
        self, kind: Kind, text: str | bytes, named: str, meant: str, tmp_path: Path
    ) -> None:
        need("openssh")
        assert not accepts(kind, data(text), tmp_path)
        assert accepts(kind, meant.encode(), tmp_path)


@pytest.mark.parametrize(
    ("kind", "text", "named", "meant"), [r[1:] for r in TAKEN], ids=[r[0] for r in TAKEN]
)
class TestTaken:
    def test_it_is_a_warning(self, kind: Kind, text: str, named: str, meant: str) -> None:
        (finding,) = [each for each in found(kind, text.encode()) if each.rule == "unseen-characters"]
        assert finding.severity == "warning"
        assert named in finding.message

    def test_the_fix_is_unsafe(self, kind: Kind, text: str, named: str, meant: str) -> None:
        assert fixed(kind, text.encode()) == text.encode()
        assert fixed(kind, text.encode(), unsafe=True) == meant.encode()

    def test_the_real_program_agrees(
        self, kind: Kind, text: str, named: str, meant: str, tmp_path: Path
    ) -> None:
        need("openssh")
        assert accepts(kind, text.encode(), tmp_path)


@pytest.mark.parametrize(("kind", "text", "meant"), [row[1:] for row in LONE], ids=[row[0] for row in LONE])
def test_a_fix_is_accepted_or_not_there(kind: Kind, text: str, meant: str, tmp_path: Path) -> None:
    (finding,) = [each for each in found(kind, text.encode()) if each.rule == "unseen-characters"]
    assert (finding.fix is not None) == bool(meant)
    assert fixed(kind, text.encode()) == text.encode()
    assert fixed(kind, text.encode(), unsafe=True) == (meant or text).encode()
    need("openssh")
    assert not meant or accepts(kind, meant.encode(), tmp_path)
    assert not accepts(kind, as_meant(text).encode(), tmp_path)


@pytest.mark.parametrize(("kind", "text"), [row[1:] for row in SILENT], ids=[row[0] for row in SILENT])
def test_what_openssh_takes_as_meant_is_no_finding(kind: Kind, text: str, tmp_path: Path) -> None:
    assert found(kind, text.encode()) == []
    need("openssh")
    assert accepts(kind, text.encode(), tmp_path)


ENCODINGS = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
TEXT = "# mine\r\nPort 22\r\nClientAliveInterval 60\r\n"


@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_file_in_another_encoding(encoding: str, mark: str, tmp_path: Path) -> None:
    text = (mark + TEXT).encode(encoding)
    (finding,) = found(SSHD, text)
    width, order = encoding[4:6], "little endian" if encoding.endswith("le") else "big endian"
    assert f"UTF-{width}, {order}" in finding.message
    assert ("byte order mark" in finding.message) == bool(mark)
    assert fixed(SSHD, text, unsafe=True) == TEXT.encode()
    need("openssh")
    refused = not accepts(SSHD, text, tmp_path)
    assert (finding.severity == "error") == refused
    assert (fixed(SSHD, text) == TEXT.encode()) == refused


def test_what_the_text_says_is_judged_once_it_can_be_read() -> None:
    text = "ClientAliveInterval 60\nPermitRootLogn no\n".encode("utf-16")
    result = fix(files={SSHD: text}, unsafe=True)
    assert [change.after for change in result.changes] == [b"ClientAliveInterval 60\nPermitRootLogin no\n"]


def test_nul_bytes_alone_are_no_encoding() -> None:
    assert wide_text(b"Port 22\0\nUseDNS no\n") is None
    assert wide_text(b"\0" * 64) is None
    assert wide_text(b"\xff\xfeP\0o") is None


def test_the_text_of_a_file_may_begin_with_any_ascii() -> None:
    for encoding in ENCODINGS:
        wide = wide_text("Host web\n".encode(encoding))
        assert wide
        assert wide.text == "Host web\n"


def test_every_unicode_blank_is_known() -> None:
    blanks = {chr(code) for code in range(0x110000) if category(chr(code)) == "Zs"} - {" "}
    assert {character for character in blanks if LOOKALIKES.get(character) == " "} == blanks


@given(st.text())
def test_what_is_meant_has_no_lookalikes(text: str) -> None:
    line = text.replace("\n", "")
    assert [each for part in as_meant(line).split("\n") for each in lookalikes(part)] == []
    assert as_meant(line).isascii() or not line.isascii()


def test_a_misspelt_keyword_beside_a_dash_is_mended_in_two_steps() -> None:
    for line in ("PermitRootLogn no \u2013", "\u2013 PermitRootLogn no"):
        text = f"{line}\nClientAliveInterval 60\n".encode()
        assert fixed(SSHD, text, unsafe=True) == b"PermitRootLogn no\nClientAliveInterval 60\n"
        (change,) = fix(files={SSHD: text}, unsafe=True).changes
        assert change.after == b"PermitRootLogin no\nClientAliveInterval 60\n"


def test_a_misspelt_keyword_beside_it_is_not_safe_to_write() -> None:
    text = "PermitRootLogn\u00a0no\n".encode()
    assert fixed(SSHD, text) == text
    assert fixed(SSHD, text, unsafe=True) == b"PermitRootLogn no\n"


def test_lines_below_a_host_line_that_is_read_now_are_in_its_block() -> None:
    text = "User ann\nHost\u00a0web\n  User bob\n  Port 23\n".encode()
    ((_, plan),) = fix(files={SSH: text}).plans
    assert plan.proof.blocks_changed
    assert plan.proof.accepted
