"""Where ``sshkeep set`` writes, byte for byte; each call is carried out once, and again to no effect.

A call is what stands behind ``sshkeep set`` on the command line, without the file.
"""

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from sshkeep.edit.request import SetMode, SetRequest
from sshkeep.fix.set_plan import SetPlan, plan_drop_in, plan_set
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import target_of
from sshkeep.trees.discover import TreeOptions, tree_for


class Case(NamedTuple):
    """A config and the same after the call, or the same file where nothing changes.

    ``changed`` is the file that ``after`` is of, where it is not the main one; ``files`` are beside it.
    """

    name: str
    before: str
    call: str
    after: str
    files: Mapping[str, str] = {}
    changed: str = ""
    target: str = "openssh-9.9"


MODES: tuple[SetMode, ...] = ("unset", "add", "remove")


def planned(
    kind: Kind, folder: Path, call: str, target: str, *, asked: str = "", root: str | None = None
) -> SetPlan:
    """What the call would do to the config in ``folder``; ``asked`` is the file that is named."""
    words = shlex.split(call)
    header = _option(words, "--in")
    name = _option(words, "--drop-in-name")
    drop_in = "--drop-in" in words or bool(name)
    mode: SetMode = next((mode for mode in MODES if f"--{mode}" in words), "set")
    words = [word for word in words if word not in ("--drop-in", "--", f"--{mode}")]
    tree = tree_for(str(folder / (asked or kind)), TreeOptions(kind, target_of(target), root))
    request = SetRequest(words[0], tuple(words[1:]), mode, header)
    return plan_drop_in(tree, [request], name) if drop_in else plan_set(tree, [request])


def _option(words: list[str], name: str) -> str:
    if name not in words:
        return ""
    at = words.index(name)
    value = words[at + 1]
    del words[at : at + 2]
    return value


def lay(kind: Kind, folder: Path, before: str, files: Mapping[str, str]) -> None:
    """The config and what is beside it, on disk."""
    for name, text in {**files, kind: before}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogateescape"))


GLOBAL = (
    Case("into an empty file", "", "UseDNS no", "UseDNS no\n"),
    Case("into a file of comments", "# ours\n", "UseDNS no", "# ours\nUseDNS no\n"),
    Case("behind the last line", "Port 22\n", "UseDNS no", "Port 22\nUseDNS no\n"),
    Case("the line that wins", "UseDNS yes\nUseDNS no\n", "UseDNS no", "UseDNS no\nUseDNS no\n"),
    Case("it is so already", "UseDNS no\n", "UseDNS no", "UseDNS no\n"),
    Case("it is so already, spelt otherwise", "  usedns = NO # yes\n", "UseDNS no", "  usedns = NO # yes\n"),
    Case(
        "a time in another unit is the same",
        "LoginGraceTime 2m\n",
        "LoginGraceTime 120",
        "LoginGraceTime 2m\n",
    ),
    Case("the commented default", "#UseDNS no\nPort 22\n", "UseDNS yes", "UseDNS yes\nPort 22\n"),
    Case("with a blank behind the hash", "# UseDNS no\nPort 22\n", "UseDNS yes", "UseDNS yes\nPort 22\n"),
    Case(
        "the first of two commented defaults",
        "#HostKey /a\n#HostKey /b\nPort 22\n",
        "HostKey /c",
        "HostKey /c\n#HostKey /b\nPort 22\n",
    ),
    Case(
        "not a comment that says more",
        "# UseDNS no is quicker\nPort 22\n",
        "UseDNS no",
        "# UseDNS no is quicker\nPort 22\nUseDNS no\n",
    ),
    Case(
        "the stock file's two commented defaults, one after the other",
        "#ClientAliveInterval 0\n#ClientAliveCountMax 3\n",
        "ClientAliveCountMax 0",
        "#ClientAliveInterval 0\nClientAliveCountMax 0\n",
    ),
    Case(
        "a keyword that begins like another",
        "ClientAliveInterval 600\n",
        "ClientAliveCountMax 0",
        "ClientAliveInterval 600\nClientAliveCountMax 0\n",
    ),
    Case(
        "above the first Match",
        "Port 22\nMatch User bob\n  X11Forwarding no\n",
        "UseDNS no",
        "Port 22\nUseDNS no\nMatch User bob\n  X11Forwarding no\n",
    ),
    Case(
        "above the comments of the first Match",
        "# bob is new\nMatch User bob\n  X11Forwarding no\n",
        "UseDNS no",
        "UseDNS no\n# bob is new\nMatch User bob\n  X11Forwarding no\n",
    ),
    Case(
        "not into the commented example of a Match",
        "Port 22\n#Match User anoncvs\n#\tX11Forwarding no\n",
        "X11Forwarding no",
        "Port 22\nX11Forwarding no\n#Match User anoncvs\n#\tX11Forwarding no\n",
    ),
    Case(
        "a Match's own value stays",
        "Match User ansible\n  Banner none\n",
        "Banner /etc/issue.net",
        "Banner /etc/issue.net\nMatch User ansible\n  Banner none\n",
    ),
    Case(
        "several values of an option with one line",
        "AuthorizedKeysFile .ssh/a\n",
        "AuthorizedKeysFile .ssh/a .ssh/b",
        "AuthorizedKeysFile .ssh/a .ssh/b\n",
    ),
    Case("a value that begins with a hyphen", "", "Ciphers -- -3des-cbc", "Ciphers -3des-cbc\n"),
    Case("the keyword as typed", "", "usedns no", "UseDNS no\n"),
    Case("RekeyLimit has two parts", "RekeyLimit 1G 1h\n", "RekeyLimit 2G", "RekeyLimit 2G\n"),
    Case(
        "RekeyLimit whose parts come from two lines",
        "RekeyLimit default\nRekeyLimit 1G 1h\n",
        "RekeyLimit 2G 30m",
        "RekeyLimit 2G 30m\n",
    ),
    Case("MaxStartups", "MaxStartups 10\n", "MaxStartups 10:30:60", "MaxStartups 10:30:60\n"),
    Case(
        "of a Subsystem, the one of that name",
        "Subsystem sftp /usr/lib/sftp-server\nSubsystem backup /usr/bin/backup\n",
        "Subsystem sftp internal-sftp -l INFO",
        "Subsystem sftp internal-sftp -l INFO\nSubsystem backup /usr/bin/backup\n",
    ),
    Case(
        "another Subsystem",
        "Subsystem sftp internal-sftp\n",
        "Subsystem backup /usr/bin/backup",
        "Subsystem sftp internal-sftp\nSubsystem backup /usr/bin/backup\n",
    ),
    Case("the default again", "Port 22\nUseDNS yes\n", "--unset UseDNS", "Port 22\n"),
    Case("the default already", "Port 22\n", "--unset UseDNS", "Port 22\n"),
    Case(
        "unset takes all its lines, but no block's",
        "UseDNS yes\nBanner /a\nBanner /b\nMatch User bob\n  Banner /c\n",
        "--unset Banner",
        "UseDNS yes\nMatch User bob\n  Banner /c\n",
    ),
    Case(
        "unset takes the lines that Match all overrides, too",
        "AcceptEnv A\nMatch all\n  AcceptEnv B\n",
        "--unset AcceptEnv",
        "Match all\n",
    ),
    Case(
        "a line of the option that sshd refuses",
        "Port 22\nUseDNS maybe\nPrintMotd no\n",
        "UseDNS no",
        "Port 22\nUseDNS no\nPrintMotd no\n",
    ),
    Case(
        "refused lines beside one that wins",
        "UseDNS yes\nUseDNS maybe\nUseDNS\n",
        "UseDNS no",
        "UseDNS no\n",
    ),
    Case("a quote that is not closed", 'Banner "/etc/a\n', "Banner /etc/b", "Banner /etc/b\n"),
    Case(
        "none of UnusedConnectionTimeout overwrites what came before",
        "UnusedConnectionTimeout 5\nUnusedConnectionTimeout none\n",
        "UnusedConnectionTimeout 1m",
        "UnusedConnectionTimeout 1m\n",
    ),
    Case(
        "one Subsystem less",
        "Subsystem sftp internal-sftp\nSubsystem backup /x\n",
        "--unset Subsystem backup",
        "Subsystem sftp internal-sftp\n",
    ),
    Case(
        "the last line wins: FingerprintHash",
        "FingerprintHash md5\nFingerprintHash md5\nPort 22\n",
        "FingerprintHash sha256",
        "FingerprintHash md5\nFingerprintHash sha256\nPort 22\n",
    ),
)
ALIASES = (
    Case(
        "an older name of the option",
        "ChallengeResponseAuthentication yes\n",
        "KbdInteractiveAuthentication no",
        "ChallengeResponseAuthentication no\n",
    ),
    Case(
        "the older name asked for",
        "KbdInteractiveAuthentication yes\n",
        "ChallengeResponseAuthentication no",
        "KbdInteractiveAuthentication no\n",
    ),
    Case("KeepAlive", "KeepAlive no\n", "TCPKeepAlive yes", "KeepAlive yes\n"),
    Case(
        "both names; the first line wins",
        "TCPKeepAlive no\nKeepAlive no\n",
        "TCPKeepAlive yes",
        "TCPKeepAlive yes\nKeepAlive no\n",
    ),
    Case(
        "PubkeyAcceptedKeyTypes",
        "PubkeyAcceptedKeyTypes ssh-ed25519\n",
        "PubkeyAcceptedAlgorithms ssh-ed25519,rsa-sha2-512",
        "PubkeyAcceptedKeyTypes ssh-ed25519,rsa-sha2-512\n",
    ),
    Case(
        "unset takes all spellings",
        "KeepAlive no\nUseDNS no\nTCPKeepAlive no\n",
        "--unset TCPKeepAlive",
        "UseDNS no\n",
    ),
)
MATCH_ALL = (
    Case(
        "the line under Match all overrides",
        "UseDNS no\nMaxAuthTries 2\nMatch all\n  MaxAuthTries 3\n",
        "MaxAuthTries 4",
        "UseDNS no\nMaxAuthTries 2\nMatch all\n  MaxAuthTries 4\n",
    ),
    Case(
        "a global-only keyword under Match all",
        "Match User bob\n  X11Forwarding no\nMatch all\nUseDNS yes\n",
        "UseDNS no",
        "Match User bob\n  X11Forwarding no\nMatch all\nUseDNS no\n",
    ),
    Case(
        "of a global-only keyword the first line wins, wherever it stands",
        "UseDNS no\nMatch all\nUseDNS no\n",
        "UseDNS yes",
        "UseDNS yes\nMatch all\nUseDNS no\n",
    ),
    Case(
        "a new line still goes above the first Match",
        "Port 22\nMatch User bob\n  X11Forwarding no\nMatch all\n  PermitTTY yes\n",
        "UseDNS no",
        "Port 22\nUseDNS no\nMatch User bob\n  X11Forwarding no\nMatch all\n  PermitTTY yes\n",
    ),
    Case(
        "Match all in an included file overrides, too",
        "Include /etc/ssh/sshd_config.d/*.conf\nMaxAuthTries 2\n",
        "MaxAuthTries 4",
        "Match all\n  MaxAuthTries 4\n",
        {"sshd_config.d/10-a.conf": "Match all\n  MaxAuthTries 3\n"},
        "sshd_config.d/10-a.conf",
    ),
    Case(
        "an Include under Match all",
        "Match all\nInclude /etc/ssh/x\n",
        "MaxAuthTries 4",
        "MaxAuthTries 4\n",
        {"x": "MaxAuthTries 3\n"},
        "x",
    ),
    Case(
        "Match all as the block meant: for everyone",
        "MaxAuthTries 2\nMatch User bob\n  MaxAuthTries 9\n",
        "--in 'Match all' MaxAuthTries 4",
        "MaxAuthTries 4\nMatch User bob\n  MaxAuthTries 9\n",
    ),
)
STOCK = (
    Case(
        "Windows: a file that ends inside a Match",
        "#Port 22\n\nSubsystem\tsftp\tsftp-server.exe\n\nMatch Group administrators\n"
        "       AuthorizedKeysFile __PROGRAMDATA__/ssh/administrators_authorized_keys\n",
        "PasswordAuthentication no",
        "#Port 22\n\nSubsystem\tsftp\tsftp-server.exe\nPasswordAuthentication\tno\n\nMatch Group administrators\n"
        "       AuthorizedKeysFile __PROGRAMDATA__/ssh/administrators_authorized_keys\n",
    ),
    Case(
        "Windows: the keys of the others",
        "AuthorizedKeysFile\t.ssh/authorized_keys\nMatch Group administrators\n"
        "       AuthorizedKeysFile __PROGRAMDATA__/ssh/administrators_authorized_keys\n",
        "AuthorizedKeysFile .ssh/a .ssh/b",
        "AuthorizedKeysFile\t.ssh/a .ssh/b\nMatch Group administrators\n"
        "       AuthorizedKeysFile __PROGRAMDATA__/ssh/administrators_authorized_keys\n",
    ),
    Case(
        "Windows: the block that ends the file",
        "Match Group administrators\r\n       AuthorizedKeysFile /x\r\n",
        "--in 'Match Group administrators' AuthorizedKeysFile /y",
        "Match Group administrators\r\n       AuthorizedKeysFile /y\r\n",
    ),
    Case(
        "macOS: an Include without .conf",
        "Include /etc/ssh/sshd_config.d/*\n#UsePAM no\n",
        "UsePAM no",
        "UsePAM no\n",
        {"sshd_config.d/100-macos": "UsePAM yes\n"},
        "sshd_config.d/10-sshkeep.conf",
    ),
    Case(
        "Debian: the drop-in that comes first",
        "Include /etc/ssh/sshd_config.d/*.conf\nPasswordAuthentication no\n",
        "PasswordAuthentication no",
        "PasswordAuthentication no\n",
        {"sshd_config.d/50-site.conf": "PasswordAuthentication yes\n"},
        "sshd_config.d/50-site.conf",
    ),
    Case(
        "an Include behind is no rival",
        "PasswordAuthentication yes\nInclude /etc/ssh/sshd_config.d/*.conf\n",
        "PasswordAuthentication no",
        "PasswordAuthentication no\nInclude /etc/ssh/sshd_config.d/*.conf\n",
        {"sshd_config.d/50-cloud-init.conf": "PasswordAuthentication yes\n"},
    ),
    Case(
        "a drop-in that sets it for some only",
        "Include /etc/ssh/sshd_config.d/*.conf\n",
        "X11Forwarding no",
        "Include /etc/ssh/sshd_config.d/*.conf\nX11Forwarding no\n",
        {"sshd_config.d/x.conf": "Match User bob\n  X11Forwarding yes\n"},
    ),
)
LISTS = (
    Case("a list that is new", "", "AllowUsers a b", "AllowUsers a b\n"),
    Case("the whole list", "AllowUsers a b c\n", "AllowUsers b", "AllowUsers b\n"),
    Case(
        "the whole list, one more", "AllowUsers a\nPort 22\n", "AllowUsers a b", "AllowUsers a b\nPort 22\n"
    ),
    Case(
        "the whole list over several lines",
        "AllowUsers a\nAllowUsers b\nAllowUsers c\n",
        "AllowUsers a c",
        "AllowUsers a\nAllowUsers c\n",
    ),
    Case("one more of a list", "AllowUsers a b # ours\n", "--add AllowUsers c", "AllowUsers a b c # ours\n"),
    Case("the file exists already", "AllowUsers a b\n", "--add AllowUsers b", "AllowUsers a b\n"),
    Case("one more of none", "Port 22\n", "--add AllowUsers c", "Port 22\nAllowUsers c\n"),
    Case("one less", "AllowUsers a b c\n", "--remove AllowUsers b", "AllowUsers a c\n"),
    Case("the first one less", "AllowUsers a b\n", "--remove AllowUsers a", "AllowUsers b\n"),
    Case("a line less", "DenyUsers a\nDenyUsers b\n", "--remove DenyUsers a", "DenyUsers b\n"),
    Case("the last one goes with its line", "Port 22\nDenyUsers a\n", "--remove DenyUsers a", "Port 22\n"),
    Case("not there", "DenyUsers a\n", "--remove DenyUsers b", "DenyUsers a\n"),
    Case(
        "environment names",
        "AcceptEnv LANG LC_*\n",
        "--add AcceptEnv COLORTERM",
        "AcceptEnv LANG LC_* COLORTERM\n",
    ),
    Case("a port", "Port 22\n", "Port 2222", "Port 2222\n"),
    Case("two ports", "Port 22\n", "Port 22 2222", "Port 22\nPort 2222\n"),
    Case(
        "one port more, next to the first",
        "Port 22\nUseDNS no\n",
        "--add Port 2222",
        "Port 22\nPort 2222\nUseDNS no\n",
    ),
    Case("one port less", "Port 22\nPort 2222\n", "--remove Port 22", "Port 2222\n"),
    Case(
        "the commented default of a list",
        "#Port 22\nUseDNS no\n",
        "Port 22 2222",
        "Port 22\nPort 2222\nUseDNS no\n",
    ),
    Case(
        "addresses, a line each",
        "ListenAddress 0.0.0.0\n",
        "ListenAddress 0.0.0.0 ::",
        "ListenAddress 0.0.0.0\nListenAddress ::\n",
    ),
    Case(
        "one host key more",
        "HostKey /etc/ssh/ssh_host_rsa_key\nUseDNS no\n",
        "--add HostKey /etc/ssh/ssh_host_ed25519_key",
        "HostKey /etc/ssh/ssh_host_rsa_key\nHostKey /etc/ssh/ssh_host_ed25519_key\nUseDNS no\n",
    ),
    Case(
        "a Match's list replaces the global one and stays",
        "AllowUsers a\nMatch Address 10.0.0.0/8\n  AllowUsers b\n",
        "--add AllowUsers c",
        "AllowUsers a c\nMatch Address 10.0.0.0/8\n  AllowUsers b\n",
    ),
    Case(
        "one more in a block",
        "AllowUsers a\nMatch Address 10.0.0.0/8\n  AllowUsers b\n",
        "--in 'Match Address 10.0.0.0/8' --add AllowUsers c",
        "AllowUsers a\nMatch Address 10.0.0.0/8\n  AllowUsers b c\n",
    ),
)
STYLE = (
    Case("CRLF", "Port 22\r\nMatch User bob\r\n", "UseDNS no", "Port 22\r\nUseDNS no\r\nMatch User bob\r\n"),
    Case("CRLF, a value", "UseDNS yes\r\nPort 22\r\n", "UseDNS no", "UseDNS no\r\nPort 22\r\n"),
    Case("CRLF, a commented default", "#UseDNS no\r\nPort 22\r\n", "UseDNS yes", "UseDNS yes\r\nPort 22\r\n"),
    Case("no final newline", "Port 22", "UseDNS no", "Port 22\nUseDNS no"),
    Case("no final newline, a value", "Port 22\nUseDNS yes", "UseDNS no", "Port 22\nUseDNS no"),
    Case("no final newline, a line less", "Port 22\nUseDNS yes", "--unset UseDNS", "Port 22\n"),
    Case("equals signs", "Port=22\n", "UseDNS no", "Port=22\nUseDNS=no\n"),
    Case("equals signs with blanks", "Port = 22\n", "UseDNS no", "Port = 22\nUseDNS = no\n"),
    Case("tabs", "Port\t22\n", "UseDNS no", "Port\t22\nUseDNS\tno\n"),
    Case(
        "aligned columns",
        "Port          22\nPrintMotd     no\n",
        "UseDNS no",
        "Port          22\nPrintMotd     no\nUseDNS        no\n",
    ),
    Case("a value's comment stays", "UseDNS yes # slow\n", "UseDNS no", "UseDNS no # slow\n"),
    Case("a quoted value", 'Banner "/etc/our issue"\n', "Banner /etc/issue", "Banner /etc/issue\n"),
    Case("a value with a blank", "", "Banner '/etc/our issue'", 'Banner "/etc/our issue"\n'),
    Case("a value with a hash in front", "", "VersionAddendum '#1'", "VersionAddendum #1\n"),
    Case("a path that begins with a hash", "", "Banner '#issue'", 'Banner "#issue"\n'),
    Case("a value with a quote", "", """Banner '/etc/a"b'""", 'Banner "/etc/a\\"b"\n'),
    Case(
        "the rest of the line as it is",
        "",
        "ForceCommand /bin/sh -c 'echo \"a  b\"'",
        'ForceCommand /bin/sh -c echo "a  b"\n',
    ),
    Case(
        "the rest of the line in one word",
        "",
        """ForceCommand "/bin/sh -c 'a  b'" """,
        "ForceCommand /bin/sh -c 'a  b'\n",
    ),
    Case("bytes that are no UTF-8 stay", "# \udce9\nUseDNS yes\n", "UseDNS no", "# \udce9\nUseDNS no\n"),
    Case("blank lines at the end stay there", "Port 22\n\n\n", "UseDNS no", "Port 22\nUseDNS no\n\n\n"),
)
IN_MATCH = (
    Case(
        "a block's value",
        "Match User bob\n  X11Forwarding yes\n",
        "--in 'Match User bob' X11Forwarding no",
        "Match User bob\n  X11Forwarding no\n",
    ),
    Case(
        "one more line of a block, as its others are",
        "Match User bob\n\tX11Forwarding no\n\nMatch User ann\n\tX11Forwarding no\n",
        "--in 'Match User bob' PermitTTY no",
        "Match User bob\n\tX11Forwarding no\n\tPermitTTY no\n\nMatch User ann\n\tX11Forwarding no\n",
    ),
    Case(
        "a block that says the same in other words",
        "match user=bob\n  X11Forwarding no\n",
        "--in 'Match User bob' PermitTTY no",
        "match user=bob\n  X11Forwarding no\n  PermitTTY no\n",
        target="openssh-9.6",
    ),
    Case(
        "an empty block",
        "Match User bob\n",
        "--in 'Match User bob' PermitTTY no",
        "Match User bob\n    PermitTTY no\n",
    ),
    Case(
        "a new block",
        "Port 22\n",
        "--in 'Match User bob' PermitTTY no",
        "Port 22\n\nMatch User bob\n    PermitTTY no\n",
    ),
    Case(
        "a new block behind the others",
        "Port 22\nMatch User ann\n  PermitTTY yes\n",
        "--in 'Match User bob' PermitTTY no",
        "Port 22\nMatch User ann\n  PermitTTY yes\n\nMatch User bob\n  PermitTTY no\n",
    ),
    Case(
        "before the Match all that would win",
        "Match all\n  PermitTTY yes\n",
        "--in 'Match User bob' PermitTTY no",
        "Match User bob\n  PermitTTY no\n\nMatch all\n  PermitTTY yes\n",
    ),
    Case(
        "a block in an included file",
        "Include /etc/ssh/sshd_config.d/*.conf\n",
        "--in 'Match User bob' PermitTTY no",
        "Match User bob\n  PermitTTY no\n",
        {"sshd_config.d/b.conf": "Match User bob\n  PermitTTY yes\n"},
        "sshd_config.d/b.conf",
    ),
    Case(
        "a block says nothing of it any more",
        "Match User bob\n  PermitTTY yes\n  X11Forwarding no\n",
        "--in 'Match User bob' --unset PermitTTY",
        "Match User bob\n  X11Forwarding no\n",
    ),
)
DROP_INS = (
    Case(
        "a drop-in",
        "Include /etc/ssh/sshd_config.d/*.conf\nUseDNS yes\n",
        "--drop-in UseDNS no",
        "UseDNS no\n",
        {"sshd_config.d/90-a.conf": ""},
        "sshd_config.d/50-sshkeep.conf",
    ),
    Case(
        "a drop-in before the one that wins now",
        "Include /etc/ssh/sshd_config.d/*.conf\n",
        "--drop-in PasswordAuthentication no",
        "PasswordAuthentication no\n",
        {"sshd_config.d/50-cloud-init.conf": "PasswordAuthentication yes\n"},
        "sshd_config.d/10-sshkeep.conf",
    ),
    Case(
        "our drop-in again",
        "Include /etc/ssh/sshd_config.d/*.conf\n",
        "--drop-in UseDNS no",
        "X11Forwarding no\nUseDNS no\n",
        {"sshd_config.d/50-sshkeep.conf": "X11Forwarding no\n"},
        "sshd_config.d/50-sshkeep.conf",
    ),
    Case(
        "a drop-in of that name",
        "Include /etc/ssh/sshd_config.d/*.conf\n",
        "--drop-in-name 05-site.conf UseDNS no",
        "UseDNS no\n",
        {"sshd_config.d/90-a.conf": ""},
        "sshd_config.d/05-site.conf",
    ),
    Case(
        "a Match as a drop-in",
        "Include /etc/ssh/sshd_config.d/*.conf\n",
        "--drop-in --in 'Match User proxy' X11Forwarding no",
        "Match User proxy\n    X11Forwarding no\n",
        {"sshd_config.d/90-a.conf": ""},
        "sshd_config.d/50-sshkeep.conf",
    ),
    Case(
        "macOS' folder takes any name",
        "Include /etc/ssh/sshd_config.d/*\n",
        "--drop-in UsePAM no",
        "UsePAM no\n",
        {"sshd_config.d/100-macos": "UsePAM yes\n"},
        "sshd_config.d/10-sshkeep.conf",
    ),
)
SSH = (
    Case("into an empty file", "", "ServerAliveInterval 60", "Host *\n    ServerAliveInterval 60\n"),
    Case(
        "into the last Host *",
        "Host web\n  User a\nHost *\n  Compression yes\n",
        "ServerAliveInterval 60",
        "Host web\n  User a\nHost *\n  Compression yes\n  ServerAliveInterval 60\n",
    ),
    Case(
        "a commented default above what the last Host * includes would win over it",
        "Host *\n  #ServerAliveInterval 0\n  Include web.conf\nHost web\n  User a\n",
        "ServerAliveInterval 60",
        "Host *\n  #ServerAliveInterval 0\n  Include web.conf\n  ServerAliveInterval 60\nHost web\n  User a\n",
        files={"web.conf": "Host web\n  ServerAliveInterval 9\n"},
    ),
    Case(
        "a commented default below what the last Host * includes",
        "Host *\n  #ServerAliveInterval 0\n  Include web.conf\n  User a\n  #ServerAliveInterval 0\n  Port 22\n",
        "ServerAliveInterval 60",
        "Host *\n  #ServerAliveInterval 0\n  Include web.conf\n  User a\n  ServerAliveInterval 60\n  Port 22\n",
        files={"web.conf": "Host web\n  ServerAliveInterval 9\n"},
    ),
    Case(
        "over a commented default above an Include that has no line of the option",
        "Host *\n  #ServerAliveInterval 0\n  Include web.conf\n",
        "ServerAliveInterval 60",
        "Host *\n  ServerAliveInterval 60\n  Include web.conf\n",
        files={"web.conf": "Host web\n  User b\n"},
    ),
    Case(
        "Host * !gate is not for every host, and one behind it is",
        "Host *\n  Compression yes\nHost * !gate\n  User a\n",
        "ServerAliveInterval 60",
        "Host *\n  Compression yes\n  ServerAliveInterval 60\nHost * !gate\n  User a\n",
    ),
    Case(
        "a Host * above Host * !gate would win over its value",
        "Host *\n  Compression yes\nHost * !gate\n  ServerAliveInterval 9\n",
        "ServerAliveInterval 60",
        "Host *\n  Compression yes\nHost * !gate\n  ServerAliveInterval 9\n\nHost *\n  ServerAliveInterval 60\n",
    ),
    Case(
        "a new Host * at the end",
        "Host web\n\tUser a\n",
        "ServerAliveInterval 60",
        "Host web\n\tUser a\n\nHost *\n\tServerAliveInterval 60\n",
    ),
    Case(
        "the line that wins, above the blocks",
        "ServerAliveInterval 10\nHost web\n  User a\n",
        "ServerAliveInterval 60",
        "ServerAliveInterval 60\nHost web\n  User a\n",
    ),
    Case(
        "a host's own value stays",
        "Host web\n  ServerAliveInterval 9\nHost *\n  ServerAliveInterval 10\n",
        "ServerAliveInterval 60",
        "Host web\n  ServerAliveInterval 9\nHost *\n  ServerAliveInterval 60\n",
    ),
    Case(
        "Host * as the block meant",
        "Host web\n  ServerAliveInterval 9\nHost *\n  Compression yes\n",
        "--in 'Host *' ServerAliveInterval 60",
        "Host web\n  ServerAliveInterval 9\nHost *\n  Compression yes\n  ServerAliveInterval 60\n",
    ),
    Case(
        "a new Host before the Host * that would win",
        "Host *\n  ServerAliveInterval 60\n",
        "--in 'Host web' ServerAliveInterval 9",
        "Host web\n  ServerAliveInterval 9\n\nHost *\n  ServerAliveInterval 60\n",
    ),
    Case(
        "a new Host above what is for everyone outside blocks",
        "ServerAliveInterval 60\n",
        "--in 'Host web' ServerAliveInterval 9",
        "Host web\n    ServerAliveInterval 9\n\nHost *\nServerAliveInterval 60\n",
    ),
    Case(
        "one more line of a Host",
        "Host web\n  User a\n\nHost db\n  User b\n",
        "--in 'Host web' Port 2222",
        "Host web\n  User a\n  Port 2222\n\nHost db\n  User b\n",
    ),
    Case(
        "IgnoreUnknown goes on top",
        "Host web\n  User a\n",
        "IgnoreUnknown UseKeychain",
        "IgnoreUnknown UseKeychain\nHost web\n  User a\n",
    ),
    Case(
        "one key more for everyone",
        "Host *\n  IdentityFile ~/.ssh/a\n",
        "--add IdentityFile ~/.ssh/b",
        "Host *\n  IdentityFile ~/.ssh/a\n  IdentityFile ~/.ssh/b\n",
    ),
    Case(
        "a host's keys",
        "Host web\n  IdentityFile ~/.ssh/a\n",
        "--in 'Host web' IdentityFile ~/.ssh/b",
        "Host web\n  IdentityFile ~/.ssh/b\n",
    ),
    Case("names to send", "SendEnv LANG\n", "--add SendEnv COLORTERM", "SendEnv LANG COLORTERM\n"),
    Case(
        "a forwarding has two words",
        "Host web\n  User a\n",
        "--in 'Host web' LocalForward 8080 localhost:80",
        "Host web\n  User a\n  LocalForward 8080 localhost:80\n",
    ),
    Case(
        "two forwardings",
        "Host web\n  LocalForward 8080 localhost:80\n",
        "--in 'Host web' --add LocalForward '8081 localhost:81' '8082 localhost:82'",
        "Host web\n  LocalForward 8080 localhost:80\n  LocalForward 8081 localhost:81\n  LocalForward 8082 localhost:82\n",
    ),
    Case(
        "one forwarding less",
        "Host web\n  LocalForward 8080 localhost:80\n  LocalForward 8081 localhost:81\n",
        "--in 'Host web' --remove LocalForward 8080 localhost:80",
        "Host web\n  LocalForward 8081 localhost:81\n",
    ),
    Case(
        "ProxyCommand is the rest of the line",
        "Host web\n  User a\n",
        "--in 'Host web' ProxyCommand ssh -W '%h:%p' jump",
        "Host web\n  User a\n  ProxyCommand ssh -W %h:%p jump\n",
    ),
    Case(
        "an Include for every host",
        "# mine\n\nHost foo\n  User a\n",
        "--add Include extra",
        "# mine\n\nInclude extra\nHost foo\n  User a\n",
        {"extra": "Compression yes\n"},
    ),
    Case(
        "a Host that sets it too late",
        "ServerAliveInterval 60\nHost web\n  ServerAliveInterval 5\n",
        "--in 'Host web' ServerAliveInterval 9",
        "Host web\n  ServerAliveInterval 9\n\nHost *\nServerAliveInterval 60\nHost web\n",
    ),
    Case(
        "one file more and one less of a list that is spelt twice",
        "CertificateFile a\nCertificateFile a\n",
        "CertificateFile a b",
        "CertificateFile a\nCertificateFile b\n",
    ),
    Case(
        "two dynamic forwardings",
        "Host *\n",
        "DynamicForward 1080 1081",
        "Host *\n    DynamicForward 1080\n    DynamicForward 1081\n",
    ),
    Case("unset", "Host *\n  Compression yes\n  User a\n", "--unset Compression", "Host *\n  User a\n"),
    Case(
        "into the Host * though an included Host, which is read before it, has a value of its own",
        "Include ~/.ssh/conf.d/*\n\nHost *\n  User a\n",
        "ServerAliveInterval 60",
        "Include ~/.ssh/conf.d/*\n\nHost *\n  User a\n  ServerAliveInterval 60\n",
        {"conf.d/a": "Host web\n  ServerAliveInterval 30\n"},
    ),
    Case(
        "behind another Host that the last Host * includes",
        "Host *\n  User a\n  Include ~/.ssh/conf.d/*\n",
        "ServerAliveInterval 60",
        "Host *\n  User a\n  Include ~/.ssh/conf.d/*\n  ServerAliveInterval 60\n",
        {"conf.d/a": "Host web\n  ServerAliveInterval 30\n"},
    ),
    Case(
        "in an included file",
        "Include ~/.ssh/conf.d/*\n\nHost *\n  User a\n",
        "Compression no",
        "Host *\n  Compression no\n",
        {"conf.d/a": "Host *\n  Compression yes\n"},
        "conf.d/a",
    ),
)

CASES = [
    pytest.param(kind, case, id=f"{group}: {case.name}")
    for kind, group, cases in (
        ("sshd_config", "global", GLOBAL),
        ("sshd_config", "aliases", ALIASES),
        ("sshd_config", "Match all", MATCH_ALL),
        ("sshd_config", "stock files", STOCK),
        ("sshd_config", "lists", LISTS),
        ("sshd_config", "style", STYLE),
        ("sshd_config", "in a Match", IN_MATCH),
        ("sshd_config", "drop-ins", DROP_INS),
        ("ssh_config", "ssh", SSH),
    )
    for case in cases
]


@pytest.mark.parametrize(("kind", "case"), CASES)
def test_it_stands_where_it_takes_effect(kind: Kind, case: Case, tmp_path: Path) -> None:
    folder = tmp_path / ".ssh" if kind == "ssh_config" else tmp_path
    lay(kind, folder, case.before, case.files)
    plan = planned(kind, folder, case.call, case.target)
    for change in plan.changes:
        Path(change.path).write_bytes(change.after or b"")
    there = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    expected = {kind: case.before, **case.files, case.changed or kind: case.after}
    assert there == {name: text.encode("utf-8", "surrogateescape") for name, text in expected.items()}
    assert planned(kind, folder, case.call, case.target).changes == ()
