"""The machines of the fleet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.ansible.lab import layouts
from tests.trial.guest import Guest
from tests.trial.kinds import NO_INIT, SYSTEMD, Kind


class Plan(NamedTuple):
    """One machine: ``suite`` is the release of its OpenSSH, ``layout`` its files, ``spoil`` what becomes of it after boot."""

    suite: str
    layout: Callable[[Path], None]
    kind: Kind = NO_INIT
    spoil: Callable[[Guest], object] = lambda guest: None


def _broken(guest: Guest) -> None:
    """sshd runs, and would not start again."""
    guest.path("/etc/ssh/sshd_config").write_text(f"Protocoll 2\n{layouts.STOCK}")


def _read_only(guest: Guest) -> None:
    guest.shell("mount --bind /etc /etc && mount -o remount,bind,ro /etc")


PLANS = {
    "stock": Plan("bookworm", layouts.stock, SYSTEMD),
    "cloud": Plan("bookworm", layouts.cloud_image, SYSTEMD),
    "match": Plan("bullseye", layouts.trailing_match),
    "rhel": Plan("trixie", layouts.crypto_policy),
    "suse": Plan("sid", layouts.vendor_folder),
    "linked": Plan("trixie", layouts.linked),
    "broken": Plan("sid", layouts.stock, spoil=_broken),
    "readonly": Plan("bookworm", layouts.stock, spoil=_read_only),
}

SMALL = {"small": Plan("trixie", layouts.busybox)}
"""As Alpine: all commands of the shell are busybox's."""

ALL = {**PLANS, **SMALL}
