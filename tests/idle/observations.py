"""Runs of real ssh and sshd behind a real NAT: what was set up, and what was seen."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path as File
from typing import Any, NamedTuple

from sshkeep.idle.endpoint_config import EndpointConfig
from sshkeep.idle.model.endpoint import Role
from sshkeep.idle.model.kernel import Kernel
from sshkeep.idle.model.network_path import ExpiryAction, NetworkPath
from tests.idle.endpoint_configs import endpoint_of

FILE = File(__file__).with_name("observations.json")
EXPIRY: dict[str, ExpiryAction] = {"silent": "silent", "rst": "rst", "loose": "recreate"}
DEBIAN = {"9.2": "debian-12"}
KERNEL = {
    "tcp_keepalive_time": "keepalive_time",
    "tcp_keepalive_intvl": "keepalive_intvl",
    "tcp_keepalive_probes": "keepalive_probes",
    "tcp_retries2": "retries2",
}


class Case(NamedTuple):
    """One set-up: both ends as sshkeep reads their configs, the path, and what was done to it."""

    name: str
    server: EndpointConfig
    client: EndpointConfig
    jump: EndpointConfig | None
    path: NetworkPath
    idle: float
    done: str
    observed_for: float
    raw: Mapping[str, Any]
    runs: Sequence[Mapping[str, Any]]


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    """All of them."""
    return tuple(_case(raw) for raw in json.loads(FILE.read_text())["cases"])


def _case(raw: Mapping[str, Any]) -> Case:
    client = dict(raw["client"], config=raw.get("control_master_config", raw["client"]["config"]))
    jump = _end("client", dict(client, config=raw["jump_config"])) if "jump_config" in raw else None
    return Case(
        name=raw["case"],
        server=_end("server", raw["server"]),
        client=_end("client", client),
        jump=jump,
        path=NetworkPath("nat", raw["path_timeout"], EXPIRY[raw["nat"]], counts_kernel=True),
        idle=raw["idle_seconds"],
        done=raw["speaks_after_idle"],
        observed_for=raw["observed_for"],
        raw=raw,
        runs=raw["runs"],
    )


def _end(role: Role, raw: Mapping[str, Any]) -> EndpointConfig:
    target = DEBIAN[raw["release"]] if raw["vendor"] == "debian" else f"openssh-{raw['release']}"
    text = "".join(f"{line}\n" for line in raw["config"])
    kernel = Kernel(**{KERNEL[name]: value for name, value in raw["kernel"].items()})
    return endpoint_of(role, text, target, kernel)
