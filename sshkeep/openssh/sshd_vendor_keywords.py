"""Keywords of sshd_config that vendors add, drop, or take earlier or later than upstream, a row each.

Such a row takes the place of upstream's for the ``vendor`` names in it. ``state="unknown"`` drops the
keyword: the vendor's sshd refuses it. Debian's rows are in sshd_keywords.py. Sources: servconf.c or the
patches of each vendor's package, compared with upstream's of the same release; none of these programs was
run. ``unverified`` says what part of a row was not seen there. A row is open to newer releases where
no removal was seen.
"""

from sshkeep.openssh.releases import OLDEST, Release
from sshkeep.openssh.tables.keywords import Keyword

PATCH_NAME = "the patch is known by its name only; keywords as in Fedora's of that name"
UP_TO_9_3 = "read up to 9.3; since then the patch is still listed"
SEEN_TO_9_9 = "seen up to 9.9"
THIRD_PARTY = "third-party list"
NETBSD_2018 = "read in the file of 2018 (7.6); newer version strings name the same patches"
NETBSD_LDAP = f"{NETBSD_2018}; only when built with LDAP public keys"
GSI_HPN = "HPN is in the source repository of 8.0; not looked for in 8.4"
REMOVED_BY_9_3 = "skipped in 7.8, refused in 9.3; what happened between was not looked up"
BLOCKLIST = "read in files of about 9.3 and 10.4; what lies between was not looked up"

ROWS = (
    # Red Hat, Fedora, GSI-OpenSSH (which is built on Fedora's package).
    Keyword("CanonicalMatchUser", "flag", since=Release(9, 9), vendor="redhat", unverified=THIRD_PARTY),
    Keyword("GSSAPICleanupCreds", "flag", alias_of="GSSAPICleanupCredentials", vendor="redhat fedora gsi", unverified=SEEN_TO_9_9),
    Keyword("GSSAPIDelegateCredentials", "flag", in_match=OLDEST, until=Release(8, 4), vendor="gsi"),
    Keyword("GSSAPIDelegateCredentials", "flag", since=Release(9, 9), until=Release(9, 9), vendor="redhat", unverified=f"{THIRD_PARTY} of RHEL 10"),
    Keyword("GSSAPIDelegateCredentials", "flag", since=Release(10, 2), until=Release(10, 2), vendor="fedora"),
    Keyword("GSSAPIEnablek5users", "flag", in_match=OLDEST, vendor="redhat fedora gsi", unverified=UP_TO_9_3),
    Keyword("GSSAPIIndicators", "word", in_match=OLDEST, since=Release(9, 9), until=Release(9, 9), vendor="redhat", unverified=THIRD_PARTY),
    Keyword("GSSAPIIndicators", "word", in_match=OLDEST, since=Release(10, 0), vendor="redhat fedora"),
    Keyword("GSSAPIKexAlgorithms", "algorithms", vendor="redhat fedora gsi", unverified=UP_TO_9_3),
    Keyword("GSSAPIKeyExchange", "flag", vendor="redhat fedora gsi", unverified=UP_TO_9_3),
    Keyword("GSSAPIAllowS4U2Self", "word", in_match=OLDEST, since=Release(10, 3), vendor="fedora"),
    Keyword("GSSAPIProxyS4U2Services", "word", in_match=OLDEST, since=Release(10, 3), vendor="fedora"),
    Keyword("GSSAPIStoreCredentialsOnRekey", "flag", vendor="redhat fedora gsi", unverified=UP_TO_9_3),
    Keyword("GSSAPIUseSessionCredCache", "ignored", state="unsupported", vendor="redhat fedora gsi", unverified=SEEN_TO_9_9),
    Keyword("GSSUseSessionCCache", "ignored", state="unsupported", vendor="redhat fedora gsi", unverified=SEEN_TO_9_9),
    Keyword("Include", "globs", in_match=OLDEST, adds=True, until=Release(8, 1), vendor="redhat"),
    Keyword("KerberosUniqueCCache", "flag", vendor="redhat fedora gsi", unverified=UP_TO_9_3),
    Keyword("KerberosUseKuserok", "flag", in_match=OLDEST, vendor="redhat fedora gsi", unverified=UP_TO_9_3),
    Keyword("RDomain", "ignored", state="unsupported", in_match=OLDEST, until=Release(8, 0), vendor="redhat gsi"),
    Keyword("RequiredRSASize", "integer", in_match=OLDEST, since=Release(8, 7), until=Release(9, 0), vendor="redhat"),
    Keyword("RSAMinSize", "integer", alias_of="RequiredRSASize", in_match=OLDEST, since=Release(8, 7), vendor="redhat"),
    Keyword("RSAMinSize", "integer", alias_of="RequiredRSASize", in_match=OLDEST, since=Release(9, 1), vendor="fedora", unverified=UP_TO_9_3),
    Keyword("X11MaxDisplays", "integer", in_match=OLDEST, vendor="redhat fedora gsi", unverified=UP_TO_9_3),
    # 10.4 renamed upstream's own by mistake; these packages took that back.
    Keyword("GSSAPIAuthentication", "flag", in_match=OLDEST, since=Release(10, 4), until=Release(10, 4), vendor="fedora alpine gentoo suse"),
    Keyword("GSSAPICleanupCredentials", "flag", since=Release(10, 4), until=Release(10, 4), vendor="fedora alpine gentoo suse"),
    Keyword("GSSAPIDelegateCredentials", "flag", since=Release(10, 4), until=Release(10, 4), vendor="fedora alpine gentoo suse"),
    Keyword("GSSAPIStrictAcceptorCheck", "flag", since=Release(10, 4), until=Release(10, 4), vendor="fedora alpine gentoo suse"),
    Keyword("GssAuthentication", "ignored", state="unknown", vendor="fedora alpine gentoo suse"),
    Keyword("GssCleanupCreds", "ignored", state="unknown", vendor="fedora alpine gentoo suse"),
    Keyword("GssDelegateCreds", "ignored", state="unknown", vendor="fedora alpine gentoo suse"),
    Keyword("GssStrictAcceptor", "ignored", state="unknown", vendor="fedora alpine gentoo suse"),
    # SUSE, PLD.
    Keyword("GSSAPIKexAlgorithms", "algorithms", vendor="suse", unverified=PATCH_NAME),
    Keyword("GSSAPIKeyExchange", "flag", vendor="suse", unverified=PATCH_NAME),
    Keyword("GSSAPIStoreCredentialsOnRekey", "flag", vendor="suse", unverified=PATCH_NAME),
    Keyword("KerberosUniqueCCache", "flag", vendor="suse", unverified=PATCH_NAME),
    Keyword("UseChroot", "flag", since=Release(10, 3), vendor="pld"),
    # Apple.
    Keyword("AppleBaseSystem", "flag", since=Release(10, 0), vendor="apple"),
    # OpenBSD's own tree, without what the portable release adds.
    Keyword("PAMAuthenticationViaKbdInt", "ignored", state="unknown", vendor="openbsd"),
    Keyword("PAMServiceName", "ignored", state="unknown", vendor="openbsd"),
    Keyword("UsePAM", "ignored", state="unknown", vendor="openbsd"),
    # FreeBSD.
    Keyword("HPNBufferSize", "ignored", state="deprecated", in_match=OLDEST, until=Release(9, 2), vendor="freebsd", unverified=REMOVED_BY_9_3),
    Keyword("HPNDisabled", "ignored", state="deprecated", in_match=OLDEST, until=Release(9, 2), vendor="freebsd", unverified=REMOVED_BY_9_3),
    Keyword("NoneEnabled", "ignored", state="unsupported", in_match=OLDEST, until=Release(9, 2), vendor="freebsd", unverified=REMOVED_BY_9_3),
    Keyword("TcpRcvBufPoll", "ignored", state="deprecated", in_match=OLDEST, until=Release(9, 2), vendor="freebsd", unverified=REMOVED_BY_9_3),
    Keyword("UseBlacklist", "flag", until=Release(9, 2), vendor="freebsd"),
    Keyword("UseBlacklist", "flag", alias_of="UseBlocklist", since=Release(9, 3), vendor="freebsd", unverified=BLOCKLIST),
    Keyword("UseBlocklist", "flag", since=Release(9, 3), vendor="freebsd", unverified=BLOCKLIST),
    # NetBSD.
    Keyword("HPNBufferSize", "integer", in_match=OLDEST, vendor="netbsd", unverified=NETBSD_2018),
    Keyword("HPNDisabled", "flag", in_match=OLDEST, vendor="netbsd", unverified=NETBSD_2018),
    Keyword("IgnoreRootRhosts", "flag", vendor="netbsd", unverified=NETBSD_2018),
    Keyword("LpkBindDN", "word", vendor="netbsd", unverified=NETBSD_LDAP),
    Keyword("LpkBindPw", "word", vendor="netbsd", unverified=NETBSD_LDAP),
    Keyword("LpkBindTimelimit", "integer", vendor="netbsd", unverified=NETBSD_LDAP),
    Keyword("LpkFilter", "word", vendor="netbsd", unverified=NETBSD_LDAP),
    Keyword("LpkForceTLS", "flag", vendor="netbsd", unverified=NETBSD_LDAP),
    Keyword("LpkGroupDN", "word", vendor="netbsd", unverified=NETBSD_LDAP),
    Keyword("LpkLdapConf", "word", vendor="netbsd", unverified=NETBSD_LDAP),
    Keyword("LpkPubKeyAttr", "word", vendor="netbsd", unverified=NETBSD_LDAP),
    Keyword("LpkSearchTimelimit", "integer", vendor="netbsd", unverified=NETBSD_LDAP),
    Keyword("LpkServerGroup", "word", vendor="netbsd", unverified=NETBSD_LDAP),
    Keyword("LpkServers", "word", vendor="netbsd", unverified=NETBSD_LDAP),
    Keyword("LpkUserDN", "word", vendor="netbsd", unverified=NETBSD_LDAP),
    Keyword("NoneEnabled", "flag", in_match=OLDEST, vendor="netbsd", unverified=NETBSD_2018),
    Keyword("TcpRcvBufPoll", "flag", in_match=OLDEST, vendor="netbsd", unverified=NETBSD_2018),
    Keyword("UseLPK", "flag", vendor="netbsd", unverified=NETBSD_LDAP),
    # HPN-SSH.
    Keyword("DisableMTAES", "flag", in_match=OLDEST, since=Release(9, 8), vendor="hpn"),
    Keyword("DisableMTAES", "flag", in_match=OLDEST, until=Release(9, 2), vendor="hpn"),
    Keyword("HPNBufferLimit", "flag", in_match=OLDEST, since=Release(8, 9), until=Release(9, 6), vendor="hpn"),
    Keyword("HPNBufferSize", "integer", in_match=OLDEST, until=Release(9, 4), vendor="hpn"),
    Keyword("HPNDisabled", "flag", in_match=OLDEST, vendor="hpn"),
    Keyword("NoneEnabled", "flag", in_match=OLDEST, vendor="hpn"),
    Keyword("NoneMacEnabled", "flag", in_match=OLDEST, since=Release(8, 4), vendor="hpn"),
    Keyword("TcpRcvBufPoll", "flag", in_match=OLDEST, vendor="hpn"),
    Keyword("UseMPTCP", "flag", since=Release(10, 0), vendor="hpn"),
    # GSI-OpenSSH, beside Fedora's.
    Keyword("DisableMTAES", "flag", in_match=OLDEST, until=Release(8, 0), vendor="gsi", unverified=GSI_HPN),
    Keyword("DisableUsageStats", "ignored", state="unsupported", vendor="gsi"),
    Keyword("GSIAllowLimitedProxy", "flag", vendor="gsi"),
    Keyword("GSSAPICredentialsPath", "word", vendor="gsi"),
    Keyword("HPNBufferSize", "integer", in_match=OLDEST, until=Release(8, 0), vendor="gsi", unverified=GSI_HPN),
    Keyword("HPNDisabled", "flag", in_match=OLDEST, until=Release(8, 0), vendor="gsi", unverified=GSI_HPN),
    Keyword("NoneEnabled", "flag", in_match=OLDEST, until=Release(8, 0), vendor="gsi", unverified=GSI_HPN),
    Keyword("PermitPAMUserChange", "flag", vendor="gsi"),
    Keyword("TcpRcvBufPoll", "flag", in_match=OLDEST, until=Release(8, 0), vendor="gsi", unverified=GSI_HPN),
    Keyword("UsageStatsTargets", "ignored", state="unsupported", vendor="gsi"),
)  # fmt: skip
