"""What commands that show a config say of the sshd that runs."""

from __future__ import annotations

from collections.abc import Iterable

from sshkeep.cli.messages import print_notes
from sshkeep.trees.tree import Tree


def report_unread_change(shown: Iterable[tuple[Tree, Iterable[str]]]) -> None:
    """Note that the running sshd has read its files before they were changed."""
    for tree, files in shown:
        if tree.kind == "sshd_config" and tree.tops[0].place.live:
            # Imported here, since most configs are not this machine's sshd's.
            from sshkeep.reload.unread_change import unread_change

            note = unread_change(files)
            if note:
                print_notes([note])
                return
