"""The process that the lab is: everything it starts and makes is gone when it is, however it ends.

Started by tests.lab.run as the first process of a process namespace of its own, with private mounts. It reads
a pickled `Order` and answers with a pickled list of `Seen`, in the order of the set-ups. It ends at once when its
input does, which is when the process that ordered is gone.
"""

import os
import pickle
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from tests.lab.enclosure import furnish
from tests.lab.setups import SetUp
from tests.lab.watch import Seen, watch


class Order(NamedTuple):
    """What to watch, all at the same time; ``roots`` are the folders of the releases that are named."""

    setups: Sequence[SetUp]
    roots: Mapping[str, Path]


def main() -> None:
    """Serve one order."""
    order: Order = pickle.load(sys.stdin.buffer)
    Thread(target=_end_with_input, daemon=True).start()
    furnish(set(order.roots.values()))
    sys.stdout.buffer.write(pickle.dumps(_watch_all(order)))


def _watch_all(order: Order) -> list[Seen]:
    """Those that take longest log in first."""
    numbers = sorted(range(len(order.setups)), key=lambda number: -order.setups[number].watch)
    with ThreadPoolExecutor(len(numbers)) as pool:
        runs = {number: pool.submit(watch, number, order.setups[number], order.roots) for number in numbers}
    return [runs[number].result() for number in sorted(runs)]


def _end_with_input() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
