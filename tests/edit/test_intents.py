"""What intents make of the bytes of a file."""

from __future__ import annotations

import pytest

from sshkeep.config.tree.config import Config
from sshkeep.edit.intents import SetLine
from sshkeep.edit.resolve_intents import edited_files, resolve_intents
from sshkeep.errors import SshkeepError
from sshkeep.openssh.kind import Kind
from sshkeep.testing import config_of
from tests.edit.intents import (
    IntentFor,
    block,
    change,
    comment,
    delete,
    everyone,
    move,
    rename,
    rewrite,
    write,
)

Row = tuple[Kind, str, tuple[IntentFor, ...], str]

ROWS: tuple[Row, ...] = (
    ("sshd_config", "Port 22\n", (everyone("UseDNS", "no"),), "Port 22\nUseDNS no\n"),
    ("sshd_config", "", (everyone("HostKey", "/a", "/b"),), "HostKey /a\nHostKey /b\n"),
    ("sshd_config", "#HostKey /x\nPort 22\n", (everyone("HostKey", "/a", "/b"),), "HostKey /a\nHostKey /b\nPort 22\n"),
    ("sshd_config", "# HostKey = /x\r\nPort 22\r\n", (everyone("HostKey", "/a", "/b"),), "HostKey = /a\r\nHostKey = /b\r\nPort 22\r\n"),
    ("sshd_config", "  #HostKey\t/x  \nPort 22\n", (everyone("HostKey", "/a"),), "HostKey\t/a\nPort 22\n"),
    ("sshd_config", "#Match User x\n#UseDNS no\nPort 22\n", (everyone("UseDNS", "yes"),), "#Match User x\n#UseDNS no\nPort 22\nUseDNS yes\n"),
    ("sshd_config", "#host x\n#UseDNS no\nPort 22\n", (everyone("UseDNS", "yes"),), "#host x\n#UseDNS no\nPort 22\nUseDNS yes\n"),
    ("sshd_config", "#UseDNS no yes\n#UseDNS\nPort 22\n", (everyone("UseDNS", "yes"),), "#UseDNS no yes\n#UseDNS\nPort 22\nUseDNS yes\n"),
    ("sshd_config", "Port 22", (everyone("HostKey", "/a", "/b"),), "Port 22\nHostKey /a\nHostKey /b"),
    ("sshd_config", "Port 22\r\n", (everyone("HostKey", "/a", "/b"),), "Port 22\r\nHostKey /a\r\nHostKey /b\r\n"),
    ("sshd_config", "Port   22\nMatch User a\n  Banner /a\n", (everyone("UseDNS", "no"),), "Port   22\nUseDNS no\nMatch User a\n  Banner /a\n"),
    ("sshd_config", "Port=22\n", (everyone("UseDNS", "no"),), "Port=22\nUseDNS=no\n"),
    ("sshd_config", "\tPort\t22\n", (everyone("UseDNS", "no"),), "\tPort\t22\n\tUseDNS\tno\n"),
    ("sshd_config", "# a\n\n# of the block\n# too\nMatch User a\nBanner /a\n", (everyone("UseDNS", "no"),), "# a\n\nUseDNS no\n# of the block\n# too\nMatch User a\nBanner /a\n"),
    ("sshd_config", "# a\n", (everyone("Include", "x.conf"),), "# a\nInclude x.conf\n"),
    ("sshd_config", "# a\nMatch User a\nBanner /a\n", (everyone("Include", "x.conf"),), "Include x.conf\n# a\nMatch User a\nBanner /a\n"),
    ("sshd_config", "# a\nPort=22\n", (everyone("Include", "x.conf", "y.conf"),), "# a\nInclude=x.conf\nInclude=y.conf\nPort=22\n"),
    ("sshd_config", "# a\n  Port   22\n", (everyone("Include", "x.conf"),), "# a\nInclude x.conf\n  Port   22\n"),
    ("sshd_config", "HostKey /a\nHostKey /b\nHostKey /c\n", (everyone("HostKey", "/b", "/d", "/e"),), "HostKey /b\nHostKey /d\nHostKey /e\n"),
    ("sshd_config", "HostKey /a\nHostKey /b\nHostKey /c\n", (everyone("HostKey", "/d"),), "HostKey /d\n"),
    ("sshd_config", "HostKey /a\n  HostKey   /b\n", (everyone("HostKey", "/c", "/d", "/e"),), "HostKey /c\n  HostKey   /d\n  HostKey   /e\n"),
    ("sshd_config", "HostKey /a\nHostKey /b", (everyone("HostKey", "/a", "/b", "/c"),), "HostKey /a\nHostKey /b\nHostKey /c"),
    ("sshd_config", "AllowUsers a b # x\nAllowUsers c d e\n", (everyone("AllowUsers", "a c e"),), "AllowUsers a # x\nAllowUsers c e\n"),
    ("sshd_config", "AllowUsers a b # x\nAllowUsers c d\n", (everyone("AllowUsers", "a b x y"),), "AllowUsers a b x y # x\n"),
    ("sshd_config", "AllowUsers a b # x\nAllowUsers c d\n", (everyone("AllowUsers", "c d x"),), "AllowUsers c d x\n"),
    ("sshd_config", "AllowUsers a b # x\nAllowUsers c d\n", (everyone("AllowUsers", "x y"),), "AllowUsers x y # x\n"),
    ("sshd_config", "AllowUsers a b c # x\n", (everyone("AllowUsers", "b z"),), "AllowUsers b z # x\n"),
    ("sshd_config", "AllowUsers a b c # x\n", (everyone("AllowUsers", "b"),), "AllowUsers b # x\n"),
    ("sshd_config", "AllowUsers a b c # x\n", (everyone("AllowUsers", "c"),), "AllowUsers c # x\n"),
    ("sshd_config", "AllowUsers \"a\" 'b' c\n", (everyone("AllowUsers", "a b d"),), "AllowUsers \"a\" 'b' d\n"),
    ("sshd_config", "AllowUsers a \"b\" c\n", (everyone("AllowUsers", "b d"),), "AllowUsers \"b\" d\n"),
    ("sshd_config", "UseDNS x # c\nUseDNS y\nPort 1\n", (everyone("UseDNS", "no"),), "UseDNS no # c\nPort 1\n"),
    ("sshd_config", "HostKey\nHostKey\nPort 1\n", (everyone("HostKey", "/a", "/b"),), "HostKey /a\nHostKey /b\nPort 1\n"),
    ("sshd_config", "HostKey \nPort 1\n", (everyone("HostKey", "/a", "/b"),), "HostKey /a \nHostKey /b\nPort 1\n"),
    ("sshd_config", "UseDNS x\nUseDNS yes\n", (everyone("UseDNS", "no"),), "UseDNS no\n"),
    ("sshd_config", "UseDNS x\nUseDNS yes\n", (everyone("UseDNS"),), ""),
    ("sshd_config", "UseDNS x\nUseDNS no\n", (everyone("UseDNS", "no"),), "UseDNS no\n"),
    ("sshd_config", "UseDNS\n", (everyone("UseDNS", "no"),), "UseDNS no\n"),
    ("sshd_config", "UseDNS # x\n", (everyone("UseDNS", "no"),), "UseDNS no\n"),
    ("sshd_config", "Subsystem a /a\nSubsystem b /b\n", (everyone("Subsystem", "b /c", part="b"),), "Subsystem a /a\nSubsystem b /c\n"),
    ("sshd_config", "Subsystem a /a\nSubsystem b /b\n", (everyone("Subsystem", part="a"),), "Subsystem b /b\n"),
    ("sshd_config", "Subsystem a /a\n", (everyone("Subsystem", "b /c", part="b"),), "Subsystem a /a\nSubsystem b /c\n"),
    ("sshd_config", "RekeyLimit 1G\nRekeyLimit 2G 1h\n", (everyone("RekeyLimit", "3G"),), "RekeyLimit 3G\n"),
    ("sshd_config", "UnusedConnectionTimeout 1m\nUnusedConnectionTimeout none\n", (everyone("UnusedConnectionTimeout", "2m"),), "UnusedConnectionTimeout 2m\n"),
    ("sshd_config", "Banner /a\nMatch User ann\n    X11Forwarding no\n\nMatch all\nBanner /c\n", (block("match user ann", "Banner", "/b"),), "Banner /a\nMatch User ann\n    X11Forwarding no\n    Banner /b\n\nMatch all\nBanner /c\n"),
    ("sshd_config", "Banner /a\nMatch User ann\nX11Forwarding no\n# c\n\n# next\nMatch User bob\n", (block("Match User ann", "Banner", "/b"),), "Banner /a\nMatch User ann\nX11Forwarding no\nBanner /b\n# c\n\n# next\nMatch User bob\n"),
    ("sshd_config", "Banner /a\nMatch User ann\n# c\n#Banner /x\nMatch User bob\n", (block("Match User ann", "Banner", "/b"),), "Banner /a\nMatch User ann\n# c\n    Banner /b\nMatch User bob\n"),
    ("sshd_config", "Match User ann\n", (block("Match User ann", "Banner", "/b"),), "Match User ann\n    Banner /b\n"),
    ("sshd_config", "Port 1\n", (block("Match User ann", "Banner", "/b"),), "Port 1\n\nMatch User ann\n    Banner /b\n"),
    ("sshd_config", "Port 1\n\n", (block("Match User ann", "Banner", "/b"),), "Port 1\n\nMatch User ann\n    Banner /b\n"),
    ("sshd_config", "Port 1", (block("Match User ann", "Banner", "/b"),), "Port 1\n\nMatch User ann\n    Banner /b"),
    ("sshd_config", "Match User bob\n\tBanner /a\n", (block("Match User ann", "Banner", "/b"),), "Match User bob\n\tBanner /a\n\nMatch User ann\n\tBanner /b\n"),
    ("sshd_config", "Port 1\n# c\nMatch all\nBanner /a\n", (block("Match User ann", "Banner", "/b"),), "Port 1\nMatch User ann\n    Banner /b\n\n# c\nMatch all\nBanner /a\n"),
    ("sshd_config", "Match all\nBanner /a\nMatch User ann\nBanner /b\n", (block("Match User ann", "Banner", "/c"),), "Match User ann\n    Banner /c\n\nMatch all\nBanner /a\nMatch User ann\n"),
    ("sshd_config", "Match User ann\nBanner /b\nBanner /d\nMatch User ann\nBanner /e\n", (block("Match User ann", "Banner", "/c"),), "Match User ann\nBanner /c\nBanner /d\nMatch User ann\nBanner /e\n"),
    ("sshd_config", "Match User ann\nBanner /b\nBanner /d\nMatch User ann\nBanner /e\n", (block("Match User ann", "Banner"),), "Match User ann\nMatch User ann\n"),
    ("sshd_config", "Match User ann\nBanner /b\n", (block("Match User ann", "Banner", "/b"),), "Match User ann\nBanner /b\n"),
    ("sshd_config", "Match User ann\nAllowUsers a b\nMatch User ann\nAllowUsers c\n", (block("Match User ann", "AllowUsers", "a d"),), "Match User ann\nAllowUsers a d\nMatch User ann\n"),
    ("sshd_config", "Match User ann\nRekeyLimit 1G\nRekeyLimit 1G 1h\n", (block("Match User ann", "RekeyLimit", "2G"),), "Match User ann\nRekeyLimit 2G\n"),
    ("sshd_config", "Match User ann\nX11Forwarding x\nX11Forwarding y\n", (block("Match User ann", "X11Forwarding", "no"),), "Match User ann\nX11Forwarding no\n"),
    ("sshd_config", "Match User ann\nX11Forwarding x\nX11Forwarding yes\n", (block("Match User ann", "X11Forwarding", "no"),), "Match User ann\nX11Forwarding no\n"),
    ("sshd_config", "Port 1 # x\nPort 2\n", (change(1, "3"),), "Port 3 # x\nPort 2\n"),
    ("sshd_config", "Port 1\nChallengeResponseAuthentication no # x\n", (rename(2, "KbdInteractiveAuthentication"), delete(1),), "KbdInteractiveAuthentication no # x\n"),
    ("sshd_config", "Port 1\nPort 2\nPort 3", (delete(1), delete(3),), "Port 2\n"),
    ("ssh_config", "Host a\n  Port 1\n", (everyone("Port", "2"),), "Host a\n  Port 1\n\nHost *\n  Port 2\n"),
    ("ssh_config", "Host a\n\tPort 1\n\nHost *\n\tUser u\n", (everyone("Port", "2"),), "Host a\n\tPort 1\n\nHost *\n\tUser u\n\tPort 2\n"),
    ("ssh_config", "Host *\nUser u\nHost a\nPort 1\n", (everyone("Port", "2"),), "Host *\nUser u\nHost a\nPort 1\n\nHost *\n    Port 2\n"),
    ("ssh_config", "Host *\nUser u\nHost a\nUser v\n", (everyone("Port", "2"),), "Host *\nUser u\nPort 2\nHost a\nUser v\n"),
    ("ssh_config", "Match final all\nUser u\n", (everyone("Port", "2"),), "Match final all\nUser u\n\nHost *\n    Port 2\n"),
    ("ssh_config", "Host a\nPort 1\n", (everyone("IgnoreUnknown", "x"),), "IgnoreUnknown x\nHost a\nPort 1\n"),
    ("ssh_config", "# c\nHost a\nPort 1\n", (everyone("IgnoreUnknown", "x"),), "IgnoreUnknown x\n# c\nHost a\nPort 1\n"),
    ("ssh_config", "# c\nPort 1\n", (everyone("IgnoreUnknown", "x"),), "# c\nIgnoreUnknown x\nPort 1\n"),
    ("ssh_config", "Host a\nTunnelDevice 1:1\n", (everyone("TunnelDevice", "2:2"),), "Host a\nTunnelDevice 1:1\n\nHost *\n    TunnelDevice 2:2\n"),
    ("ssh_config", "Host *\nUser u\nHost a\nProxyCommand x\n", (everyone("ProxyJump", "j"),), "Host *\nUser u\nHost a\nProxyCommand x\n\nHost *\n    ProxyJump j\n"),
    ("ssh_config", "Host *\nUser u\n", (everyone("ProxyJump", "j"),), "Host *\nUser u\nProxyJump j\n"),
    ("ssh_config", "Port 1\n", (block("Host a", "Port", "2"),), "Host a\n    Port 2\n\nHost *\nPort 1\n"),
    ("ssh_config", "# c\nPort 1\n", (block("Host a", "Port", "2"),), "Host a\n    Port 2\n\nHost *\n# c\nPort 1\n"),
    ("ssh_config", "# c\nHost *\nPort 1\n", (block("Host a", "Port", "2"),), "Host a\n    Port 2\n\n# c\nHost *\nPort 1\n"),
    ("ssh_config", "Host a\nUser u\nHost *\nPort 1\nHost a\nPort 3\n", (block("Host a", "Port", "2"),), "Host a\nUser u\nPort 2\nHost *\nPort 1\nHost a\n"),
    ("ssh_config", "Host *\nPort 1\nHost a\nPort 3\n", (block("Host a", "Port", "2"),), "Host a\n    Port 2\n\nHost *\nPort 1\nHost a\n"),
    ("ssh_config", "SendEnv A\nHost a\nSendEnv B C\n", (block("Host a", "SendEnv", "B D"),), "SendEnv A\nHost a\nSendEnv B D\n"),
    ("ssh_config", "Host a\nIdentityFile /a\nIdentityFile /b\n", (block("Host a", "IdentityFile", "/b", "/c"),), "Host a\nIdentityFile /b\nIdentityFile /c\n"),
    ("ssh_config", "StreamLocalBindMask 0177\nHost a\nStreamLocalBindMask 0111\n", (everyone("StreamLocalBindMask", "0022"),), "StreamLocalBindMask 0177\nHost a\nStreamLocalBindMask 0022\n"),
    ("sshd_config", "Port 1\n\tPort 2\r\n", (comment(2, "why é"), comment(1, "x")), "# x\nPort 1\n\t# why é\r\n\tPort 2\r\n"),
    ("sshd_config", "Port 1\nPort 2\r\nPort 3\n", (write(2, b"# two\nPort 4"), write(1, b"")), "# two\nPort 4\r\nPort 3\n"),
    ("sshd_config", "Port 1\nPort 2", (write(2, b"Port 4"),), "Port 1\nPort 4"),
    ("sshd_config", "Port 1\n", (rewrite(b"# all\n"),), "# all\n"),
    # Lines that a block swallows: at the end of the file one line ends the block, a tool's comments stay above.
    ("sshd_config", "Match User a\n  Banner /a\n# tool\n# too\nMaxAuthTries 3\nUseDNS no\n", (move(5, 6),), "Match User a\n  Banner /a\nMatch all\n# tool\n# too\nMaxAuthTries 3\nUseDNS no\n"),
    ("ssh_config", "Host a\n  Port 1\nServerAliveInterval 60\n", (move(3),), "Host a\n  Port 1\nHost *\nServerAliveInterval 60\n"),
    # Elsewhere they move, each to where its option counts.
    ("sshd_config", "Port 1\nMatch User a\n  Banner /a\nUseDNS no\nMatch User b\n  Banner /b\n", (move(4),), "Port 1\nUseDNS no\nMatch User a\n  Banner /a\nMatch User b\n  Banner /b\n"),
    ("sshd_config", "Match User a\n  Banner /a\n\nUseDNS = no # x\nMaxAuthTries 3\nMatch User b\n", (move(4, 5),), "UseDNS no # x\nMaxAuthTries 3\nMatch User a\n  Banner /a\n\nMatch User b\n"),
    ("ssh_config", "Host a\n  Port 1\nUser u\nPort 2\nHost b\n  Port 3\n", (move(3, 4),), "Host a\n  Port 1\nHost b\n  Port 3\n\nHost *\n  User u\n  Port 2\n"),
    ("ssh_config", "Host a\n  Port 1\nUser u\nHost b\n  Port 3\nHost *\n  Compression yes\n", (move(3),), "Host a\n  Port 1\nHost b\n  Port 3\nHost *\n  Compression yes\n  User u\n"),
    ("ssh_config", "Host a\nIgnoreUnknown x\nUser u\nHost b\n  User v\n", (move(2, 3),), "IgnoreUnknown x\nHost a\nHost b\n  User v\n\nHost *\n  User u\n"),
    # A line for everyone is there already: its value changes, and a list grows.
    ("sshd_config", "UseDNS yes\nMatch User a\n  Banner /a\nUseDNS no\n", (move(4),), "UseDNS no\nMatch User a\n  Banner /a\n"),
    ("sshd_config", "AllowUsers a\nMatch User a\n  Banner /a\nAllowUsers b\nAllowUsers c\n", (move(4, 5),), "AllowUsers a b c\nMatch User a\n  Banner /a\n"),
    ("sshd_config", "Match User a\n  Banner /a\nAllowUsers b\nAllowUsers c\nMatch User b\n", (move(3, 4),), "AllowUsers b\nAllowUsers c\nMatch User a\n  Banner /a\nMatch User b\n"),
    # What nobody can have goes; the first of two lines decides, as it did in the block.
    ("sshd_config", "Match User a\n  Banner /a\nUseDNS maybe\nPort 2\nMatch User b\n", (move(3, 4),), "Port 2\nMatch User a\n  Banner /a\nMatch User b\n"),
    ("sshd_config", "Match User a\n  Banner /a\nUseDNS no\nUseDNS yes\nMatch User b\n", (move(3, 4),), "UseDNS no\nMatch User a\n  Banner /a\nMatch User b\n"),
    ("sshd_config", "Match User a\n  Banner /a\nNoSuch x\nUseDNS no\nMatch User b\n", (move(3, 4),), "UseDNS no\nMatch User a\n  Banner /a\nMatch User b\n"),
)  # fmt: skip


def changed(config: Config, *intents: IntentFor) -> dict[str, str]:
    """The new text of each file that is changed."""
    edits = resolve_intents([intent(config) for intent in intents], config)
    return {path: data.decode() for path, data in edited_files(config, edits).items()}


@pytest.mark.parametrize(("kind", "before", "intents", "after"), ROWS)
def test_intents(kind: Kind, before: str, intents: tuple[IntentFor, ...], after: str) -> None:
    config = config_of({kind: before}, target="openssh-9.9")
    expected = {} if before == after else {f"/etc/ssh/{kind}": after}
    assert changed(config, *intents) == expected


def test_what_switches_the_option_off() -> None:
    config = config_of({"ssh_config": "Host *\nProxyCommand x\n"}, target="openssh-9.9")
    with pytest.raises(SshkeepError) as error:
        changed(config, everyone("proxyjump", "j"))
    assert (error.value.sentence, error.value.hint) == (
        "ProxyJump would not take effect: /etc/ssh/ssh_config:2 sets ProxyCommand, which comes first and switches it off",
        "take it away first: sshkeep set --unset ProxyCommand",
    )


INCLUDING = "Include /etc/ssh/d.conf\nPort 22\nMatch User ann\nBanner /m\n"


@pytest.mark.parametrize(
    ("intent", "included", "files"),
    [
        (everyone("UseDNS", "no", into="/etc/ssh/d.conf"), "Port 1\n", {"d.conf": "Port 1\nUseDNS no\n"}),
        (everyone("UseDNS", "no", into="/etc/ssh/d.conf"), "UseDNS yes\n", {"d.conf": "UseDNS no\n"}),
        (everyone("Port", "1", into="/etc/ssh/d.conf", only=True), "# x\n", {"d.conf": "# x\nPort 1\n"}),
        (everyone("Port", "1", into="/etc/ssh/d.conf"), "# x\n", {"sshd_config": INCLUDING.replace("22", "1")}),
        (everyone("UseDNS", "no", into="/etc/ssh/d.conf", only=True), "UseDNS x\nUseDNS y\n", {"d.conf": "UseDNS no\n"}),
        (block("Match User ann", "Banner", "/b", into="/etc/ssh/d.conf", only=True), "Port 1\n", {"d.conf": "Port 1\n\nMatch User ann\n    Banner /b\n"}),
        (block("Match User bob", "Banner", "/b", into="/etc/ssh/d.conf"), "Port 1\n", {"d.conf": "Port 1\n\nMatch User bob\n    Banner /b\n"}),
        (block("Match User ann", "Banner", "/b", into="/etc/ssh/d.conf"), "Port 1\n", {"sshd_config": INCLUDING.replace("/m", "/b")}),
    ],
)  # fmt: skip
def test_the_file_of_a_new_line(intent: IntentFor, included: str, files: dict[str, str]) -> None:
    config = config_of({"sshd_config": INCLUDING, "d.conf": included}, "sshd_config", "openssh-9.9")
    assert changed(config, intent) == {f"/etc/ssh/{name}": text for name, text in files.items()}


def test_a_file_that_is_included_twice_is_changed_once() -> None:
    config = config_of(
        {"ssh_config": "Include /etc/ssh/d\nHost a\nInclude /etc/ssh/d\n", "d": "Port 1\n"},
        target="openssh-9.9",
    )
    twice = [entry for entry in config.entries if entry.keyword and entry.keyword.option == "port"]
    assert len(twice) == 2
    edits = resolve_intents([SetLine(entry, "3") for entry in twice], config)
    assert edited_files(config, edits) == {"/etc/ssh/d": b"Port 3\n"}


def test_a_line_before_any_block_could_be_in_a_file_that_another_includes() -> None:
    config = config_of(
        {"sshd_config": "Include /etc/ssh/d.conf\n", "d.conf": "Match all\nBanner /a\n"},
        "sshd_config",
        "openssh-9.9",
    )
    with pytest.raises(SshkeepError) as error:
        changed(config, block("Match User ann", "Banner", "/b"))
    assert error.value.sentence == "/etc/ssh/d.conf:2 sets Banner for everyone before any block could"
    assert error.value.hint == "put that line into the main file first"
