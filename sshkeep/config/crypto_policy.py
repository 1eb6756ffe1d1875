"""The crypto policy that RHEL 8 passes to sshd on its command line, where it wins over the file.

The unit starts ``sshd -D $OPTIONS $CRYPTO_POLICY``. The variable is a row of ``-oCiphers=...`` from
/etc/crypto-policies/back-ends/opensshserver.config, unless /etc/sysconfig/sshd sets it to nothing. RHEL 9
includes a file instead.
"""

from __future__ import annotations

import re

from sshkeep.config.precedence.global_value import global_setting
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry

IN_POLICY = (
    "Ciphers",
    "MACs",
    "GSSAPIKexAlgorithms",
    "KexAlgorithms",
    "HostKeyAlgorithms",
    "PubkeyAcceptedKeyTypes",
    "CASignatureAlgorithms",
)
"""The options of opensshserver.config."""

POLICY_WINS = "RHEL 8's crypto policy on sshd's command line wins"
OPT_OUT = "an empty CRYPTO_POLICY= in /etc/sysconfig/sshd leaves it to the file"

_NO_POLICY = rb"""^[ \t]*CRYPTO_POLICY=[ \t]*(?:""|'')?[ \t]*\r?$"""


def is_in_policy(option: str, config: Config) -> bool:
    """Whether what stands outside of Match blocks for ``option`` (lower case) does nothing."""
    if not config.target.has_policy_on_command_line or config.kind == "ssh_config":
        return False
    names = {config.known[name.lower()].option for name in IN_POLICY if name.lower() in config.known}
    return option in names and not re.search(_NO_POLICY, config.sysconfig, re.MULTILINE)


def lines_without_policy(option: str, config: Config) -> list[Entry]:
    """The lines that the policy replaces, which would be in effect without it.

    sshd reads its command line before the file, and keeps the first value; a Match block replaces it later.
    """
    if not is_in_policy(option, config):
        return []
    return [line.entry for line in global_setting(option, config).won if not line.entry.block]
