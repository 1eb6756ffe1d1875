"""The two languages: the server's sshd_config and the client's ssh_config."""

from typing import Literal

Kind = Literal["sshd_config", "ssh_config"]
