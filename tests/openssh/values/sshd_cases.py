"""Values of sshd_config, a few for each type, and what is refused."""

from __future__ import annotations

from tests.openssh.values.case import FROM_9_2, FROM_10_0, REFUSED, UP_TO_9_2, UP_TO_10_0, Case, each, refused

KIB = 1024
OLD_LISTS = UP_TO_9_2
NEW_LISTS = FROM_10_0

NUMBERS = (
    *each(
        "ClientAliveInterval",
        {"0": 0, "90": 90, "90s": 90, "5m": 300, "1h30m": 5400, "2D": 172800, "1w": 604800},
    ),
    *each("ClientAliveInterval", {"1m30": 90, "1M": 60, "1H": 3600, "1S": 1, "1W1d": 691200}),
    *each("ClientAliveInterval", {"2147483647": 2147483647}),
    *refused("ClientAliveInterval", "", "none", "sixty", "60ms", "60 60", "-1", "1m 30s", '""'),
    *refused("ClientAliveInterval", *(f"1{letter}" for letter in "abcefgijklnopqrtuvxyz")),
    *refused("ClientAliveInterval", "1.5", targets=UP_TO_10_0),
    *each("ClientAliveInterval", {"1.5": 1, "59.9s": 59}, "debian-sid"),
    *refused("ClientAliveInterval", "1.5m", "1s2s", "1 "[:1] + ".5.5", targets="debian-sid"),
    *each("ClientAliveInterval", {"1s2s": 3}, UP_TO_10_0),
    *each("ClientAliveInterval", {"+5": 5}, UP_TO_9_2),
    *refused("ClientAliveInterval", "+5", targets=FROM_10_0),
    *refused("ClientAliveInterval", "2147483648", targets=FROM_9_2),
    *each("ClientAliveInterval", {"4294967297": 1}, "debian-11"),
    *each("UnusedConnectionTimeout", {"none": 0, "NONE": 0, "0": 0, "5m": 300}, FROM_9_2),
    *refused("UnusedConnectionTimeout", "x", "", targets=FROM_9_2),
    *each("MaxAuthTries", {"0": 0, "6": 6, "010": 10, "2147483647": 2147483647}),
    *refused("MaxAuthTries", "", "six", "-1", "1.5", "2147483648", "0x10", "3 4", "3m"),
    *each("PerSourceMaxStartups", {"none": "none", "0": 0, "5": 5, "2147483646": 2147483646}, FROM_9_2),
    *each("PerSourceMaxStartups", {"2147483647": "none"}, FROM_9_2),
    *refused("PerSourceMaxStartups", "", "None", "-1", "x", targets=FROM_9_2),
    *each("StreamLocalBindMask", {"0": 0, "0177": 0o177, "22": 0o22, "0777": 0o777, "0779": 0o77, "7x": 7}),
    *refused("StreamLocalBindMask", "", "9", "01000", "x", "-1"),
    *each("Port", {"1": 1, "22": 22, "65535": 65535}),
    *refused("Port", "", "0", "65536", "-1", "22x", "nosuchservice", "22 23"),
)

WORDS = (
    *each("PubkeyAuthentication", {"yes": "yes", "no": "no", "YES": "yes", "nO": "no"}),
    *refused("PubkeyAuthentication", "", "true", "false", "on", "1", "yes no"),
    *each("TCPKeepAlive", {"yes": "yes", "no": "no"}),
    *refused("TCPKeepAlive", "true", "transport", "all", targets=UP_TO_10_0),
    *each("TCPKeepAlive", {"true": "yes", "false": "no", "transport": "yes", "All": "all"}, "debian-sid"),
    *refused("TCPKeepAlive", "60", "", "none"),
    *each("AddressFamily", {"any": "any", "inet": "inet", "INET6": "inet6"}),
    *refused("AddressFamily", "", "ipv4", "inet4"),
    *each("FingerprintHash", {"md5": "MD5", "SHA1": "SHA1", "sha256": "SHA256", "sha384": "SHA384", "sha512": "SHA512"}),
    *refused("FingerprintHash", "sha3", ""),
    *each(
        "LogLevel",
        {
            "QUIET": "QUIET", "silent": "QUIET", "Fatal": "FATAL", "error": "ERROR", "info": "INFO",
            "verbose": "VERBOSE", "DEBUG": "DEBUG", "debug1": "DEBUG", "debug2": "DEBUG2", "debug3": "DEBUG3",
        },
    ),
    *refused("LogLevel", "", "warning", "debug4"),
    *each(
        "SyslogFacility",
        {
            "daemon": "DAEMON", "USER": "USER", "auth": "AUTH", "authpriv": "AUTHPRIV", "local0": "LOCAL0",
            "LOCAL1": "LOCAL1", "local2": "LOCAL2", "local3": "LOCAL3", "local4": "LOCAL4",
            "local5": "LOCAL5", "local6": "LOCAL6", "local7": "LOCAL7",
        },
    ),
    *refused("SyslogFacility", "", "local8", "kern"),
    *each("Compression", {"yes": "yes", "no": "no", "delayed": "yes"}),
    *refused("Compression", "true", ""),
    *each("AllowTcpForwarding", {"yes": "yes", "all": "yes", "no": "no", "local": "local", "remote": "remote"}),
    *refused("AllowTcpForwarding", "true", "both", ""),
    *each("GatewayPorts", {"yes": "yes", "no": "no", "clientspecified": "clientspecified"}),
    *refused("GatewayPorts", "true", ""),
    *each("IgnoreRhosts", {"yes": "yes", "no": "no", "shosts-only": "shosts-only"}),
    *refused("IgnoreRhosts", "rhosts-only", ""),
    *each(
        "PermitRootLogin",
        {
            "yes": "yes", "no": "no", "prohibit-password": "prohibit-password",
            "without-password": "prohibit-password", "forced-commands-only": "forced-commands-only",
        },
    ),
    *refused("PermitRootLogin", "maybe", "true", ""),
    *each(
        "PermitTunnel",
        {"yes": "yes", "no": "no", "point-to-point": "point-to-point", "ethernet": "ethernet"},
    ),
    *refused("PermitTunnel", "YES", "true", ""),
    *each("WarnWeakCrypto", {"yes": "yes", "no": "no", "true": "yes", "false": "no", "no-pq-kex": "no"}, "debian-sid"),
    *refused("WarnWeakCrypto", "maybe", "", targets="debian-sid"),
)  # fmt: skip

TEXTS = (
    *each("PermitUserEnvironment", {"yes": "yes", "LANG,LC_*": "LANG,LC_*", '"A B"': "A B"}),
    *refused("PermitUserEnvironment", "", "a b"),
    *each("ForceCommand", {"none": "none", "/bin/x -a": "/bin/x -a", '"/bin/x" y': '"/bin/x" y'}),
    *refused("ForceCommand", ""),
    *(
        Case(f"AuthorizedKeysCommand {text}", text, besides="AuthorizedKeysCommandUser nobody")
        for text in ("none", "/bin/keys", "/bin/keys %u -x")
    ),
    *refused("AuthorizedKeysCommand", "keys", "", '"/bin/keys"'),
    *each("VersionAddendum", {"none": "none", "NONE": "none", "a b": "a b"}),
    *refused("VersionAddendum", ""),
    *each("Subsystem", {"sftp /usr/lib/sftp-server": {"sftp": "/usr/lib/sftp-server"}}),
    *each("Subsystem", {"a /b  c": {"a": "/b c"}}),
    *each("Subsystem", {'a "/b c" d': {"a": "/b c d"}}, UP_TO_9_2),
    *each("Subsystem", {'a "/b c" d': {"a": '"/b c" d'}}, FROM_10_0),
    *refused("Subsystem", "", "sftp", 'a ""'),
    *refused("RDomain", "", "a"),
    *each("RDomain", {"a": "a"}, "openssh-8.2 openbsd-7.6"),
)

PATHS = (
    *each(
        "Banner",
        {"none": "none", "NONE": "none", "/etc/issue": "/etc/issue", "issue": "//issue", "~/x": "/root/x"},
    ),
    *each("Banner", {"~root/x": "/root/x"}),
    *each("Banner", {"~bob/x": "~bob/x"}, "openssh-9.2"),
    *refused("Banner", "", "/a b"),
    *each("HostCertificate", {"/a": "/a"}, "openssh-9.2"),
    *each("AuthorizedPrincipalsFile", {"none": "none", "~/p": "/root/p", ".ssh/p": ".ssh/p"}),
    *each("AuthorizedPrincipalsFile", {"~bob/p": "~bob/p"}, "openssh-9.2"),
    *refused("AuthorizedPrincipalsFile", ""),
    *each("HostKeyAgent", {"SSH_AUTH_SOCK": "SSH_AUTH_SOCK", "/s": "/s", "ssh_auth_sock": "//ssh_auth_sock"}),
    *refused("HostKeyAgent", ""),
    *each(
        "AgentSocketPath",
        {"none": "none", "user:.ssh/a": "user:.ssh/a", "shared:/run/a": "shared:/run/a"},
        "debian-sid",
    ),
    *refused("AgentSocketPath", "", "/run/a", "user:", "shared:a", "all:/a", targets="debian-sid"),
    *each(
        "SecurityKeyProvider", {"internal": "internal", "INTERNAL": "INTERNAL", "/lib/sk.so": "/lib/sk.so"}
    ),
    *refused("SecurityKeyProvider", ""),
    *each(
        "AuthorizedKeysFile",
        {".ssh/k": (".ssh/k",), "/a ~/b %h/c": ("/a", "/root/b", "%h/c"), "none": ("none",)},
    ),
    *each("AuthorizedKeysFile", {"none /a": ("none", "/a")}, UP_TO_10_0),
    *refused("AuthorizedKeysFile", "none /a", targets="debian-sid"),
    *each("RevokedKeys", {"/a": "/a", "none": "none"}, UP_TO_10_0),
    *refused("RevokedKeys", "/a /b", targets=UP_TO_10_0),
    *each("RevokedKeys", {"/a": ("/a",), "/a ~/b": ("/a", "/root/b"), "none": ("none",)}, "debian-sid"),
    *refused("RevokedKeys", "none /a", targets="debian-sid"),
    *refused("RevokedKeys", ""),
)

LISTS = (
    *each("AllowGroups", {"a": ("a",), "a b": ("a", "b"), '"a b" c': ("a b", "c"), "!a *": ("!a", "*")}),
    *refused("AllowGroups", 'a ""', targets=FROM_9_2),
    *each("AllowGroups", {'a ""': ("a",)}, "debian-11"),
    *each("LogVerbose", {"none": ("none",), "kex.c:*": ("kex.c:*",), "a b": ("a", "b")}, FROM_9_2),
    *refused("LogVerbose", "none a", targets=FROM_9_2),
    *each(
        "AllowUsers",
        {"bob": ("bob",), "bob ann@10.0.0.0/8": ("bob", "ann@10.0.0.0/8"), "x@host": ("x@host",)},
    ),
    *refused("AllowUsers", "bob@10.0.0.1/33"),
    *each("AcceptEnv", {"LANG": ("LANG",), "LANG LC_*": ("LANG", "LC_*")}),
    *refused("AcceptEnv", "A=B", "LANG A=B", targets=FROM_9_2),
    *each("AcceptEnv", {"A=B": ("A", "B")}, "debian-11"),
    *each("SetEnv", {"A=B": ("A=B",), 'A="b c" D=e': ("A=b c", "D=e")}, FROM_9_2),
    *each("SetEnv", {"A=1 A=2": ("A=1",)}, FROM_9_2),
    *each("SetEnv", {"A=1 A=2": ("A=1", "A=2")}, "debian-11"),
    *refused("SetEnv", "A", "A=B C"),
    *each(
        "AuthenticationMethods",
        {"any": ("any",), "publickey,password hostbased": ("publickey,password", "hostbased")},
    ),
    *each("AuthenticationMethods", {"keyboard-interactive:pam": ("keyboard-interactive:pam",)}),
    *refused("AuthenticationMethods", "any publickey", "magic", "publickey,", ""),
    *each("Ciphers", {"aes256-ctr": "aes256-ctr", "-3des-cbc": "-3des-cbc", "+aes128-cbc": "+aes128-cbc"}),
    *each("Ciphers", {"^aes256-ctr": "^aes256-ctr", "-nosuch": "-nosuch"}),
    *refused("Ciphers", "", "nosuch", "+nosuch", "aes256-ctr,nosuch", "aes256-ctr aes128-ctr"),
    *each("PubkeyAuthOptions", {"none": "none", "touch-required": "touch-required"}, UP_TO_10_0),
    *each("PubkeyAuthOptions", {"verify-required touch-required": "touch-required verify-required"}),
    *each("PubkeyAuthOptions", {"none": "none", "max-pk-ok:3": "none max-pk-ok:3"}, "debian-sid"),
    *refused("PubkeyAuthOptions", "touch", "touch-required,verify-required"),
    *refused("PubkeyAuthOptions", "max-pk-ok:256", "max-pk-ok:x", targets="debian-sid"),
    *refused("PubkeyAuthOptions", "max-pk-ok:3", targets=UP_TO_10_0),
    *each("PubkeyAuthOptions", {"verify-required": "verify-required"}, "openssh-8.4"),
    *refused("PubkeyAuthOptions", "verify-required", targets="openssh-8.3"),
)

HOSTS = (
    *each(
        "ListenAddress",
        {"10.0.0.1": "10.0.0.1 ", "10.0.0.1:2222": "10.0.0.1 2222", "::1": "::1 ", "[::1]:22": "::1 22"},
    ),
    *refused("ListenAddress", "", "10.0.0.1:0", "10.0.0.1:99999", "[::1", "10.0.0.1/8"),
    *each(
        "PerSourcePenaltyExemptList", {"10.0.0.0/8": "10.0.0.0/8", "10.0.0.1,::1": "10.0.0.1,::1"}, FROM_10_0
    ),
    *refused("PerSourcePenaltyExemptList", "", "10.0.0.1/33", "1.2.3.4/8", targets=FROM_10_0),
    *each(
        "PermitOpen", {"any": ("any",), "none": ("none",), "a:22 [::1]:80 *:*": ("a:22", "[::1]:80", "*:*")}
    ),
    *refused("PermitOpen", "", "a", "a:x", "22", "ANY", "a:22 any", "a:0"),
    *refused("PermitOpen", "any a:22", targets=UP_TO_9_2),
    *each("PermitListen", {"any": ("any",), "8080": ("*:8080",), "localhost:80": ("localhost:80",)}),
    *refused("PermitListen", "", "x", "a:x", "99999"),
    *each(
        "IPQoS",
        {"af21 cs1": "af21 cs1", "EF": "ef ef", "none": "none none"},
        FROM_10_0,
    ),
)

DSCP = {
    "af11": 0x28, "af12": 0x30, "af13": 0x38, "af21": 0x48, "af22": 0x50, "af23": 0x58, "af31": 0x68, "af32": 0x70,
    "af33": 0x78, "af41": 0x88, "af42": 0x90, "af43": 0x98, "cs0": 0x00, "cs1": 0x20, "cs2": 0x40, "cs3": 0x60,
    "cs4": 0x80, "cs5": 0xA0, "cs6": 0xC0, "cs7": 0xE0, "ef": 0xB8,
}  # fmt: skip

IPQOS = (
    *(Case(f"IPQoS {name}", f"{name} {name}") for name in DSCP),
    *(Case(f"IPQoS {byte}", f"{name} {name}") for name, byte in DSCP.items()),
    *(Case(f"IPQoS 0x{byte:02x}", f"{name} {name}", UP_TO_9_2) for name, byte in DSCP.items()),
    *each("IPQoS", {"le": "le le", "4": "le le"}, FROM_10_0),
    *each("IPQoS", {"va": "va va", "176": "va va"}, "debian-sid"),
    *each("IPQoS", {"reliability": "reliability reliability"}, "debian-11"),
    *each("IPQoS", {"reliability": "le le"}, "debian-12"),
    *refused("IPQoS", "va", targets=UP_TO_10_0),
    *each("IPQoS", {"176": "0xb0 0xb0"}, UP_TO_10_0),
    *each("IPQoS", {"lowdelay throughput": "lowdelay throughput", "0x10": "lowdelay lowdelay"}, UP_TO_9_2),
    *each("IPQoS", {"lowdelay throughput": "none none", "16": "0x10 0x10"}, FROM_10_0),
    *refused("IPQoS", "", "af99", "256", "-1", "ef ef ef"),
    *refused("IPQoS", "0x10", targets=FROM_10_0),
)

PENALTIES = {
    "crash:9": {"crash": "9.000000"}, "authfail:1.5s": {"authfail": "1.500000"}, "noauth:1m": {"noauth": "60.000000"},
    "invaliduser:2": {"invaliduser": "2.000000"}, "grace-exceeded:3": {"grace-exceeded": "3.000000"},
    "refuseconnection:4": {"refuseconnection": "4.000000"}, "max:5m": {"max": "300.000000"}, "min:0": {"min": "0.000000"},
}  # fmt: skip

SEVERAL_PARTS = (
    *(
        Case(f"RekeyLimit 1{unit}", {"size": KIB**power})
        for power, unit in enumerate("KMGTP", 1)
    ),
    *each("RekeyLimit", {"7E": {"size": 7 * KIB**6}, "1g": {"size": KIB**3}, "64B": {"size": 64}, "16": {"size": 16}}),
    *each("RekeyLimit", {"1.5M": {"size": 3 * KIB**2 // 2}, "0": {"size": 0}, "default": {"size": 0}}),
    *each("RekeyLimit", {"1G 1h": {"size": KIB**3, "time": 3600}, "default none": {"size": 0}, "1G 0": {"size": KIB**3, "time": 0}}),
    *refused("RekeyLimit", "", "15", "x", "1X", "1GB", "1G x", "1G 1h 2h", "none"),
    *refused("RekeyLimit", "8E"),
    *each("MaxStartups", {"10:30:60": {"begin": 10, "rate": 30, "max": 60}, "5": {"begin": 5, "max": 5}}, UP_TO_10_0),
    *each("MaxStartups", {"10:30:60": "10:30:60", "5": "5:30:5", "1:1:1": "1:1:1", "9:100:9x": "9:100:9"}, "debian-sid"),
    *each("MaxStartups", {"5": "10:30:5"}, "openssh-10.1 openssh-10.2"),
    *refused("MaxStartups", "", "x", "5:10", "10:0:60", "10:101:60", "10:30:9"),
    *refused("MaxStartups", "0", "0:30:60", "-1", targets=FROM_9_2),
    *each("MaxStartups", {"0": {"begin": 0, "max": 0}}, "debian-11"),
    *each("PerSourceNetBlockSize", {"32:128": "32:128", "24:64": "24:64", "0:0": "0:0"}, FROM_9_2),
    *each("PerSourceNetBlockSize", {"24": "24:128"}, "debian-sid"),
    *each("PerSourceNetBlockSize", {"24": "24:0"}, "debian-12 debian-13"),
    *refused("PerSourceNetBlockSize", "", "x", "33", "32:129", "-1", targets=FROM_9_2),
    *(Case(f"PerSourcePenalties {text}", parts, "debian-sid") for text, parts in PENALTIES.items()),
    *each(
        "PerSourcePenalties",
        {
            "crash:9": {"crash": 9}, "grace-exceeded:3m": {"grace-exceeded": 180}, "max:1h": {"max": 3600},
            "refuseconnection:4": {"refuseconnection": 4},
        },
        "debian-13",
    ),
    *each(
        "PerSourcePenalties",
        {
            "no": {"enabled": "no"}, "YES": {"enabled": "yes"}, "max-sources4:10": {"max-sources4": 10},
            "max-sources6:20": {"max-sources6": 20}, "overflow:deny-all": {"overflow": "deny-all"},
            "overflow6:permissive": {"overflow6": "permissive"},
            "max-sources4:1 max-sources4:2": {"max-sources4": 1},
        },
        FROM_10_0,
    ),
    *refused(
        "PerSourcePenalties", "", "crash", "crash:x", "nosuch:1", "no crash:1", "yes no", "overflow:maybe",
        "max-sources4:x", targets=FROM_10_0,
    ),
    *refused("PerSourcePenalties", "invaliduser:1", targets="debian-13"),
    *each("ChannelTimeout", {"none": ("none",), "session=5m *=0": ("session=5m", "*=0")}, FROM_9_2),
    *each("ChannelTimeout", {"session=1m none": ("session=1m", "none")}, "debian-12"),
    *refused("ChannelTimeout", "session", "=5m", "session=x", "none session=1m", targets=FROM_9_2),
    *refused("ChannelTimeout", "session=1m none", "", targets=FROM_10_0),
)  # fmt: skip

EMPTY_UNTIL_9_6 = ("AuthorizedKeysFile", "AllowGroups", "AllowUsers", "AcceptEnv", "SetEnv")
NEVER_EMPTY = ("AuthenticationMethods", "PermitOpen", "PermitListen", "RevokedKeys", "Subsystem", "Port")
EMPTY_LISTS = (
    *(Case(f"{keyword} # all comment", None, UP_TO_9_2) for keyword in EMPTY_UNTIL_9_6),
    *(Case(f"{keyword} # all comment", REFUSED, FROM_10_0) for keyword in EMPTY_UNTIL_9_6),
    *(Case(f"{keyword} # all comment", REFUSED) for keyword in NEVER_EMPTY),
    *(Case(f"{keyword} # x", None, "openssh-9.6") for keyword in EMPTY_UNTIL_9_6),
    *(Case(f"{keyword} # x", REFUSED, "openssh-9.7") for keyword in EMPTY_UNTIL_9_6),
    *each("LogVerbose", {"# x": None}, "debian-12"),
    *each("ChannelTimeout", {"# x": None}, "debian-12"),
    *refused("LogVerbose", "# x", "", targets=FROM_10_0),
    *refused("ChannelTimeout", "# x", targets=FROM_10_0),
    *each("PubkeyAuthOptions", {"# x": "none"}, UP_TO_10_0),
    *each("PubkeyAuthOptions", {"# x": "none"}, "debian-sid"),
    *(Case(keyword, None, "debian-11") for keyword in EMPTY_UNTIL_9_6),
    *(Case(keyword, REFUSED, FROM_9_2) for keyword in EMPTY_UNTIL_9_6),
    *each("AuthorizedKeysFile", {'/a "" /b': ("/a",)}, "debian-11"),
    *refused("AllowGroups", 'a "" b', targets="debian-11"),
    *refused("AuthorizedKeysFile", '/a "" /b', targets=FROM_9_2),
)

HOST_KEYS = (
    Case("HostKey /etc/ssh/ssh_host_ed25519_key", "/etc/ssh/ssh_host_ed25519_key"),
    Case("HostKey none", "none", "openssh-9.2"),
    *refused("HostKey", ""),
)

CASES = (
    *NUMBERS, *WORDS, *TEXTS, *PATHS, *LISTS, *HOSTS, *IPQOS, *SEVERAL_PARTS, *EMPTY_LISTS, *HOST_KEYS,
)  # fmt: skip
