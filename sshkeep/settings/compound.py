"""Settings with several parts."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    """Immutable; equal if all values are equal."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class RekeyLimit(Part):
    """How much may be sent under one session key."""

    size: int = Field(description="bytes; 0: what the cipher allows")
    seconds: int = Field(description="0: as long as it takes")


class MaxStartups(Part):
    """How many connections may wait for their login."""

    begin: int = Field(description="with so many waiting, new ones begin to be dropped at random")
    rate: int = Field(description="per cent dropped then; grows until `full`")
    full: int = Field(description="with so many waiting, all new ones are dropped")


class SourceBlock(Part):
    """Bits of an address that make two addresses one source."""

    ipv4: int
    ipv6: int


class IPQoS(Part):
    """Classes of traffic, as DSCP names or 0x numbers; null leaves them to the system."""

    interactive: str | None
    bulk: str | None


class ListenAddress(Part):
    """An address that sshd listens on, without brackets."""

    address: str
    port: int
    rdomain: str | None = None


class ChannelTimeout(Part):
    """When a kind of channel is closed for lack of traffic."""

    type: str = Field(description="a kind of channel or a pattern; global: all channels together")
    seconds: int


class ForwardEndpoint(Part):
    """One end of a forwarding: a port, perhaps of one address, or a Unix socket."""

    host: str | None = Field(default=None, description="without brackets; null where GatewayPorts decides")
    port: int | None = None
    path: str | None = Field(default=None, description="a socket, or what holds ${VARIABLES}")


class Forward(Part):
    """A forwarding; ``connect`` is null where ssh acts as a SOCKS proxy."""

    listen: ForwardEndpoint
    connect: ForwardEndpoint | None = None


class TunnelDevice(Part):
    """Numbers of the tunnel devices here and on the server."""

    local: int | Literal["any"]
    remote: int | Literal["any"]


class AddKeysToAgent(Part):
    """Whether keys are put into the agent, and for how long."""

    add: Literal["yes", "no", "ask", "confirm"]
    seconds: int | None = Field(default=None, description="null: until they are removed")


class AgentSocketPath(Part):
    """Where sockets of forwarded agents are made."""

    whose: Literal["user", "shared"]
    path: str


class PubkeyAuthOptions(Part):
    """What FIDO keys must prove, and how many keys may be offered (10.6)."""

    touch_required: bool = False
    verify_required: bool = False
    max_pk_ok: int | None = None


class PerSourcePenalties(Part):
    """Seconds for which an address is refused after an offence; null for what the release does not know."""

    enabled: bool
    crash: float | None = None
    authfail: float | None = None
    noauth: float | None = None
    invaliduser: float | None = None
    grace_exceeded: float | None = None
    refuseconnection: float | None = None
    max: float | None = Field(default=None, description="no penalty grows beyond this")
    min: float | None = Field(default=None, description="below this a penalty has no effect")
    max_sources4: int | None = None
    max_sources6: int | None = None
    overflow: Literal["deny-all", "permissive"] | None = None
    overflow6: Literal["deny-all", "permissive"] | None = None
