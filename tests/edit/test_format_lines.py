"""What `sshkeep format` makes of lines: a table, and what holds for any bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sshkeep.edit.edits import apply_edits
from sshkeep.edit.format_lines import MAX_INDENT, format_edits
from sshkeep.openssh.kind import Kind
from sshkeep.testing import config_of

# the language, a file, and the same file formatted
FORMATTED: tuple[tuple[Kind, bytes, bytes], ...] = (
    ("sshd_config", b"", b""),
    ("sshd_config", b"Port 22\n", b"Port 22\n"),
    # The margin outside of blocks
    ("sshd_config", b"  Port 22\n\t# note\n", b"Port 22\n# note\n"),
    ("sshd_config", b" \t \n", b"\n"),
    # Blocks: the file's own indentation, else four blanks
    ("sshd_config", b"Match User bob\nPermitTTY no\n", b"Match User bob\n    PermitTTY no\n"),
    ("ssh_config", b"Host a\n\tUser b\n  Port 1\n", b"Host a\n\tUser b\n\tPort 1\n"),
    ("ssh_config", b"Host a\nUser b\n  Port 1\n", b"Host a\n  User b\n  Port 1\n"),
    ("ssh_config", b"  Host a\n  User b\n", b"Host a\n  User b\n"),
    ("ssh_config", b"  User b\nHost a\nPort 1\n", b"User b\nHost a\n    Port 1\n"),
    ("ssh_config", b"Host a\n" + b" " * (MAX_INDENT + 1) + b"User b\n", b"Host a\n    User b\n"),
    ("ssh_config", b"match all\nUser b\n", b"match all\n    User b\n"),
    ("sshd_config", b"Host a\nPort 22\n", b"Host a\nPort 22\n"),  # no header in sshd_config
    # A line at the margin behind a block is part of the block
    ("ssh_config", b"Host a\n  User b\n\nPort 1\n", b"Host a\n  User b\n\n  Port 1\n"),
    # Comments go with the line right below
    ("ssh_config", b"Host a\n# 1\n# 2\n  User b\n", b"Host a\n  # 1\n  # 2\n  User b\n"),
    ("ssh_config", b"Host a\n  User b\n  # of c\nHost c\n", b"Host a\n  User b\n# of c\nHost c\n"),
    ("ssh_config", b"Host a\n  User b\n    # Port 1\n\n# of c\nHost c\n", b"Host a\n  User b\n  # Port 1\n\n# of c\nHost c\n"),
    ("ssh_config", b"Host a\n  User b\n   # Port 1\n", b"Host a\n  User b\n  # Port 1\n"),
    ("ssh_config", b"Host a\n  User b\n# the end\n", b"Host a\n  User b\n# the end\n"),
    ("ssh_config", b"Host a\n  User b\n#\t c \t\n", b"Host a\n  User b\n#\t c\n"),
    # Separators
    ("sshd_config", b"Port\t \t22\nBanner   none\n", b"Port 22\nBanner none\n"),
    ("sshd_config", b"Port=22\nBanner = none\n", b"Port=22\nBanner=none\n"),
    ("sshd_config", b"Port  =  22\nBanner=none\n", b"Port = 22\nBanner = none\n"),
    ("sshd_config", b"Port  22\nBanner= none\n", b"Port 22\nBanner = none\n"),
    ("sshd_config", b"Port = =22\n", b"Port = =22\n"),
    ("sshd_config", b"Port\nBanner=\nUseDNS = \n", b"Port\nBanner=\nUseDNS =\n"),
    ("ssh_config", b"Host  a   b\n", b"Host a   b\n"),
    # Arguments stay
    ("sshd_config", b'Banner  "/a  b"   # c  d  \n', b'Banner "/a  b"   # c  d\n'),
    ("sshd_config", b"ForceCommand   a  'b  c'\n", b"ForceCommand a  'b  c'\n"),
    # Ends of lines, blank lines, the last newline
    ("sshd_config", b"Port 22 \t\n\n \n\nBanner none", b"Port 22\n\nBanner none\n"),
    ("sshd_config", b"Port 22\n\n\n", b"Port 22\n\n"),
    ("sshd_config", b"Port 22\n  ", b"Port 22\n"),
    ("sshd_config", b"Port  22\r\n\r\n \r\nBanner none", b"Port 22\r\n\r\nBanner none\r\n"),
    ("sshd_config", b"Port  22\r\nBanner  none\n", b"Port 22\r\nBanner none\n"),
    # Odd lines stay
    ("sshd_config", b"  Port  22\\\n", b"  Port  22\\\n"),
    ("sshd_config", b"  Port  22\f\n  Port\v22\n", b"  Port  22\f\n  Port\v22\n"),
    ("sshd_config", b"  Port  22\r", b"  Port  22\r"),
    ("sshd_config", b' "Port"  22\n "Port 22\n', b' "Port"  22\n "Port 22\n'),
    ("sshd_config", b"  Po#rt  22\n", b"  Po#rt  22\n"),
    ("ssh_config", b" =Port  22\n", b" =Port  22\n"),
    ("sshd_config", b"  Banner  /\xff\n", b"Banner /\xff\n"),
    ("sshd_config", b"\xef\xbb\xbfPort  22\n", b"\xef\xbb\xbfPort 22\n"),
    # Files that are not formatted
    ("sshd_config", b"  Port  22\0\n", b"  Port  22\0\n"),
    ("sshd_config", b"  Port  {{ port }}\n{% if a %}\n{% endif %}\n", b"  Port  {{ port }}\n{% if a %}\n{% endif %}\n"),
)  # fmt: skip


def formatted(kind: Kind, data: bytes) -> bytes:
    """The file as it is formatted."""
    return apply_edits(data, format_edits(config_of({"/x/f": data}, kind, live=False).files["/x/f"]))


@pytest.mark.parametrize(("kind", "before", "after"), FORMATTED)
def test_a_file_and_the_same_file_formatted(kind: Kind, before: bytes, after: bytes) -> None:
    assert formatted(kind, before) == after
    assert formatted(kind, after) == after


PIECES = [b"Host", b"Match", b"all", b"Port", b"22", b" ", b"  ", b"\t", b"\n", b"\n\n", b"\r\n", b"\r", b"\f", b"=", b'"', b"'", b"#", b"\\", b"\0", b"\xff", b"{{"]  # fmt: skip
ANY_FILE = st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join) | st.binary(max_size=60)


@given(st.sampled_from(["sshd_config", "ssh_config"]), ANY_FILE)
def test_any_bytes_are_formatted_once_and_only_white_space_differs(kind: Kind, data: bytes) -> None:
    once = formatted(kind, data)
    assert formatted(kind, once) == once
    assert b"".join(once.split()) == b"".join(data.split())
