"""The table of docs/fleet.md: how many hosts end right, by the way that sets an option."""

from tests.ansible.lab.comparison import WAYS, compare, table
from tests.ansible.lab.fleet import Fleet
from tests.program import ROOT

PAGE = ROOT / "docs" / "fleet.md"


def test_the_table_is_what_comes_out(machines: Fleet) -> None:
    measured = "\n".join(table({way: compare(machines, tasks) for way, tasks in WAYS.items()}))
    assert measured in PAGE.read_text("utf-8"), measured
