"""The table of targets, from the table of distributions."""

from itertools import groupby

from sshkeep.openssh.distributions import DISTRIBUTIONS, UNSURE, Family

INCLUDES = {"top": "first", "end": "last", "none": "not included", "": "not looked at"}


def targets_table() -> list[str]:
    """Markdown lines: a row for each family, unsure releases with a question mark."""
    head = ("Targets, with their OpenSSH", "Patches", "Files", "Drop-ins of the stock sshd_config")
    rows = [f"| {' | '.join(head)} |", "| --- | --- | --- | --- |"]
    for family in DISTRIBUTIONS:
        patches = "" if family.vendor == "openssh" else family.vendor
        cells = (_releases(family), patches, ", ".join(family.folders), INCLUDES[family.include])
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def _releases(family: Family) -> str:
    shown = []
    for (_, release, unsure), names in groupby(family.releases, lambda name: _seen(family, name)):
        first, *more = names
        last = f" to `{more[-1]}`" if more else ""
        shown.append(f"`{first}`{last} {release}{'?' if unsure else ''}")
    return ", ".join(shown)


def _seen(family: Family, name: str) -> tuple[str, str, bool]:
    """What neighbours in a row share: rhel-9.0 to rhel-9.2."""
    release, source = family.releases[name]
    return name.rpartition(".")[0] or name, str(release), source in UNSURE
