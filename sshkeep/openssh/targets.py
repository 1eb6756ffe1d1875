"""Targets: a release of OpenSSH and whose patches it carries."""

from __future__ import annotations

from collections.abc import Iterable

from sshkeep.errors import SshkeepError
from sshkeep.lookup import MAX_NAME_COMPARED, suggestion
from sshkeep.named import NamedTuple
from sshkeep.openssh.releases import (
    INCLUDE_ENDS_START,
    NEWEST,
    OLDEST,
    SSHD_NEVER_DISCONNECTS_AT_COUNT_ZERO,
    Release,
)
from sshkeep.openssh.vendors import Feature, Vendor


class Target(NamedTuple):
    """What a config is read for.

    ``vendor`` is whose patches it carries. ``lacks``, ``folders``
    and ``include``: see `distributions.Family`. ``source`` is where it was seen that the
    distribution ships this release; empty for a release that was named or asked for itself.
    """

    name: str
    release: Release
    vendor: Vendor = "openssh"
    lacks: tuple[Feature, ...] = ()
    folders: tuple[str, ...] = ("/etc/ssh",)
    include: str = "none"
    source: str = ""

    @property
    def verified(self) -> bool:
        """Whether the release was seen in the distribution's own packages, listings or files."""
        from sshkeep.openssh.distributions import UNSURE

        return self.source not in UNSURE

    @property
    def version_text(self) -> str:
        """What `Match version` compares with (SSH_RELEASE in version.h).

        Debian and Ubuntu add the revision of their package, which the release alone does not tell.
        """
        from sshkeep.openssh.distributions import PORTABLE_REVISION, VERSION_TEXTS

        text = f"OpenSSH_{self.release}p{PORTABLE_REVISION.get(self.release, 1)}"
        if self.vendor == "debian":
            text += " Ubuntu-1" if self.name.startswith("ubuntu") else " Debian-1"
        return VERSION_TEXTS.get(self.name, text)

    @property
    def count_zero_is_never(self) -> bool:
        """Whether ClientAliveCountMax 0 means that sshd never disconnects a silent client.

        On RHEL 8, too, from 8.0p1-13 (rhel-8.6) on: openssh-8.0p1-client_alive_count_max.patch.
        """
        return self.release >= SSHD_NEVER_DISCONNECTS_AT_COUNT_ZERO or self.vendor == "redhat"

    @property
    def has_policy_on_command_line(self) -> bool:
        """Whether the unit passes the system's crypto policy to sshd: RHEL 8 does."""
        return self.vendor == "redhat" and self.name.startswith("rhel-8")

    @property
    def include_ends_start(self) -> bool:
        """Whether sshd has the faults of INCLUDE_ENDS_START.

        Ubuntu (lp-1876320, lp-2012298) and Fedora patched them; of Fedora's patch only the name was seen.
        """
        first, last = INCLUDE_ENDS_START
        return first <= self.release <= last and self.vendor not in ("debian", "fedora")


NEWEST_TARGET = Target(f"openssh-{NEWEST}", NEWEST)


def target_of(name: str) -> Target:
    """The target called ``name``, such as ``openssh-9.2``, ``debian-12`` or ``rhel-9``, its newest.

    Other names of a target, such as ``bookworm`` or ``9.2``, stand for its own. Raises SshkeepError for a
    name that is not known and a release that is too old or too new.
    """
    release = _upstream_release(name)
    if release:
        return Target(name, checked(release))
    found = _distribution(name)
    if found:
        return found
    from sshkeep.openssh.target_aliases import alias_target

    own_name = alias_target(name[:MAX_NAME_COMPARED])
    if own_name != name:
        return target_of(own_name)
    raise _unknown(name)


def checked(release: Release) -> Release:
    """``release`` itself; raises SshkeepError when it is outside what sshkeep knows."""
    if not OLDEST <= release <= NEWEST:
        raise SshkeepError(
            f"OpenSSH {release} is outside the releases sshkeep knows",
            f"it reads configs for {OLDEST} to {NEWEST}",
        )
    return release


def installed_as(release: Release, system: str, like: Iterable[str], version: str) -> Target:
    """The target of a machine that has ``release``.

    ``system`` and ``version`` are ID and VERSION_ID of /etc/os-release, or what stands for them
    elsewhere (macos, 15); ``like`` is ID_LIKE. The release counts where the table has another.
    """
    from sshkeep.openssh.distributions import VENDOR_OF_SYSTEM

    shorter = ".".join(version.split(".")[:2])
    for name in (f"{system}-{version}", f"{system}-{shorter}") if version else (system,):
        exact = _distribution(name)
        if exact and exact.release == release:
            return exact
    vendor = next((VENDOR_OF_SYSTEM[name] for name in (system, *like) if name in VENDOR_OF_SYSTEM), "")
    if not vendor:
        return Target(f"openssh-{release}", release)
    return _nearest(vendor, release)._replace(
        name=f"{vendor}'s openssh-{release}", release=release, source=""
    )


def all_targets() -> dict[str, Target]:
    """Every distribution's target by its full name, in the order of the table."""
    from sshkeep.openssh.distributions import DISTRIBUTIONS

    return {
        name: Target(name, release, family.vendor, family.lacks, family.folders, family.include, source)
        for family in DISTRIBUTIONS
        for name, (release, source) in family.releases.items()
    }


def _nearest(vendor: str, release: Release) -> Target:
    """The vendor's newest target up to ``release``, for what its packages leave out and where files are."""
    targets = sorted((t for t in all_targets().values() if t.vendor == vendor), key=lambda t: t.release)
    return next((t for t in reversed(targets) if t.release <= release), targets[0])


def _upstream_release(name: str) -> Release | None:
    system, _, numbers = name.partition("-")
    major, _, minor = numbers.partition(".")
    if system != "openssh" or not all(n.isascii() and n.isdigit() and len(n) <= 3 for n in (major, minor)):
        return None
    return Release(int(major), int(minor))


def _distribution(name: str) -> Target | None:
    from sshkeep.openssh.distributions import SAME_AS

    for other, system in SAME_AS.items():
        version = name.removeprefix(f"{other}-")
        if version != name and not name.startswith(f"{system}-"):
            found = _newest(f"{system}-{version}")
            return found and found._replace(name=other + found.name.removeprefix(system))
    return _newest(name)


def _newest(name: str) -> Target | None:
    """The target of this name, or the last of those with more behind it: rhel-9.8 for rhel-9."""
    targets = all_targets()
    if name in targets or not any(character in "0123456789" for character in name):
        return targets.get(name)
    longer = [target for full, target in targets.items() if full.startswith((f"{name}.", f"{name}-"))]
    return longer[-1] if longer else None


def _unknown(name: str) -> SshkeepError:
    from sshkeep.openssh.distributions import SAME_AS, TOO_OLD

    system, _, version = name.partition("-")
    old = TOO_OLD.get(name) or TOO_OLD.get(f"{SAME_AS.get(system, system)}-{version.partition('.')[0]}")
    if old:
        return SshkeepError(
            f"{name} ships OpenSSH {old}, older than sshkeep knows",
            f"it reads configs for {OLDEST} to {NEWEST}",
        )
    from sshkeep.openssh.target_aliases import targets_with_aliases

    listed = targets_with_aliases()
    aliases = [alias for each in listed.values() for alias in each if alias[0].isalpha()]
    names = [*listed, *aliases, "rocky-9", "alma-9"]
    kin = [each for each in names if each.startswith(f"{system}-")]
    return SshkeepError(
        f"unknown target {name[:MAX_NAME_COMPARED]!r}", suggestion("target", name, kin or names)
    )
