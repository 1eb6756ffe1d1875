"""Values of ssh_config, a few for each type, and what is refused."""

from __future__ import annotations

from tests.openssh.values.case import FROM_9_2, FROM_10_0, REFUSED, UP_TO_9_2, UP_TO_10_0, Case, each, refused

TRUTH = {"yes": "yes", "no": "no", "True": "yes", "FALSE": "no"}

NUMBERS = (
    *each("ServerAliveInterval", {"0": 0, "90": 90, "1h30m": 5400, "none": None}),
    *refused("ServerAliveInterval", "", "None", "sixty", "60ms", "-1"),
    *each("ServerAliveCountMax", {"0": 0, "6": 6}),
    *refused("ServerAliveCountMax", "", "six", "-1", "3m"),
    *each("Port", {"22": 22, "65535": 65535}),
    *refused("Port", "", "0", "65536", "nosuchservice"),
    *each("StreamLocalBindMask", {"0177": 0o177, "0": 0}),
    *refused("StreamLocalBindMask", "", "9", "01000"),
)

WORDS = (
    *each("BatchMode", TRUTH),
    *refused("BatchMode", "", "on", "1", "ask"),
    *each("TCPKeepAlive", TRUTH),
    *each("TCPKeepAlive", {"transport": "yes", "all": "all"}, "debian-sid"),
    *refused("TCPKeepAlive", "transport", "all", targets=UP_TO_10_0),
    *refused("TCPKeepAlive", "", "60"),
    *each("Compression", {"yes": "yes", "no": "no"}),
    *each("Compression", {"true": "yes"}, "openssh-8.1"),
    *refused("Compression", "", "true", "delayed"),
    *each("VerifyHostKeyDNS", {**TRUTH, "ask": "ask"}),
    *refused("VerifyHostKeyDNS", "", "always"),
    *each("CanonicalizeHostname", {**TRUTH, "always": "always"}),
    *refused("CanonicalizeHostname", "", "ask"),
    *each("ControlMaster", {**TRUTH, "ask": "ask", "auto": "auto", "AutoAsk": "autoask"}),
    *refused("ControlMaster", "", "always"),
    *each("PubkeyAuthentication", TRUTH),
    *each("PubkeyAuthentication", {"unbound": "unbound", "host-bound": "host-bound"}, FROM_9_2),
    *refused("PubkeyAuthentication", "unbound", targets="debian-11"),
    *refused("PubkeyAuthentication", "", "bound"),
    *each("RequestTTY", {**TRUTH, "force": "force", "auto": "auto"}),
    *refused("RequestTTY", "", "ask"),
    *each("SessionType", {"none": "none", "subsystem": "subsystem", "Default": "default"}, FROM_9_2),
    *refused("SessionType", "", "yes", targets=FROM_9_2),
    *each("StrictHostKeyChecking", {**TRUTH, "off": "no", "ask": "ask", "accept-new": "accept-new"}),
    *refused("StrictHostKeyChecking", "", "accept"),
    *each(
        "Tunnel",
        {
            "yes": "point-to-point", "true": "point-to-point", "no": "no", "false": "no",
            "point-to-point": "point-to-point", "Ethernet": "ethernet",
        },
    ),
    *refused("Tunnel", "", "ask"),
    *each("WarnWeakCrypto", {**TRUTH, "no-pq-kex": "no"}, "debian-sid"),
    *refused("WarnWeakCrypto", "", "maybe", targets="debian-sid"),
    *each("LogLevel", {"INFO": "INFO", "silent": "QUIET"}),
    *refused("LogLevel", "warning"),
)  # fmt: skip

TEXTS = (
    *each("HostKeyAlias", {"web": "web", '"a b"': "a b"}),
    *refused("HostKeyAlias", "", "a b"),
    *each("RemoteCommand", {"ls -l": "ls -l", "= x": "x", '"a" b': '"a" b'}),
    *refused("RemoteCommand", ""),
    *each("VersionAddendum", {"none": "", "a b": "a b"}, FROM_10_0),
    *refused("VersionAddendum", "", targets=FROM_10_0),
    *each("IdentityAgent", {"none": "none", "SSH_AUTH_SOCK": "SSH_AUTH_SOCK", "$NAME": "$NAME", "/s": "/s"}),
    *refused("IdentityAgent", "", "$a-b", "$", "${X", "${}"),
    *each("EscapeChar", {"none": "none", "~": "~", "^[": "\\^[", "^a": "\\^A", "^]": "\\^]", "%": "%"}),
    *refused("EscapeChar", "", "ab", "^ab", "None"),
)

LISTS = (
    *each("GlobalKnownHostsFile", {"/a": ("/a",), "/a /b": ("/a", "/b"), "none": ("none",)}),
    *refused("GlobalKnownHostsFile", "none /a", "/a none", targets=FROM_9_2),
    *each("LogVerbose", {"none": ("none",), "kex.c:*": ("kex.c:*",)}, FROM_9_2),
    *refused("LogVerbose", "none a", targets=FROM_9_2),
    *each("RevokedHostKeys", {"/a": "/a", "none": "none"}, UP_TO_10_0),
    *refused("RevokedHostKeys", "/a /b", targets=UP_TO_10_0),
    *each("RevokedHostKeys", {"/a /b": ("/a", "/b"), "NONE": ("none",)}, "debian-sid"),
    *refused("RevokedHostKeys", "none /b", "", targets="debian-sid"),
    *each("SendEnv", {"LANG LC_*": ("LANG", "LC_*"), "-LANG": ("-LANG",)}),
    *refused("SendEnv", "A=B", targets=FROM_9_2),
    *each("SetEnv", {"A=B": ("A=B",)}),
    *refused("SetEnv", "A"),
    *each("CanonicalDomains", {"Example.COM a.b.": ("example.com", "a.b"), "none": ("none",)}),
    *each("CanonicalDomains", {"_a.b": ("_a.b",)}, FROM_10_0),
    *refused("CanonicalDomains", "a..b", "-a.b", "a/b"),
    *refused("CanonicalDomains", "_a.b", targets=UP_TO_9_2),
    *refused("CanonicalDomains", "none a.b", targets=FROM_9_2),
    *each(
        "CanonicalizePermittedCNAMEs", {"*.A:*.b,c": ("*.a:*.b,c",), "*": ("*:*",), "a:b c:d": ("a:b", "c:d")}
    ),
    *each("CanonicalizePermittedCNAMEs", {"none": ()}, FROM_9_2),
    *refused("CanonicalizePermittedCNAMEs", "a", "a:", "none a:b"),
    *refused("CanonicalizePermittedCNAMEs", "none", targets="debian-11"),
    *each("MACs", {"hmac-sha2-256": "hmac-sha2-256", "-hmac-md5": "-hmac-md5"}),
    *refused("MACs", "", "nosuch"),
)

HOSTS = (
    *each(
        "PermitRemoteOpen",
        {"any": ("any",), "none": ("none",), "ANY": ("ANY",), "a:22 [::1]:*": ("a:22", "[::1]:*")},
        FROM_10_0,
    ),
    *refused("PermitRemoteOpen", "a:x", "any a:22", "22", targets=FROM_10_0),
    *each(
        "LocalForward", {"8080 a:80": "8080 [a]:80", "[::1]:1 a:2": "[::1]:1 [a]:2", "*:1 a:2": "[*]:1 [a]:2"}
    ),
    *each("LocalForward", {"/s a:80": "/s [a]:80", "8080 /s": "8080 /s"}),
    *refused("LocalForward", "", "8080", "x a:80", "8080 a", "8080 a:0", "0 a:80", "8080 a:80 b"),
    *each("RemoteForward", {"8080 a:80": "8080 [a]:80", "8080": "8080 [socks]:0", "0": "0 [socks]:0"}),
    *refused("RemoteForward", "", "x a:80", "8080 a:80 b"),
    *each("DynamicForward", {"1080": "1080", "localhost:1080": "[localhost]:1080", "/s": "/s"}),
    *refused("DynamicForward", "", "x", "0", "99999", "1080 a:80"),
    *each(
        "ProxyJump",
        {"a": "a", "u@a:22": "u@a:22", "a,b:2": "a,b:2", "none": "", "NONE": "", "[::1]:22": "[::1]:22"},
    ),
    *each("ProxyJump", {"ssh://u@a:22": "u@a:22"}, FROM_9_2),
    *refused("ProxyJump", "", "@a", "a:0", "a:99999", "a,,b"),
    *each(
        "TunnelDevice",
        {"any": "any:any", "0": "0:any", "1:2": "1:2", "ANY:3": "any:3", "2147483645": "2147483645:any"},
    ),
    *refused("TunnelDevice", "", "x", "-1", "1:x", "2147483646"),
    *each("IPQoS", {"af21 cs1": "af21 cs1", "ef": "ef ef", "none": "none none"}),
    *refused("IPQoS", "", "af99"),
)

SEVERAL_FORMS = (
    *each("RekeyLimit", {"1G 1h": {"size": 1 << 30, "time": 3600}, "default none": {"size": 0}, "1T": {"size": 1 << 40}}),
    *refused("RekeyLimit", "15", "1X", ""),
    *each("ChannelTimeout", {"none": ("none",), "session=5m *=0": ("session=5m", "*=0")}, FROM_10_0),
    *refused("ChannelTimeout", "session", "session=x", "none session=1m", targets=FROM_10_0),
    *each(
        "AddKeysToAgent",
        {
            "yes": "true", "no": "false", "True": "true", "ask": "ask", "confirm": "confirm", "5m": "300",
            "confirm 1h": "confirm 3600", "0": "true", "confirm 0": "confirm",
        },
    ),
    *refused("AddKeysToAgent", "", "maybe", "yes 5m", "ask 5m", "confirm x", "confirm 1 2"),
    *each("ControlPersist", {"yes": "yes", "no": "no", "true": "yes", "10m": 600, "0": "yes", "90": 90}),
    *refused("ControlPersist", "", "YES", "maybe", "-1"),
    *each("ForwardAgent", {"Yes": {"flag": "yes"}, "no": {"flag": "no"}, "false": {"flag": "no"}}),
    *each("ForwardAgent", {"/s": {"flag": "yes", "path": "/s"}, "$SOCK": {"flag": "yes", "path": "$SOCK"}}),
    *refused("ForwardAgent", "", "$a-b", "$"),
    *each("ObscureKeystrokeTiming", {"yes": 20, "no": 0, "interval:80": 80, "interval:1000": 1000, "interval:1": 1}, FROM_10_0),
    *refused("ObscureKeystrokeTiming", "", "maybe", "80", "interval:0", "interval:1001", "interval:x", "yes no", targets=FROM_10_0),
)  # fmt: skip

EMPTY_UNTIL_9_6 = ("SendEnv", "SetEnv", "CanonicalDomains", "CanonicalizePermittedCNAMEs")
STILL_EMPTY = ("GlobalKnownHostsFile", "LogVerbose")
EMPTY_LISTS = (
    *(Case(f"{keyword} # all comment", None, "debian-12") for keyword in EMPTY_UNTIL_9_6),
    *(Case(f"{keyword} # all comment", REFUSED, FROM_10_0) for keyword in EMPTY_UNTIL_9_6),
    *(Case(f"{keyword} # all comment", None, FROM_9_2) for keyword in STILL_EMPTY),
    *refused("PermitRemoteOpen", "# x", targets=FROM_9_2),
    *refused("RevokedHostKeys", "# x", targets=FROM_9_2),
    *each("RemoteCommand", {"# x": "# x"}, FROM_9_2),
    Case('"RemoteCommand"', "", "debian-11"),
    *refused("ChannelTimeout", "# x", targets=FROM_10_0),
)

CASES = (*NUMBERS, *WORDS, *TEXTS, *LISTS, *HOSTS, *SEVERAL_FORMS, *EMPTY_LISTS)
