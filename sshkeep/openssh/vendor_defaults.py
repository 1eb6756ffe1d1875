"""Where vendors' builds print other defaults than upstream's of the same release.

Only what is compiled in: what a vendor's stock file sets is no default. Debian's were seen on its
8.4, 9.2, 10.0 and 10.6; the others in the vendors' sources, unless marked.
"""

from sshkeep.openssh.default import VendorDefault
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import Release

# suse's and hpn-ssh's words are in patches that leave the rest of the default alone.
_OLD_QOS = "lowdelay throughput"

ROWS: dict[Kind, tuple[VendorDefault, ...]] = {
    "sshd_config": (
        VendorDefault("debian", "ipqos", _OLD_QOS, until=Release(9, 9)),
        VendorDefault("debian", "ipqos", "ef cs1", since=Release(10, 0), until=Release(10, 0)),
        VendorDefault("debian", "pidfile", "/run/sshd.pid"),
        VendorDefault("debian", "sshdauthpath", "/usr/lib/openssh/sshd-auth", since=Release(10, 0)),
        VendorDefault("debian", "sshdsessionpath", "/usr/lib/openssh/sshd-session", since=Release(9, 8)),
        VendorDefault("clear-linux", "authorizedkeysfile", ".ssh/authorized_keys"),
        VendorDefault("clear-linux", "usepam", "yes"),
        VendorDefault("freebsd", "passwordauthentication", "no"),
        VendorDefault("freebsd", "permitrootlogin", "no"),
        VendorDefault("freebsd", "usedns", "yes"),
        VendorDefault("freebsd", "usepam", "yes"),
        VendorDefault("suse", "ipqos", _OLD_QOS),
    ),
    "ssh_config": (
        VendorDefault("debian", "forwardx11trusted", "yes"),
        VendorDefault("debian", "ipqos", _OLD_QOS, until=Release(9, 9)),
        VendorDefault("debian", "ipqos", "ef cs1", since=Release(10, 0), until=Release(10, 0)),
        VendorDefault("debian", "securitykeyprovider", "internal", since=Release(8, 2)),
        VendorDefault("clear-linux", "serveraliveinterval", "120"),
        VendorDefault("freebsd", "checkhostip", "no", verified=False),
        VendorDefault("freebsd", "verifyhostkeydns", "true", verified=False),
        VendorDefault("hpn-ssh", "port", "2222", since=Release(8, 9)),
        VendorDefault("suse", "ipqos", _OLD_QOS),
    ),
}
"""Left out, since they hang on more than the release: FreeBSD's VersionAddendum (a date) and
X11Forwarding (yes up to FreeBSD 13), SLE's PermitRootLogin (an option of the build), HPN's IPQoS
(with HappyEyes)."""
