"""Values at the releases where the reading of a type changed: the last one before, and the first one after."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.values.arguments import BadValue, Value
from tests.openssh.values.case import REFUSED
from tests.openssh.values.reading import read, value_of

# line: release, value
ByRelease = Mapping[str, Mapping[str, Value]]

SSHD: ByRelease = {
    "ForceCommand = = X": {"8.6": "= X", "9.9": "= X"},
    "ForceCommand = \t\rx \t": {"8.6": "x", "9.9": "x"},
    "AuthorizedKeysCommand = \t\r/x \t": {"8.6": "/x", "9.9": "/x"},
    "VersionAddendum = \t\rX \t": {"8.6": "X", "9.9": "X"},
    "SecurityKeyProvider lib": {"9.9": "//lib"},
    "SecurityKeyProvider ~/lib": {"9.9": "/root/lib"},
    "AgentSocketPath user:a:b": {"10.6": "user:a:b"},
    "AgentSocketPath shared:/a:b": {"10.6": "shared:/a:b"},
    "Subsystem a X": {"9.9": {"a": "X"}},
    "SetEnv A=b=c A=d=e A=b": {"9.9": ("A=b=c",)},
    "IgnoreRhosts shosts-only": {"8.2": REFUSED, "8.3": "shosts-only"},
    "RDomain a": {"8.2": "a", "8.3": REFUSED},
    "PubkeyAuthOptions verify-required": {"8.3": REFUSED, "8.4": "verify-required"},
    "SetEnv A=1 A=2 B=3": {"9.0": ("A=1", "A=2", "B=3"), "9.1": ("A=1", "B=3")},
    "MaxStartups 0": {"9.1": {"begin": 0, "max": 0}, "9.2": REFUSED},
    "MaxStartups 0:30:60": {"9.1": {"begin": 0, "rate": 30, "max": 60}, "9.2": REFUSED},
    "MaxStartups 10:30:0": {"9.1": REFUSED, "9.2": REFUSED},
    "MaxStartups 0:30:0": {"9.1": {"begin": 0, "rate": 30, "max": 0}, "9.2": REFUSED},
    "MaxStartups 10:30:60": {"10.0": {"begin": 10, "rate": 30, "max": 60}, "10.1": "10:30:60"},
    "MaxStartups 5": {"10.0": {"begin": 5, "max": 5}, "10.1": "10:30:5", "10.2": "10:30:5", "10.3": "5:30:5"},
    "MaxStartups -1": {"10.0": REFUSED, "9.1": {}},
    "MaxStartups -1:30:60": {"9.1": {"rate": 30, "max": 60}},
    "MaxStartups 60:1:60": {"9.9": {"begin": 60, "rate": 1, "max": 60}},
    "MaxStartups 1:100:1": {"9.9": {"begin": 1, "rate": 100, "max": 1}},
    "MaxStartups  +5": {"9.9": {"begin": 5, "max": 5}},
    "MaxStartups 5:x": {"9.9": {"begin": 5, "max": 5}},
    "MaxStartups 10:30:60:5": {"9.9": {"begin": 10, "rate": 30, "max": 60}},
    "MaxStartups 10:30:": {"9.9": REFUSED},
    "MaxStartups 4294967301": {"9.9": {"begin": 5, "max": 5}},
    "MaxStartups 4294967295": {"9.1": {}},
    "MaxStartups 9223372036854775808": {"9.1": {}},
    "MaxStartups -9223372036854775809": {"9.1": {"begin": 0, "max": 0}},
    "MaxStartups 2147483648": {"9.9": REFUSED},
    "PerSourceNetBlockSize 24": {"10.2": "24:0", "10.3": "24:128"},
    "PerSourceNetBlockSize 24:64:9": {"9.9": "24:64"},
    "PerSourceNetBlockSize 24:x": {"9.9": "24:0"},
    "PerSourceNetBlockSize 0:128": {"9.9": "0:128"},
    "PerSourceNetBlockSize -1:64": {"9.9": REFUSED},
    "PerSourcePenalties crash:9": {"10.2": {"crash": 9}, "10.3": {"crash": "9.000000"}},
    "PerSourcePenalties crash:1.5": {"10.3": {"crash": "1.500000"}, "10.2": REFUSED},
    "PerSourcePenalties refuseconnection:1": {"9.8": REFUSED, "9.9": {"refuseconnection": 1}},
    "PerSourcePenalties invaliduser:1": {"10.2": REFUSED, "10.3": {"invaliduser": "1.000000"}},
    "PerSourcePenalties crash:1 no": {"9.9": {"crash": 1, "enabled": "no"}},
    "PerSourcePenalties crash:1 no no": {"9.9": REFUSED},
    "PerSourcePenalties No": {"9.9": {"enabled": "no"}},
    "PerSourcePenalties overflow:deny-all overflow6:permissive": {"9.9": {"overflow": "deny-all", "overflow6": "permissive"}},
    "PerSourcePenalties crash:1 crash:2": {"9.9": {"crash": 1}},
    "AuthorizedKeysFile none /a": {"10.2": ("none", "/a"), "10.3": REFUSED},
    "RevokedKeys /a": {"10.2": "/a", "10.3": ("/a",)},
    "RevokedKeys none": {"10.2": "none", "10.3": ("none",)},
    "RevokedKeys ~/a": {"10.2": "/root/a", "10.3": ("/root/a",)},
    'Subsystem a /b "c d" e': {"9.4": {"a": "/b c d e"}, "9.5": {"a": '/b "c d" e'}, "9.6": {"a": '/b "c d" e'}, "9.7": {"a": '/b "c d" e'}},
    'Subsystem a "/b x"': {"9.4": {"a": "/b x"}, "9.5": {"a": '"/b x" '}, "9.6": {"a": '"/b x" '}, "9.7": {"a": '"/b x"'}},
    'Subsystem a /b\\\\c "d\\"e" \'f\'': {"9.7": {"a": '/b\\\\c d\\"e f'}},
    'Subsystem a "/b\tx"': {"9.7": {"a": '"/b\tx"'}},
    "IPQoS 0x10": {"9.7": "lowdelay lowdelay", "9.8": REFUSED},
    "IPQoS 010": {"9.7": "throughput throughput", "9.8": "0x0a 0x0a"},
    "IPQoS lowdelay": {"10.0": "lowdelay lowdelay", "10.1": "none none"},
    "IPQoS 1": {"8.9": "le le", "9.0": "0x01 0x01"},
    "IPQoS 4": {"8.9": "reliability reliability", "9.0": "le le"},
    "IPQoS reliability": {"8.9": "reliability reliability", "9.0": "le le"},
    "IPQoS le": {"8.9": "le le", "9.0": "le le"},
    "IPQoS va": {"10.2": REFUSED, "10.3": "va va"},
    "IPQoS 176": {"10.2": "0xb0 0xb0", "10.3": "va va"},
    "IPQoS 0xb0": {"10.2": REFUSED, "10.3": REFUSED},
    "IPQoS 0xB0": {"9.7": "0xb0 0xb0"},
    "Banner ~root": {"8.6": "/root/root", "8.7": "/root/"},
    "Banner ~x": {"8.6": "/root/x", "8.7": "~x"},
    "Banner ~//x": {"8.6": "/root//x", "8.7": "/root/x"},
    "Banner ~root/x": {"8.6": "/root/x", "8.7": "/root/x"},
    "Banner ~bob/x": {"8.6": "~bob/x", "8.7": "~bob/x"},
    "Banner ~": {"8.6": "/root/", "8.7": "/root/"},
    "PermitOpen any a:22": {"9.6": REFUSED, "9.7": ("any", "a:22")},
    "PermitOpen any": {"9.6": ("any",), "9.7": ("any",)},
    "PermitOpen a:1 any": {"9.6": REFUSED, "9.7": REFUSED},
    'PermitOpen a:1 ""': {"8.6": ("a:1",), "8.7": ("a:1",)},
    'PermitOpen a:1 "" b:1': {"8.6": REFUSED, "8.7": REFUSED, "9.6": REFUSED},
    "PermitOpen ANY": {"9.9": REFUSED},
    "ChannelTimeout a=1m none": {"9.6": ("a=1m", "none"), "9.7": REFUSED},
    "ChannelTimeout none a=1m": {"9.6": REFUSED, "9.7": REFUSED},
    "ChannelTimeout none": {"9.6": ("none",), "9.7": ("none",)},
    'UseDNS yes ""': {"8.6": "yes", "8.7": REFUSED},
    'AllowGroups a ""': {"8.6": ("a",), "8.7": REFUSED},
    'AllowGroups ""': {"8.6": None, "8.7": REFUSED},
    'AllowGroups "" ""': {"8.6": None},
    'AllowGroups "" b': {"8.6": REFUSED},
    "LogVerbose x": {"8.6": ("x",), "8.7": ("x",)},
    "PubkeyAuthOptions max-pk-ok:255": {"10.5": REFUSED, "10.6": "none max-pk-ok:255"},
    "PubkeyAuthOptions max-pk-ok:0 touch-required max-pk-ok:1": {"10.6": "touch-required max-pk-ok:1"},
    "PubkeyAuthOptions max-pk-ok:007": {"10.6": "none max-pk-ok:7"},
    "PubkeyAuthOptions Touch-Required none": {"10.6": "touch-required"},
    'RekeyLimit 1G "none"': {"8.6": REFUSED, "8.7": {"size": 1073741824}},
    "RekeyLimit 0 1h": {"9.9": {"size": 0, "time": 3600}},
    "RekeyLimit 16 1h": {"9.9": {"size": 16, "time": 3600}},
    "AuthorizedKeysCommand keys": {"8.6": REFUSED, "8.7": REFUSED},
    "AuthorizedKeysCommand   None": {"9.9": "None"},
    "VersionAddendum  NONE": {"9.9": "none"},
    'ForceCommand = "a"  b': {"9.9": '"a"  b'},
}  # fmt: skip

SSH: ByRelease = {
    "RemoteCommand = = x": {"8.6": "x", "9.9": "x"},
    "RemoteCommand = \t\r= X =": {"9.9": "X ="},
    "GlobalKnownHostsFile NONE": {"8.6": ("NONE",), "8.7": ("none",)},
    "GlobalKnownHostsFile NONE /a": {"8.6": ("NONE", "/a"), "8.7": REFUSED},
    "GlobalKnownHostsFile /a /b": {"8.7": ("/a", "/b")},
    "RevokedHostKeys ~/a": {"10.2": "~/a", "10.3": ("~/a",)},
    "RevokedHostKeys NONE": {"10.2": "NONE", "10.3": ("none",)},
    "AddKeysToAgent 5m": {"8.3": REFUSED, "8.4": "300"},
    "AddKeysToAgent YES": {"8.3": "true", "8.4": "true"},
    "AddKeysToAgent confirm 1h": {"8.3": "confirm", "8.4": "confirm 3600"},
    "AddKeysToAgent confirm 0": {"9.9": "confirm"},
    "AddKeysToAgent 0": {"9.9": "true"},
    "AddKeysToAgent 4294967294": {"8.4": "true"},
    "ControlPersist 2147483648": {"8.4": REFUSED, "8.5": REFUSED},
    "ControlPersist 4294967297": {"8.4": 1, "8.5": REFUSED},
    "IdentityAgent ${a": {"8.3": "${a", "8.4": REFUSED},
    "IdentityAgent ${a}": {"8.3": "${a}", "8.4": "${a}"},
    "LocalForward 1 ${a}": {"8.3": REFUSED, "8.4": "1 ${a}"},
    "LocalForward ${a} b:1": {"8.3": REFUSED, "8.4": "${a} b:1"},
    "LocalForward ${a b:1": {"8.4": REFUSED},
    "ProxyJump a # b": {"8.6": "a", "8.7": "a"},
    "ProxyJump a b": {"10.0": "a", "10.1": "a b"},
    "ProxyJump a, b": {"10.0": REFUSED, "10.1": "a, b"},
    "ProxyJump ssh://a:1": {"8.4": REFUSED, "8.5": "a:1"},
    "CanonicalDomains _a.b": {"9.9": REFUSED, "10.0": ("_a.b",)},
    "CanonicalizePermittedCNAMEs none": {"8.6": REFUSED, "8.7": ()},
    "CanonicalDomains none a": {"8.6": ("none", "a"), "8.7": REFUSED},
    "PermitRemoteOpen ANY": {"8.6": REFUSED, "8.7": ("ANY",)},
    "SendEnv # x": {"8.6": None, "8.7": None},
    'RekeyLimit 1G "none"': {"8.6": {"size": 1073741824}},
    "VersionAddendum  NONE": {"10.0": ""},
    'RemoteCommand = "a"  b': {"9.9": '"a"  b'},
}  # fmt: skip

TABLE: dict[Kind, ByRelease] = {"sshd_config": SSHD, "ssh_config": SSH}
BY_KEYWORD = {
    (kind, keyword): {line: values for line, values in TABLE[kind].items() if line.split()[0] == keyword}
    for kind in TABLE
    for keyword in dict.fromkeys(line.split()[0] for line in TABLE[kind])
}


@pytest.mark.parametrize(("kind", "keyword"), BY_KEYWORD)
def test_the_values_of_each_release(kind: Kind, keyword: str) -> None:
    expected = BY_KEYWORD[kind, keyword]
    found = {
        line: {release: read(kind, line, f"openssh-{release}")[1] for release in expected[line]}
        for line in expected
    }
    assert found == expected


# line in a block that does not apply: release, value
INACTIVE: ByRelease = {
    "AuthorizedKeysCommand keys": {"8.6": "keys", "8.7": REFUSED},
    "Subsystem a": {"10.2": {"a": ""}, "10.3": REFUSED},
    'Subsystem a ""': {"10.2": {"a": ""}, "10.3": REFUSED},
    "Subsystem a /b c": {"9.4": {"a": "/b c"}, "10.2": {"a": "/b c"}, "10.3": {"a": "/b c"}},
    'Subsystem "" /b': {"10.2": REFUSED},
}  # fmt: skip


@pytest.mark.parametrize("line", INACTIVE)
def test_a_line_that_does_not_take_effect_when_sshd_starts(line: str) -> None:
    """Some checks are made later, or never."""
    for release, value in INACTIVE[line].items():
        try:
            found = value_of("sshd_config", line, f"openssh-{release}", active=False)
        except BadValue:
            found = REFUSED
        assert found == value, release
