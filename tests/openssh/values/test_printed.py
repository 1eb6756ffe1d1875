"""What a program prints behind the keyword for a value (``sshd -T``, ``ssh -G``)."""

from __future__ import annotations

import pytest

from sshkeep.openssh.kind import Kind
from tests.openssh.values.reading import printed

PENALTIES = "crash:90 authfail:5 max-sources4:65536 overflow:permissive overflow6:permissive"

# line, target, what stands behind the keyword, the default's text
SSHD: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    ("ClientAliveInterval 1m", "openssh-9.9", ("60",), ""),
    ("UnusedConnectionTimeout 0", "openssh-9.9", ("none",), ""),
    ("UnusedConnectionTimeout 1m", "openssh-9.9", ("60",), ""),
    ("StreamLocalBindMask 0177", "openssh-9.9", ("0177",), ""),
    ("AcceptEnv A B", "openssh-9.9", ("A", "B"), ""),
    ("AuthenticationMethods password publickey", "openssh-9.9", ("password publickey",), ""),
    ("LogLevel quiet", "openssh-9.9", ("QUIET",), ""),
    ("LogLevel quiet", "debian-12", ("SILENT",), ""),
    ("LogLevel info", "debian-12", ("INFO",), ""),
    ("PermitRootLogin prohibit-password", "openssh-10.0", ("without-password",), ""),
    ("PermitRootLogin prohibit-password", "openssh-10.1", ("prohibit-password",), ""),
    ("PermitRootLogin yes", "openssh-10.0", ("yes",), ""),
    ("TCPKeepAlive yes", "openssh-10.5", ("yes",), ""),
    ("TCPKeepAlive yes", "openssh-10.6", ("true",), ""),
    ("TCPKeepAlive no", "openssh-10.6", ("false",), ""),
    ("TCPKeepAlive all", "openssh-10.6", ("all",), ""),
    ("AuthorizedKeysFile /a /b", "openssh-9.9", ("/a /b",), ""),
    ("AuthorizedKeysFile none", "openssh-10.2", ("none",), ""),
    ("AuthorizedKeysFile none", "openssh-10.3", (), ""),
    ("AuthorizedKeysFile NONE", "openssh-10.3", (), ""),
    ("AuthorizedKeysFile /a", "openssh-10.3", ("/a",), ""),
    ("RevokedKeys none", "openssh-10.2", ("none",), ""),
    ("RevokedKeys none", "openssh-10.3", (), ""),
    ("RevokedKeys /a /b", "openssh-10.3", ("/a /b",), ""),
    ("LogVerbose a b", "openssh-9.9", ("a b",), ""),
    ("Subsystem sftp /a -b", "openssh-9.9", ("sftp /a -b",), ""),
    ("HostKey none", "openssh-9.9", ("(null)",), ""),
    ("HostKey /a", "openssh-9.9", ("/a",), ""),
    ("RekeyLimit 1K 1h", "openssh-9.9", ("1024 3600",), ""),
    ("RekeyLimit 1K", "openssh-9.9", ("1024 0",), ""),
    ("MaxStartups 10:31:60", "openssh-10.1", ("10:31:60",), "1:2:3"),
    ("MaxStartups 10:31:60", "openssh-9.9", ("10:31:60",), "1:2:3"),
    ("MaxStartups 5", "openssh-9.9", ("5:2:5",), "1:2:3"),
    ("MaxStartups -1:30:60", "openssh-9.1", ("1:30:60",), "1:2:3"),
    ("MaxStartups -1", "openssh-9.1", ("1:2:3",), "1:2:3"),
    ("PerSourcePenalties no", "openssh-9.9", ("no",), PENALTIES),
    ("PerSourcePenalties yes", "openssh-9.9", (PENALTIES,), PENALTIES),
    ("PerSourcePenalties crash:1 no", "openssh-9.9", (PENALTIES.replace("90", "1"),), PENALTIES),
    ("PerSourcePenalties overflow:deny-all", "openssh-9.9", (PENALTIES.replace("permissive", "deny-all"),), PENALTIES),
    ("PerSourcePenalties overflow6:deny-all", "openssh-9.9", (PENALTIES.replace("overflow6:permissive", "overflow6:deny-all"),), PENALTIES),
    ("PerSourcePenalties overflow:deny-all overflow6:permissive", "openssh-9.9", (PENALTIES.replace("overflow:permissive", "overflow:deny-all"),), PENALTIES),
    ("ChannelTimeout none", "openssh-9.9", ("the default",), "the default"),
    ("ChannelTimeout a=1m b=2m", "openssh-9.9", ("a=1m b=2m",), "the default"),
)  # fmt: skip
SSH: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    ("RevokedHostKeys none", "openssh-10.2", (), ""),
    ("RevokedHostKeys None", "openssh-10.2", (), ""),
    ("RevokedHostKeys /a", "openssh-10.2", ("/a",), ""),
    ("RevokedHostKeys none", "openssh-10.3", ("none",), ""),
    ("LogVerbose a b", "openssh-9.9", ("a",), ""),
    ("UserKnownHostsFile none", "openssh-8.4", ("none",), ""),
    ("UserKnownHostsFile none", "openssh-8.5", ("",), ""),
    ("GlobalKnownHostsFile NONE", "openssh-8.6", ("",), ""),
    ("UserKnownHostsFile /a /b", "openssh-8.6", ("/a /b",), ""),
    ("UserKnownHostsFile NONE", "openssh-8.7", ("none",), ""),
    ("Compression yes", "openssh-9.8", ("yes",), ""),
    ("Compression yes", "openssh-9.9", ("UNKNOWN",), ""),
    ("Compression no", "openssh-9.9", ("no",), ""),
    ("Compression yes", "openssh-10.0", ("yes",), ""),
    ("CanonicalizePermittedCNAMEs none", "openssh-9.9", ("none",), ""),
    ("CanonicalizePermittedCNAMEs a:b c:d", "openssh-9.9", ("a:b c:d",), ""),
    ("SendEnv A B", "openssh-9.9", ("A", "B"), ""),
    ("ProxyJump none", "openssh-9.9", (), ""),
    ("ProxyJump a", "openssh-9.9", ("a",), ""),
    ("ForwardAgent yes", "openssh-9.9", ("yes",), ""),
    ("ForwardAgent no", "openssh-9.9", ("no",), ""),
    ("ForwardAgent /a", "openssh-9.9", ("/a",), ""),
    ("ObscureKeystrokeTiming yes", "openssh-9.9", ("yes",), ""),
    ("ObscureKeystrokeTiming no", "openssh-9.9", ("no",), ""),
    ("ObscureKeystrokeTiming interval:20", "openssh-9.9", ("yes",), ""),
    ("ObscureKeystrokeTiming interval:80", "openssh-9.9", ("80",), ""),
)
ROWS = [
    pytest.param(kind, *row, id=f"{kind} {row[1]} {row[0]!r}")
    for kind, rows in (("sshd_config", SSHD), ("ssh_config", SSH))
    for row in rows
]


@pytest.mark.parametrize(("kind", "line", "target", "texts", "default"), ROWS)
def test_it_is_printed(kind: Kind, line: str, target: str, texts: tuple[str, ...], default: str) -> None:
    assert printed(kind, line, target, default=(default,)) == texts


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("AuthenticationMethods password publickey", ("password", "publickey")),
        ("AuthorizedKeysFile /a /b", ("/a", "/b")),
        ("RevokedKeys /a /b", ("/a", "/b")),
        ("ChannelTimeout a=1m b=2m", ("a=1m", "b=2m")),
    ],
)
def test_a_line_each_where_lines_add_up(line: str, texts: tuple[str, ...]) -> None:
    assert printed("sshd_config", line, "openssh-10.6", adds=True) == texts
