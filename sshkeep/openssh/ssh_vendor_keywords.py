"""Keywords of ssh_config that vendors add, drop, or take earlier or later than upstream, a row each.

Columns and sources: as in sshd_vendor_keywords.py, with readconf.c for servconf.c.
"""

from sshkeep.openssh.releases import Release
from sshkeep.openssh.sshd_vendor_keywords import GSI_HPN, PATCH_NAME, UP_TO_9_3
from sshkeep.openssh.tables.keywords import Keyword

ROWS = (
    # Red Hat, Fedora, GSI-OpenSSH.
    Keyword("GSSAPIClientIdentity", "word", vendor="redhat fedora gsi", unverified=UP_TO_9_3),
    Keyword("GSSAPIKexAlgorithms", "algorithms", vendor="redhat fedora gsi", unverified=UP_TO_9_3),
    Keyword("GSSAPIKeyExchange", "flag", vendor="redhat fedora gsi", unverified=UP_TO_9_3),
    Keyword("GSSAPIRenewalForcesRekey", "flag", vendor="redhat fedora gsi", unverified=UP_TO_9_3),
    Keyword("GSSAPIServerIdentity", "word", vendor="redhat fedora gsi", unverified=UP_TO_9_3),
    Keyword("GSSAPITrustDns", "flag", vendor="redhat fedora gsi", unverified=UP_TO_9_3),
    Keyword("RequiredRSASize", "integer", since=Release(8, 7), until=Release(9, 0), vendor="redhat"),
    Keyword("RSAMinSize", "integer", alias_of="RequiredRSASize", since=Release(8, 7), vendor="redhat", unverified="seen up to 9.8"),
    Keyword("RSAMinSize", "integer", alias_of="RequiredRSASize", since=Release(9, 1), vendor="fedora", unverified=UP_TO_9_3),
    # SUSE.
    Keyword("GSSAPIClientIdentity", "word", vendor="suse", unverified=PATCH_NAME),
    Keyword("GSSAPIKexAlgorithms", "algorithms", vendor="suse", unverified=PATCH_NAME),
    Keyword("GSSAPIKeyExchange", "flag", vendor="suse", unverified=PATCH_NAME),
    Keyword("GSSAPIRenewalForcesRekey", "flag", vendor="suse", unverified=PATCH_NAME),
    Keyword("GSSAPIServerIdentity", "word", vendor="suse", unverified=PATCH_NAME),
    Keyword("GSSAPITrustDns", "flag", vendor="suse", unverified=PATCH_NAME),
    # Apple.
    Keyword("AppleMultipath", "flag", since=Release(9, 0), vendor="apple"),
    Keyword("HostbasedAcceptedAlgorithms", "algorithms", since=Release(8, 6), until=Release(8, 6), vendor="apple"),
    Keyword("HostbasedAlgorithms", "ignored", state="unknown", vendor="apple"),
    Keyword("NoHostAuthenticationForProxyCommand", "flag", since=Release(9, 6), vendor="apple"),
    Keyword("UseKeychain", "flag", vendor="apple"),
    # FreeBSD.
    Keyword("VersionAddendum", "rest", until=Release(9, 9), vendor="freebsd", unverified="from the upgrade notes in the tree; readconf.c not read"),
    # HPN-SSH.
    Keyword("DisableMTAES", "flag", since=Release(9, 8), vendor="hpn"),
    Keyword("DisableMTAES", "flag", until=Release(9, 2), vendor="hpn"),
    Keyword("Fallback", "flag", since=Release(8, 9), vendor="hpn"),
    Keyword("FallbackPort", "integer", since=Release(8, 9), vendor="hpn"),
    Keyword("HappyDelay", "integer", since=Release(10, 0), vendor="hpn"),
    Keyword("HappyEyes", "flag", since=Release(10, 0), vendor="hpn"),
    Keyword("HPNBufferLimit", "flag", since=Release(8, 9), until=Release(9, 6), vendor="hpn"),
    Keyword("HPNBufferSize", "integer", until=Release(9, 4), vendor="hpn"),
    Keyword("HPNDisabled", "flag", vendor="hpn"),
    Keyword("Metrics", "flag", since=Release(8, 8), vendor="hpn"),
    Keyword("MetricsInterval", "integer", since=Release(8, 8), vendor="hpn"),
    Keyword("MetricsPath", "word", since=Release(8, 8), vendor="hpn"),
    Keyword("NoneEnabled", "flag", vendor="hpn"),
    Keyword("NoneMacEnabled", "flag", since=Release(8, 4), vendor="hpn"),
    # In a file, it prints an error line and is skipped.
    Keyword("NoneSwitch", "ignored", state="ignored", vendor="hpn"),
    Keyword("TcpRcvBuf", "integer", until=Release(9, 4), vendor="hpn"),
    Keyword("TcpRcvBufPoll", "flag", vendor="hpn"),
    Keyword("UseMPTCP", "flag", since=Release(10, 0), vendor="hpn"),
    # GSI-OpenSSH, beside Fedora's.
    Keyword("DisableMTAES", "flag", until=Release(8, 0), vendor="gsi", unverified=GSI_HPN),
    Keyword("HPNBufferSize", "integer", until=Release(8, 0), vendor="gsi", unverified=GSI_HPN),
    Keyword("HPNDisabled", "flag", until=Release(8, 0), vendor="gsi", unverified=GSI_HPN),
    Keyword("NoneEnabled", "flag", until=Release(8, 0), vendor="gsi", unverified=GSI_HPN),
    Keyword("NoneSwitch", "ignored", state="ignored", until=Release(8, 0), vendor="gsi", unverified=GSI_HPN),
    Keyword("TcpRcvBuf", "integer", until=Release(8, 0), vendor="gsi", unverified=GSI_HPN),
    Keyword("TcpRcvBufPoll", "flag", until=Release(8, 0), vendor="gsi", unverified=GSI_HPN),
)  # fmt: skip
