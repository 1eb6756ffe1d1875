"""A private directory for copies of configs, which is removed afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sshkeep.validate.result import CannotValidate

PARENT = "/tmp"  # noqa: S108 - its sticky bit keeps the directory ours; TMPDIR may be another user's


@contextmanager
def scratch_directory() -> Iterator[str]:
    """The path of a new directory of mode 0700.

    Raises CannotValidate where the files don't fit, also for an OSError of the code that uses it.
    """
    from shutil import rmtree
    from tempfile import mkdtemp

    path = ""
    try:
        path = mkdtemp(prefix="sshkeep-validate-", dir=PARENT)
        yield path
    except OSError as error:
        raise CannotValidate(f"can't make a copy in {PARENT}: {error.strerror}") from None
    finally:
        if path:
            rmtree(path, ignore_errors=True)


def write_scratch_file(path: str, data: bytes) -> None:
    """Create a file of mode 0600 in a scratch directory. Raises OSError, also where the name is taken."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(path, flags, 0o600), "wb") as stream:
        stream.write(data)
