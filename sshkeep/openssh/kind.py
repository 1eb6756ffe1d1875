"""The languages of configs: OpenSSH's two, and the settings files of other client programs."""

from collections.abc import Mapping
from typing import Literal

Kind = Literal["sshd_config", "ssh_config", "putty", "teraterm"]
ClientKind = Literal["putty", "teraterm"]
"""Settings of one client program; its lines are no keywords of OpenSSH, so such a config has no entries."""
CLIENT_TITLES: Mapping[Kind, str] = {"putty": "PuTTY", "teraterm": "Tera Term"}
"""The names of these programs in sentences."""
