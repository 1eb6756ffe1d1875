"""What the rows of the tables share: groups of vendors, and how much of a vendor's row was seen."""

from __future__ import annotations

from sshkeep.openssh.vendors import Vendors

RED_HAT_KIN: Vendors = ("redhat", "fedora", "gsi")
"""GSI-OpenSSH is built on Fedora's package."""
TOOK_BACK_10_4: Vendors = ("fedora", "alpine", "gentoo", "suse")
"""10.4 renamed upstream's own GSSAPI keywords by mistake; these packages took that back."""

PATCH_NAME = "the patch is known by its name only; keywords as in Fedora's of that name"
UP_TO_9_3 = "read up to 9.3; since then the patch is still listed"
SEEN_TO_9_9 = "seen up to 9.9"
THIRD_PARTY = "third-party list"
NETBSD_2018 = "read in the file of 2018 (7.6); newer version strings name the same patches"
NETBSD_LDAP = f"{NETBSD_2018}; only when built with LDAP public keys"
GSI_HPN = "HPN is in the source repository of 8.0; not looked for in 8.4"
REMOVED_BY_9_3 = "skipped in 7.8, refused in 9.3; what happened between was not looked up"
BLOCKLIST = "read in files of about 9.3 and 10.4; what lies between was not looked up"
