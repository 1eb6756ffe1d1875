"""What is mutated, and the tests that must see it: those that lie parallel to the code, in one process."""

from __future__ import annotations

from typing import NamedTuple


class Part(NamedTuple):
    """A folder of modules, the tests for it, and what pytest's ``-k`` leaves out of them.

    Tests that start programs are left out: the programs would run the code without the mutation.
    """

    folder: str
    tests: tuple[str, ...]
    selection: str = ""


PARTS = {
    "values": Part(
        "sshkeep/openssh/values", ("tests/openssh/values",), "not test_openssh_has_the_same_values"
    ),
    # Its generated configs would take ten seconds for each mutant that survives.
    "precedence": Part("sshkeep/config/precedence", ("tests/config/precedence",), "not test_views"),
    "edit": Part(
        "sshkeep/edit",
        ("tests/edit",),
        "not test_wrong_use and not test_a_file_with_nul_bytes and not test_what_another_option_overrules",
    ),
    "proof": Part("sshkeep/fix/proof", ("tests/fix/proof",)),
}


def part_of_module(path: str) -> Part | None:
    """The part with the tests of its folder, for the one module at ``path``."""
    for part in PARTS.values():
        if path.startswith(f"{part.folder}/") and path.endswith(".py"):
            return part._replace(folder=path)
    return None
