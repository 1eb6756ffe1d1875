"""What a keyword and values, as a user types them, are as an intent; and what is refused, with its hint."""

from __future__ import annotations

import pytest

from sshkeep.edit.intents import SetGlobal, SetInBlock
from sshkeep.edit.request import SetRequest, resolve_request
from sshkeep.errors import SshkeepError
from sshkeep.openssh.kind import Kind
from sshkeep.testing import config_of

INTENTS: tuple[tuple[Kind, str, SetRequest, SetGlobal | SetInBlock], ...] = (
    ("sshd_config", "", SetRequest("usedns", ("no",)), SetGlobal("UseDNS", ("no",))),
    ("sshd_config", "", SetRequest("X11Forwarding", ("no",), "set", "Match all"), SetGlobal("X11Forwarding", ("no",))),
    ("ssh_config", "", SetRequest("Port", ("1",), "set", "Host *"), SetGlobal("Port", ("1",))),
    ("ssh_config", "", SetRequest("Port", ("1",), "set", "Match final all"), SetInBlock("Port", ("1",), "Match final all")),
    ("ssh_config", "", SetRequest("Port", ("1",), "set", "Match all"), SetGlobal("Port", ("1",))),
    ("sshd_config", "", SetRequest("AllowUsers", ("a", "b c")), SetGlobal("AllowUsers", ("a \"b c\"",))),
    ("sshd_config", "", SetRequest("Banner", ("/a b",)), SetGlobal("Banner", ("\"/a b\"",))),
    ("sshd_config", "", SetRequest("HostKey", ("/a", "/b")), SetGlobal("HostKey", ("/a", "/b"))),
    ("sshd_config", "", SetRequest("ListenAddress", ("10.0.0.1", "::1")), SetGlobal("ListenAddress", ("10.0.0.1", "::1"))),
    ("ssh_config", "", SetRequest("LocalForward", ("1", "a:2")), SetGlobal("LocalForward", ("1 a:2",))),
    ("ssh_config", "", SetRequest("LocalForward", ("1 a:2", "3 b:4")), SetGlobal("LocalForward", ("1 a:2", "3 b:4"))),
    ("ssh_config", "", SetRequest("DynamicForward", ("1", "2")), SetGlobal("DynamicForward", ("1", "2"))),
    ("ssh_config", "", SetRequest("RekeyLimit", ("1G", "1h")), SetGlobal("RekeyLimit", ("1G 1h",))),
    ("sshd_config", "", SetRequest("Subsystem", ("sftp", "/a", "-b")), SetGlobal("Subsystem", ("sftp /a -b",), part="sftp")),
    ("sshd_config", "", SetRequest("Subsystem", ("sftp",), "unset"), SetGlobal("Subsystem", (), part="sftp")),
    ("sshd_config", "", SetRequest("Subsystem", (), "unset"), SetGlobal("Subsystem", ())),
    ("sshd_config", "", SetRequest("Banner", (), "unset"), SetGlobal("Banner", ())),
    ("sshd_config", "", SetRequest("Banner", (), "unset", "Match User ann"), SetInBlock("Banner", (), "Match User ann")),
    ("sshd_config", "AllowUsers a b\nAllowUsers 'c d'\n", SetRequest("AllowUsers", ("b", "e"), "add"), SetGlobal("AllowUsers", ("a b 'c d' e",))),
    ("sshd_config", "AllowUsers a b\nAllowUsers 'c d'\n", SetRequest("AllowUsers", ("b", "c d"), "remove"), SetGlobal("AllowUsers", ("a",))),
    ("sshd_config", "AllowUsers a b\n", SetRequest("AllowUsers", ("a", "b"), "remove"), SetGlobal("AllowUsers", ())),
    ("sshd_config", "HostKey /a\nHostKey '/b'\n", SetRequest("HostKey", ("/c", "/a"), "add"), SetGlobal("HostKey", ("/a", "'/b'", "/c"))),
    ("sshd_config", "HostKey /a\nHostKey \"/b\" # x\n", SetRequest("HostKey", ("/a",), "remove"), SetGlobal("HostKey", ("\"/b\"",))),
    ("ssh_config", "LocalForward 1   a:2 # x\n", SetRequest("LocalForward", ("3 b:4",), "add"), SetGlobal("LocalForward", ("1   a:2", "3 b:4"))),
    ("sshd_config", "AllowUsers a\nMatch User ann\nAllowUsers b\nMatch User ann\nAllowUsers c\n", SetRequest("AllowUsers", ("d",), "add", "Match User ann"), SetInBlock("AllowUsers", ("b c d",), "Match User ann")),
    ("sshd_config", "Match User ann\nMatch User bob\nAllowUsers c\n", SetRequest("AllowUsers", ("d",), "add", "Match User ann"), SetInBlock("AllowUsers", ("d",), "Match User ann")),
    ("sshd_config", "", SetRequest("AllowUsers", ("d", "d"), "add"), SetGlobal("AllowUsers", ("d",))),
    ("sshd_config", "", SetRequest("PubkeyAuthOptions", ("none",)), SetGlobal("PubkeyAuthOptions", ("none",))),
    ("sshd_config", "", SetRequest("AuthorizedKeysFile", (".ssh/a b", "c")), SetGlobal("AuthorizedKeysFile", ("\".ssh/a b\" c",))),
    ("ssh_config", "", SetRequest("IdentityFile", ("/a b", "/c")), SetGlobal("IdentityFile", ("\"/a b\"", "/c"))),
    ("ssh_config", "IdentityFile \"/a b\"\n", SetRequest("IdentityFile", ("/c",), "add"), SetGlobal("IdentityFile", ("\"/a b\"", "/c"))),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "request_", "intent"), INTENTS)
def test_intent(kind: Kind, text: str, request_: SetRequest, intent: SetGlobal | SetInBlock) -> None:
    found = resolve_request(request_, config_of({kind: text}, target="openssh-9.9"))
    assert found == intent
    assert type(found) is type(intent)


REFUSED: tuple[tuple[Kind, str, SetRequest, str, str], ...] = (
    ("sshd_config", "", SetRequest("UseDNS", ("no",), "set", "Match User ann"), "openssh-9.9 refuses UseDNS no: Directive 'UseDNS' is not allowed within a Match block", ""),
    ("sshd_config", "", SetRequest("X11Forwarding", ("no",), "unset", "match all"), "--unset X11Forwarding takes no value", "it takes all lines away; --remove takes members out of a list"),
    ("sshd_config", "", SetRequest("ListenAddress", ("a", "rdomain", "x")), "openssh-9.9 refuses ListenAddress a rdomain x: a routing domain is not supported on this system", ""),
    ("sshd_config", "", SetRequest("Subsystem", ("a", "b"), "unset"), "--unset Subsystem takes no value", "it takes all lines away; --remove takes members out of a list"),
    ("sshd_config", "", SetRequest("Banner", ("/a",), "unset"), "--unset Banner takes no value", "it takes all lines away; --remove takes members out of a list"),
    ("sshd_config", "", SetRequest("UseDNS", ("no",), "add"), "UseDNS is not an option whose lines add up", "set the whole value"),
    ("sshd_config", "", SetRequest("AllowUsers", (), "remove"), "openssh-9.9 refuses AllowUsers : no argument after AllowUsers", ""),
    ("sshd_config", "", SetRequest("Foo", ("no",)), "openssh-9.9 does not know Foo in sshd_config", "`man sshd_config` and `man ssh_config` list them"),
    ("sshd_config", "", SetRequest("ServerAliveInterval", ("1",)), "openssh-9.9 does not know ServerAliveInterval in sshd_config", "ssh_config has it"),
    ("sshd_config", "", SetRequest("GSSAPIKeyExchange", ("1",)), "openssh-9.9 does not know GSSAPIKeyExchange in sshd_config", "other releases or vendors do: see sshkeep explain"),
    ("sshd_config", "", SetRequest("Match", ("User", "a")), "Match is not a setting", "name the block with --in 'Match ...'"),
    ("ssh_config", "", SetRequest("Host", ("a",)), "Host is not a setting", "name the block with --in 'Host ...'"),
    ("sshd_config", "", SetRequest("Include", ("x",)), "Include is not a setting", "--add Include NAME puts one above all blocks"),
    ("sshd_config", "", SetRequest("Include", ("x",), "add"), "Include is not a setting", "--add Include NAME puts one above all blocks"),
    ("sshd_config", "", SetRequest("UsePrivilegeSeparation", ("x",)), "openssh-9.9 takes UsePrivilegeSeparation and does nothing with it (deprecated)", ""),
    ("sshd_config", "", SetRequest("UseDNS", ("x",)), "openssh-9.9 refuses UseDNS x: 'x' is neither yes nor no", ""),
    ("sshd_config", "", SetRequest("UseDNS", ("no",), "set", "Host a"), "'Host a' is not a Match line", "write it as in the file, such as 'Match User bob'"),
    ("sshd_config", "", SetRequest("UseDNS", ("no",), "set", "Match"), "openssh-9.9 refuses 'Match': no argument after Match", ""),
    ("sshd_config", "", SetRequest("UseDNS", ("no",), "set", "Match User a\nMatch User b"), "'Match User a\\nMatch User b' is not a Match line", "write it as in the file, such as 'Match User bob'"),
    ("ssh_config", "", SetRequest("Port", ("1",), "set", "Port 1"), "'Port 1' is not a Host or Match line", "write it as in the file, such as 'Host web'"),
    ("ssh_config", "", SetRequest("Port", ("1",), "set", "Match foo x"), "openssh-9.9 refuses 'Match foo x': Unsupported Match attribute foo", ""),
    ("ssh_config", "", SetRequest("ServerAliveInterval", ("none",)), "ServerAliveInterval none leaves ServerAliveInterval unset", "--unset takes its lines away"),
    ("sshd_config", "", SetRequest("AuthorizedKeysCommand", ("x",), "set", "Match User ann"), "openssh-9.9 refuses AuthorizedKeysCommand x: 'x' is not an absolute path", ""),
    ("sshd_config", "", SetRequest("Subsystem", ("a",), "set", "Match User ann"), "openssh-9.9 refuses Subsystem a: a subsystem needs a name and a command", ""),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "request_", "sentence", "hint"), REFUSED)
def test_refused_with_a_hint(kind: Kind, text: str, request_: SetRequest, sentence: str, hint: str) -> None:
    with pytest.raises(SshkeepError) as error:
        resolve_request(request_, config_of({kind: text}, target="openssh-9.9"))
    assert (error.value.sentence, error.value.hint) == (sentence, hint)
