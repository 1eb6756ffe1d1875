"""The types of settings: what a field holds, and how it is read from what OpenSSH prints."""

from __future__ import annotations

from typing import Annotated, Literal

from sshkeep.settings import compound, parse_compound, parse_printed
from sshkeep.settings.parse_printed import parsed_by

# Plain values.

Flag = Annotated[bool, parsed_by(parse_printed.flag)]
FlagOrAll = Annotated[bool | Literal["all"], parsed_by(parse_printed.flag_or_text)]
FlagOrText = Annotated[bool | str, parsed_by(parse_printed.flag_or_text)]
Count = Annotated[int, parsed_by(parse_printed.number)]
CountOrNone = Annotated[int | None, parsed_by(parse_printed.number_or_none)]
Seconds = Annotated[int, parsed_by(parse_printed.number)]
SecondsOrNone = Annotated[int | None, parsed_by(parse_printed.number_or_none)]
Milliseconds = Annotated[int, parsed_by(parse_printed.keystrokes)]
Mask = Annotated[int, parsed_by(parse_printed.octal)]
Port = Annotated[int, parsed_by(parse_printed.number)]
Text = Annotated[str, parsed_by(parse_printed.text)]
TextOrNone = Annotated[str | None, parsed_by(parse_printed.text_or_none)]

# Lists.

Algorithms = Annotated[tuple[str, ...], parsed_by(parse_printed.commas)]
Commas = Annotated[tuple[str, ...], parsed_by(parse_printed.commas)]
Lines = Annotated[tuple[str, ...], parsed_by(parse_printed.lines)]
Ports = Annotated[tuple[int, ...], parsed_by(parse_printed.numbers)]
Words = Annotated[tuple[str, ...], parsed_by(parse_printed.words)]
ByName = Annotated[dict[str, str], parsed_by(parse_printed.by_name)]
Environment = Annotated[dict[str, str], parsed_by(parse_printed.environment)]
Methods = Annotated[Literal["any"] | tuple[tuple[str, ...], ...], parsed_by(parse_printed.methods)]
Permissions = Annotated[Literal["any", "none"] | tuple[str, ...], parsed_by(parse_printed.permissions)]

# Several values.

AddKeysToAgent = Annotated[compound.AddKeysToAgent, parsed_by(parse_compound.add_keys)]
AgentSocketPath = Annotated[compound.AgentSocketPath, parsed_by(parse_compound.agent_socket)]
ChannelTimeouts = Annotated[tuple[compound.ChannelTimeout, ...], parsed_by(parse_compound.channel_timeouts)]
Forwards = Annotated[tuple[compound.Forward, ...], parsed_by(parse_compound.forwards)]
IPQoS = Annotated[compound.IPQoS, parsed_by(parse_compound.ipqos)]
ListenAddresses = Annotated[tuple[compound.ListenAddress, ...], parsed_by(parse_compound.listen_addresses)]
MaxStartups = Annotated[compound.MaxStartups, parsed_by(parse_compound.max_startups)]
PerSourcePenalties = Annotated[compound.PerSourcePenalties, parsed_by(parse_compound.penalties)]
PubkeyAuthOptions = Annotated[compound.PubkeyAuthOptions, parsed_by(parse_compound.pubkey_options)]
RekeyLimit = Annotated[compound.RekeyLimit, parsed_by(parse_compound.rekey_limit)]
SourceBlock = Annotated[compound.SourceBlock, parsed_by(parse_compound.source_block)]
TunnelDevice = Annotated[compound.TunnelDevice, parsed_by(parse_compound.tunnel_device)]

# Words of a fixed set.

AddressFamily = Annotated[Literal["any", "inet", "inet6"], parsed_by(parse_printed.word)]
AskWord = Annotated[Literal["yes", "no", "ask"], parsed_by(parse_printed.word)]
CanonicalizeHostname = Annotated[Literal["yes", "no", "always"], parsed_by(parse_printed.word)]
ControlMaster = Annotated[Literal["yes", "no", "ask", "auto", "autoask"], parsed_by(parse_printed.word)]
ControlPersist = Annotated[Literal["yes", "no"] | int, parsed_by(parse_printed.persist)]
Facility = Annotated[
    Literal[
        "DAEMON", "USER", "AUTH", "AUTHPRIV",
        "LOCAL0", "LOCAL1", "LOCAL2", "LOCAL3", "LOCAL4", "LOCAL5", "LOCAL6", "LOCAL7",
    ],
    parsed_by(parse_printed.word),
]  # fmt: skip
Forwarding = Annotated[Literal["yes", "no", "local", "remote"], parsed_by(parse_printed.word)]
GatewayPorts = Annotated[Literal["yes", "no", "clientspecified"], parsed_by(parse_printed.word)]
Hash = Annotated[Literal["MD5", "SHA1", "SHA256", "SHA384", "SHA512"], parsed_by(parse_printed.word)]
IgnoreRhosts = Annotated[Literal["yes", "no", "shosts-only"], parsed_by(parse_printed.word)]
LogLevel = Annotated[
    Literal["QUIET", "FATAL", "ERROR", "INFO", "VERBOSE", "DEBUG", "DEBUG2", "DEBUG3"],
    parsed_by(parse_printed.word),
]
PermitRootLogin = Annotated[
    Literal["yes", "no", "prohibit-password", "forced-commands-only"], parsed_by(parse_printed.word)
]
PubkeyAuthentication = Annotated[Literal["yes", "no", "unbound", "host-bound"], parsed_by(parse_printed.word)]
RequestTTY = Annotated[Literal["yes", "no", "force", "auto"], parsed_by(parse_printed.word)]
SessionType = Annotated[Literal["none", "subsystem", "default"], parsed_by(parse_printed.word)]
StrictHostKeyChecking = Annotated[Literal["yes", "no", "ask", "accept-new"], parsed_by(parse_printed.word)]
Tunnel = Annotated[Literal["yes", "no", "point-to-point", "ethernet"], parsed_by(parse_printed.word)]
WarnWeakCrypto = Annotated[Literal["yes", "no", "no-pq-kex"], parsed_by(parse_printed.word)]
