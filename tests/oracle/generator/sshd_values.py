"""What can stand behind each keyword of sshd_config, where its type alone does not tell."""

from random import Random

from sshkeep.openssh.releases import ARGV_SPLIT, Release
from tests.oracle.generator.samples import (
    BIND_MASK,
    CHANNEL_TIMEOUT,
    CIPHERS,
    FACILITY,
    FINGERPRINT,
    FLAG_SSHD,
    GSS_KEX,
    IGNORED,
    INTEGER,
    IPQOS,
    KEX,
    KEYS,
    LOG_LEVEL,
    MACS,
    PATH,
    PERMITTED,
    REKEY,
    REST,
    SET_ENV,
    SIGNATURES,
    TIME,
    For,
    Values,
    one_of,
)


def _built(flag: Values) -> Values:
    """Debian's programs of 10.6 are built without GSSAPI and Kerberos, which went to other packages."""
    return flag._replace(bad=tuple(For(str(text), until=Release(10, 5)) for text in flag.bad))


def _subsystem(rng: Random) -> str:
    return f"s{rng.randrange(10000)} {rng.choice(('internal-sftp', '/bin/x -a b', '/a·b/c d', 'x'))}"


_USERS = Values(
    ("bob", "bob ann", "root b*", "bob@10.0.0.0/8", "*@*.example", "?nn@192.168.1.9", "!ann *"),
    ("bob@10.0.0.1/8", "ann bob@10.0.0.0/33"),
    ("@", "bob@", "@h", "a@b@c", "a,b", '""', "bob@!h", "BOB", "bob@::1/128"),
)
_GROUPS = Values(("users", "wheel staff", "!root *"), (), ("a,b", '""', "a·b"))
_FORWARDING = Values(
    (one_of("yes", "no", "all", "local", "remote"),), ("maybe", "both", "true"), ('""', "yes no")
)
_HOST_KEY = Values(
    ("/etc/ssh/ssh_host_ed25519_key", "/etc/ssh/key-2", "/etc/ssh/key·3"), (), ("none", "/etc/ssh/key-2 x", "./key-2", "~/key")
)  # fmt: skip
_COMMAND = Values(
    ("none", "/usr/bin/keys %u", "/usr/bin/keys '%u' \"a b\"", "/x -y # z"), ("keys %u", '"/usr/bin/keys" %u', "'/x'"), ("NONE", "/")
)  # fmt: skip

VALUES: dict[str, Values] = {
    "acceptenv": Values(("LANG", "LANG LC_*", "A B C", "?X", "A A"), (For("A=B", ARGV_SPLIT), For("LANG X=1", ARGV_SPLIT)), ('""', "!A", "a·b")),
    "addressfamily": Values((one_of("any", "inet", "inet6"),), ("inet5", "yes"), ('""', "any inet")),
    "agentsocketpath": Values(("user:.ssh/agent", "shared:/run/agent"), ("x", "shared:relative"), ("user:/a", "user:", "USER:x", "none")),
    "allowgroups": _GROUPS,
    "allowstreamlocalforwarding": _FORWARDING,
    "allowtcpforwarding": _FORWARDING,
    "allowusers": _USERS,
    "authenticationmethods": Values(
        ("any", "publickey", "publickey,password", "publickey,password publickey,keyboard-interactive", "publickey,publickey"),
        ("nonsense", "any publickey", "publickey,nonsense"),
        ("publickey,", ",publickey", "publickey any", "ANY", "password:x", "keyboard-interactive:pam", "none", '""', "gssapi-with-mic",
         "hostbased", "publickey,any", "publickey publickey", "none,publickey"),
    ),
    "authorizedkeyscommand": _COMMAND._replace(besides="AuthorizedKeysCommandUser nobody"),
    "authorizedkeyscommanduser": Values(("nobody", "root", "%u"), (), ("none", '""', "a b")),
    "authorizedkeysfile": Values((".ssh/authorized_keys", "none", "/etc/ssh/keys/%u .ssh/x", "/a·b"), (), ("none x", '""', "a a", "/k/%q", "~/x")),
    "authorizedprincipalscommand": _COMMAND._replace(besides="AuthorizedPrincipalsCommandUser nobody"),
    "authorizedprincipalscommanduser": Values(("nobody", "root"), (), ("none", '""', "a b")),
    "authorizedprincipalsfile": PATH,
    "casignaturealgorithms": SIGNATURES,
    "channeltimeout": CHANNEL_TIMEOUT,
    "chrootdirectory": Values(("none", "/srv/%u", "%h", "/a·b"), (), ("NONE", "relative", '""', "/a /b", "~")),
    "ciphers": CIPHERS,
    "compression": Values((one_of("yes", "no", "delayed"),), ("maybe", "true", "6"), ('""', "yes no")),
    "denygroups": _GROUPS,
    "denyusers": _USERS,
    "fingerprinthash": FINGERPRINT,
    "forcecommand": REST._replace(good=("internal-sftp", "/bin/sh -c 'x y'", '"/a b" # c', "none", "/bin/x %u")),
    "gatewayports": Values((one_of("yes", "no", "clientspecified"),), ("maybe", "true"), ('""',)),
    "gssapikexalgorithms": GSS_KEX,
    "hostbasedacceptedalgorithms": KEYS,
    "hostcertificate": Values(("/etc/ssh/cert-1.pub", "/etc/ssh/cert·2.pub"), (), ("none", "/a /b", "~/c", "c.pub")),
    "hostkey": _HOST_KEY,
    "hostkeyagent": Values(("SSH_AUTH_SOCK", "/run/agent.sock", "/a·b"), (), ("none", "ssh_auth_sock", "$X", "~/x")),
    "hostkeyalgorithms": KEYS,
    "ignorerhosts": Values((one_of("yes", "no", "shosts-only"),), ("maybe", "true"), ('""',)),
    "ipqos": IPQOS,
    "kerberosgetafstoken": IGNORED._replace(good=("yes", "no")),
    "kexalgorithms": KEX,
    "listenaddress": Values(
        ("0.0.0.0", "127.0.0.1:2222", "[::1]:22", "::", "::1", "10.0.0.1", "[2001:db8::1]"),
        ("127.0.0.1:99999", "127.0.0.1:0", "[::1", "127.0.0.1 x", "127.0.0.1:x"),
        ("127.0.0.1:", "[::1]x", "[127.0.0.1]:22", "127.0.0.1:022", '""', "127.0.0.1 rdomain", "[]:22", "127.0.0.1:22:23"),
    ),
    "loglevel": LOG_LEVEL,
    "logverbose": Values(("kex.c:*:1000", "a b", "*:f()", "none"), (), ("none a", "a none", '""', "NONE")),
    "macs": MACS,
    "maxstartups": Values(
        ("10", "10:30:100", "1:100:1", "5:1:5"), ("10:30", "10:0:100", "10:101:100", "20:30:10", "x"), ("0", "-1", "10x", "10:30:100x", "10:30:100:5", "+5", "·5", '""', "0:30:100", "10:-1:100", "10 20", "4294967306"),
    ),
    "pamservicename": Values(("sshd", "other", "a·b"), (), ('""', "none", "a b")),
    "permitlisten": PERMITTED._replace(
        good=("any", "none", "8080", "localhost:8080", "*:8080 80", "[::1]:*"), odd=(*PERMITTED.odd, "*", "0", "*:0", "8080x")
    ),
    "permitopen": PERMITTED,
    "permitrootlogin": Values((one_of("yes", "no", "prohibit-password", "without-password", "forced-commands-only"),), ("maybe", "true"), ('""',)),
    "permittunnel": Values(("yes", "no", "point-to-point", "ethernet"), ("maybe", "true"), ("YES", "No", '""')),
    "permituserenvironment": Values(("yes", "no", "LANG,LC_*", "!A,*"), (), ("YES", "none", '""', "a b", "no,yes")),
    "persourcemaxstartups": Values(("none", "5", "0", "+3"), ("x", "-1", "5x"), ("NONE", '""', "2147483648")),
    "persourcenetblocksize": Values(("32", "24:64", "0:0", "32:128"), ("33", "24:129", "x", "-1"), ("24:", ":64", "24x", '""', "+24", "24:x", "24:64:1")),
    "persourcepenalties": Values(
        ("yes", "no", "authfail:5s noauth:1s", "max:10m min:5s", "crash:90", "grace-exceeded:10s", "overflow:permissive", "max-sources4:100", "overflow6:deny-all",
         For("refuseconnection:10s", Release(10, 0)), For("invaliduser:5s", Release(10, 4)), "crash:1 crash:2"),
        ("x:1", "crash:x", "overflow:maybe", "crash", "max-sources6:x"),
        ("yes no", "no crash:1", "crash:1 yes", "authfail:0.5", "NO", "CRASH:5", "crash:", '""', "max:1 min:5", "refuseconnection:1", "invaliduser:1", "overflow:Permissive", "crash:1w", "max-sources4:65537", "max-sources4:0"),
    ),
    "persourcepenaltyexemptlist": Values(("10.0.0.0/8,192.168.1.1", "none", "::1"), ("10.0.0.1/8", "10.0.0.0/33"), ("10.*", "!10.0.0.1", "a", "10.0.0.1 10.0.0.2", '""', "NONE")),
    "pubkeyacceptedalgorithms": KEYS,
    "pubkeyauthoptions": Values(("none", "touch-required", "verify-required", "touch-required verify-required"), ("maybe", "touch-required x"),
        ("none touch-required", "touch-required none", "TOUCH-REQUIRED", '""', "max-pk-ok:3", "max-pk-ok:0", "max-pk-ok:x", "max-pk-ok:3 none")),
    "rdomain": Values((), ("a", "none", "%D", "0")),
    "rekeylimit": REKEY,
    "requiredrsasize": INTEGER._replace(good=("1024", "2048", "4096", "16384"), odd=(*INTEGER.odd, "0", "512", "1023", "16385")),
    "revokedkeys": PATH,
    "securitykeyprovider": Values(("internal", "/usr/lib/sk.so", "/a·b"), (), ("none", "$X", "relative", '""')),
    "setenv": SET_ENV,
    "sshdauthpath": Values(("/usr/lib/openssh/sshd-auth",), (), ("relative", "/a b")),
    "sshdsessionpath": Values(("/usr/lib/openssh/sshd-session",), (), ("/a b",)),
    "skeyauthentication": FLAG_SSHD._replace(bad=(For("maybe", ARGV_SPLIT), For("1", ARGV_SPLIT))),
    "streamlocalbindmask": BIND_MASK,
    "subsystem": Values((_subsystem, _subsystem, "sftp internal-sftp"), ("sftp",), ("sftp a·b 'c d'", 'sftp ""', "sftp x # y", '"" x', "a·b c", "sftp \"a b\"c")),
    "syslogfacility": FACILITY,
    "tcpkeepalive": FLAG_SSHD._replace(odd=("true", "false", "all", "ALL", "transport", '""', "yes no")),
    "unusedconnectiontimeout": TIME._replace(good=(*TIME.good, "none")),
    "versionaddendum": REST._replace(good=("none", "Hello world", "x"), odd=("NONE", "a # b", '"a b"', "a·b", "none x")),
    "warnweakcrypto": Values((one_of("yes", "no"),), ("maybe", "1"), ("true", "FALSE", "no-pq-kex", '""')),
}  # fmt: skip

for _flag in ("gssapiauthentication", "gssapicleanupcredentials", "gssapicleanupcreds", "gssapidelegatecredentials", "gssapikeyexchange", "gssapistorecredentialsonrekey",
              "gssapistrictacceptorcheck", "kerberosauthentication", "kerberosorlocalpasswd", "kerberosticketcleanup"):  # fmt: skip
    VALUES[_flag] = _built(FLAG_SSHD)
for _path in ("banner", "modulifile", "pidfile", "trustedusercakeys", "xauthlocation"):
    VALUES[_path] = PATH
