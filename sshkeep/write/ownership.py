"""Which files root may write because a config includes them."""

from __future__ import annotations

import os
from collections.abc import Iterable

from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.system.trust import effective_user


def check_ownership(top: str, changes: Iterable[Change]) -> None:
    """Raises SshkeepError where root would write to files that the owner of the config ``top`` does not own.

    A user decides what their config includes; root's rights are not meant for that. Root's own configs may
    include any file.
    """
    if effective_user() != 0 or not hasattr(os, "getuid"):
        return
    try:
        # The folder of a config that is to be created may be missing, too.
        owner = os.stat(_existing(top)).st_uid
        for change in changes:
            place = change.path if change.before is not None else _existing(os.path.dirname(change.path))
            if owner != 0 and os.stat(place).st_uid != owner:
                raise SshkeepError(
                    f"{change.path} belongs to another user than {top}, which includes it",
                    "nothing was written; name that file itself if you mean it",
                )
    except OSError as error:
        raise SshkeepError(f"can't look at {error.filename}: {error.strerror}") from None


def _existing(path: str) -> str:
    """The path, or the nearest directory above it that exists."""
    while path and not os.path.exists(path):
        path = os.path.dirname(path)
    return path or "."
