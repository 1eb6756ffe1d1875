"""The types of settings: what a field holds, and how it is read from what OpenSSH prints."""

from __future__ import annotations

from typing import Annotated, Literal

from sshkeep.settings import parts, read, read_parts
from sshkeep.settings.read import reads

# Plain values.

Flag = Annotated[bool, reads(read.flag)]
FlagOrAll = Annotated[bool | Literal["all"], reads(read.flag_or_text)]
FlagOrText = Annotated[bool | str, reads(read.flag_or_text)]
Count = Annotated[int, reads(read.number)]
CountOrNone = Annotated[int | None, reads(read.number_or_none)]
Seconds = Annotated[int, reads(read.number)]
SecondsOrNone = Annotated[int | None, reads(read.number_or_none)]
Milliseconds = Annotated[int, reads(read.keystrokes)]
Mask = Annotated[int, reads(read.octal)]
Port = Annotated[int, reads(read.number)]
Text = Annotated[str, reads(read.text)]
TextOrNone = Annotated[str | None, reads(read.text_or_none)]

# Lists.

Algorithms = Annotated[tuple[str, ...], reads(read.commas)]
Commas = Annotated[tuple[str, ...], reads(read.commas)]
Lines = Annotated[tuple[str, ...], reads(read.lines)]
Ports = Annotated[tuple[int, ...], reads(read.numbers)]
Words = Annotated[tuple[str, ...], reads(read.words)]
ByName = Annotated[dict[str, str], reads(read.by_name)]
Environment = Annotated[dict[str, str], reads(read.environment)]
Methods = Annotated[Literal["any"] | tuple[tuple[str, ...], ...], reads(read.methods)]
Permissions = Annotated[Literal["any", "none"] | tuple[str, ...], reads(read.permissions)]

# Several values.

AddKeysToAgent = Annotated[parts.AddKeysToAgent, reads(read_parts.add_keys)]
AgentSocketPath = Annotated[parts.AgentSocketPath, reads(read_parts.agent_socket)]
ChannelTimeouts = Annotated[tuple[parts.ChannelTimeout, ...], reads(read_parts.channel_timeouts)]
Forwards = Annotated[tuple[parts.Forward, ...], reads(read_parts.forwards)]
IPQoS = Annotated[parts.IPQoS, reads(read_parts.ipqos)]
ListenAddresses = Annotated[tuple[parts.ListenAddress, ...], reads(read_parts.listen_addresses)]
MaxStartups = Annotated[parts.MaxStartups, reads(read_parts.max_startups)]
PerSourcePenalties = Annotated[parts.PerSourcePenalties, reads(read_parts.penalties)]
PubkeyAuthOptions = Annotated[parts.PubkeyAuthOptions, reads(read_parts.pubkey_options)]
RekeyLimit = Annotated[parts.RekeyLimit, reads(read_parts.rekey_limit)]
SourceBlock = Annotated[parts.SourceBlock, reads(read_parts.source_block)]
TunnelDevice = Annotated[parts.TunnelDevice, reads(read_parts.tunnel_device)]

# Words of a fixed set.

AddressFamily = Annotated[Literal["any", "inet", "inet6"], reads(read.word)]
AskWord = Annotated[Literal["yes", "no", "ask"], reads(read.word)]
CanonicalizeHostname = Annotated[Literal["yes", "no", "always"], reads(read.word)]
ControlMaster = Annotated[Literal["yes", "no", "ask", "auto", "autoask"], reads(read.word)]
ControlPersist = Annotated[Literal["yes", "no"] | int, reads(read.persist)]
Facility = Annotated[
    Literal[
        "DAEMON", "USER", "AUTH", "AUTHPRIV",
        "LOCAL0", "LOCAL1", "LOCAL2", "LOCAL3", "LOCAL4", "LOCAL5", "LOCAL6", "LOCAL7",
    ],
    reads(read.word),
]  # fmt: skip
Forwarding = Annotated[Literal["yes", "no", "local", "remote"], reads(read.word)]
GatewayPorts = Annotated[Literal["yes", "no", "clientspecified"], reads(read.word)]
Hash = Annotated[Literal["MD5", "SHA1", "SHA256", "SHA384", "SHA512"], reads(read.word)]
IgnoreRhosts = Annotated[Literal["yes", "no", "shosts-only"], reads(read.word)]
LogLevel = Annotated[
    Literal["QUIET", "FATAL", "ERROR", "INFO", "VERBOSE", "DEBUG", "DEBUG2", "DEBUG3"], reads(read.word)
]
PermitRootLogin = Annotated[
    Literal["yes", "no", "prohibit-password", "forced-commands-only"], reads(read.word)
]
PubkeyAuthentication = Annotated[Literal["yes", "no", "unbound", "host-bound"], reads(read.word)]
RequestTTY = Annotated[Literal["yes", "no", "force", "auto"], reads(read.word)]
SessionType = Annotated[Literal["none", "subsystem", "default"], reads(read.word)]
StrictHostKeyChecking = Annotated[Literal["yes", "no", "ask", "accept-new"], reads(read.word)]
Tunnel = Annotated[Literal["yes", "no", "point-to-point", "ethernet"], reads(read.word)]
WarnWeakCrypto = Annotated[Literal["yes", "no", "no-pq-kex"], reads(read.word)]
