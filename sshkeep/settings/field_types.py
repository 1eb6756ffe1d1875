"""The types of settings: what a field holds, and how it is read from what OpenSSH prints."""

from __future__ import annotations

from typing import Annotated, Literal

from sshkeep.settings import compound, parse_compound, parse_printed
from sshkeep.settings.parse_printed import parsed_by

# Plain values.

Flag = Annotated[bool, parsed_by(parse_printed.parse_flag)]
FlagOrAll = Annotated[bool | Literal["all"], parsed_by(parse_printed.parse_flag_or_text)]
FlagOrText = Annotated[bool | str, parsed_by(parse_printed.parse_flag_or_text)]
Count = Annotated[int, parsed_by(parse_printed.parse_number)]
CountOrNone = Annotated[int | None, parsed_by(parse_printed.parse_number_or_none)]
Seconds = Annotated[int, parsed_by(parse_printed.parse_number)]
SecondsOrNone = Annotated[int | None, parsed_by(parse_printed.parse_number_or_none)]
Milliseconds = Annotated[int, parsed_by(parse_printed.parse_keystrokes)]
Mask = Annotated[int, parsed_by(parse_printed.parse_octal)]
Port = Annotated[int, parsed_by(parse_printed.parse_number)]
Text = Annotated[str, parsed_by(parse_printed.parse_text)]
TextOrNone = Annotated[str | None, parsed_by(parse_printed.parse_text_or_none)]

# Lists.

Algorithms = Annotated[tuple[str, ...], parsed_by(parse_printed.parse_commas)]
Commas = Annotated[tuple[str, ...], parsed_by(parse_printed.parse_commas)]
Lines = Annotated[tuple[str, ...], parsed_by(parse_printed.parse_lines)]
Ports = Annotated[tuple[int, ...], parsed_by(parse_printed.parse_numbers)]
Words = Annotated[tuple[str, ...], parsed_by(parse_printed.parse_words)]
ByName = Annotated[dict[str, str], parsed_by(parse_printed.parse_by_name)]
Environment = Annotated[dict[str, str], parsed_by(parse_printed.parse_environment)]
Methods = Annotated[Literal["any"] | tuple[tuple[str, ...], ...], parsed_by(parse_printed.parse_methods)]
Permissions = Annotated[Literal["any", "none"] | tuple[str, ...], parsed_by(parse_printed.parse_permissions)]

# Several values.

AddKeysToAgent = Annotated[compound.AddKeysToAgent, parsed_by(parse_compound.parse_add_keys)]
AgentSocketPath = Annotated[compound.AgentSocketPath, parsed_by(parse_compound.parse_agent_socket)]
ChannelTimeouts = Annotated[
    tuple[compound.ChannelTimeout, ...], parsed_by(parse_compound.parse_channel_timeouts)
]
Forwards = Annotated[tuple[compound.Forward, ...], parsed_by(parse_compound.parse_forwards)]
IPQoS = Annotated[compound.IPQoS, parsed_by(parse_compound.parse_ipqos)]
ListenAddresses = Annotated[
    tuple[compound.ListenAddress, ...], parsed_by(parse_compound.parse_listen_addresses)
]
MaxStartups = Annotated[compound.MaxStartups, parsed_by(parse_compound.parse_max_startups)]
PerSourcePenalties = Annotated[compound.PerSourcePenalties, parsed_by(parse_compound.parse_penalties)]
PubkeyAuthOptions = Annotated[compound.PubkeyAuthOptions, parsed_by(parse_compound.parse_pubkey_options)]
RekeyLimit = Annotated[compound.RekeyLimit, parsed_by(parse_compound.parse_rekey_limit)]
SourceBlock = Annotated[compound.SourceBlock, parsed_by(parse_compound.parse_source_block)]
TunnelDevice = Annotated[compound.TunnelDevice, parsed_by(parse_compound.parse_tunnel_device)]

# Words of a fixed set.

AddressFamily = Annotated[Literal["any", "inet", "inet6"], parsed_by(parse_printed.parse_word)]
AskWord = Annotated[Literal["yes", "no", "ask"], parsed_by(parse_printed.parse_word)]
CanonicalizeHostname = Annotated[Literal["yes", "no", "always"], parsed_by(parse_printed.parse_word)]
ControlMaster = Annotated[Literal["yes", "no", "ask", "auto", "autoask"], parsed_by(parse_printed.parse_word)]
ControlPersist = Annotated[Literal["yes", "no"] | int, parsed_by(parse_printed.parse_persist)]
Facility = Annotated[
    Literal[
        "DAEMON", "USER", "AUTH", "AUTHPRIV",
        "LOCAL0", "LOCAL1", "LOCAL2", "LOCAL3", "LOCAL4", "LOCAL5", "LOCAL6", "LOCAL7",
    ],
    parsed_by(parse_printed.parse_word),
]  # fmt: skip
Forwarding = Annotated[Literal["yes", "no", "local", "remote"], parsed_by(parse_printed.parse_word)]
GatewayPorts = Annotated[Literal["yes", "no", "clientspecified"], parsed_by(parse_printed.parse_word)]
Hash = Annotated[Literal["MD5", "SHA1", "SHA256", "SHA384", "SHA512"], parsed_by(parse_printed.parse_word)]
IgnoreRhosts = Annotated[Literal["yes", "no", "shosts-only"], parsed_by(parse_printed.parse_word)]
LogLevel = Annotated[
    Literal["QUIET", "FATAL", "ERROR", "INFO", "VERBOSE", "DEBUG", "DEBUG2", "DEBUG3"],
    parsed_by(parse_printed.parse_word),
]
PermitRootLogin = Annotated[
    Literal["yes", "no", "prohibit-password", "forced-commands-only"], parsed_by(parse_printed.parse_word)
]
PubkeyAuthentication = Annotated[
    Literal["yes", "no", "unbound", "host-bound"], parsed_by(parse_printed.parse_word)
]
RequestTTY = Annotated[Literal["yes", "no", "force", "auto"], parsed_by(parse_printed.parse_word)]
SessionType = Annotated[Literal["none", "subsystem", "default"], parsed_by(parse_printed.parse_word)]
StrictHostKeyChecking = Annotated[
    Literal["yes", "no", "ask", "accept-new"], parsed_by(parse_printed.parse_word)
]
Tunnel = Annotated[Literal["yes", "no", "point-to-point", "ethernet"], parsed_by(parse_printed.parse_word)]
WarnWeakCrypto = Annotated[Literal["yes", "no", "no-pq-kex"], parsed_by(parse_printed.parse_word)]
