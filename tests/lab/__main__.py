"""The lab by hand: python -m tests.lab [PART OF A NAME]    prints set-up, predicted, seen.

Needs root, iproute2, nftables and the releases of ``python -m tests.oracle.releases fetch``. Exit 1: something
came otherwise than predicted.
"""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.lab.comparison import differences, predicted_words, seen_words
from tests.lab.prediction import predict, prediction_of
from tests.lab.run import run_lab
from tests.lab.setups import SETUPS


def main(part: str) -> int:
    chosen = {name: setup for name, setup in SETUPS.items() if part in name}
    with TemporaryDirectory(prefix="sshkeep-lab-") as folder:
        answers = json.loads(predict(chosen, Path(folder)).read_text())
    predictions = {name: prediction_of(setup, answers[name]) for name, setup in chosen.items()}
    wrong = 0
    for name, seen in zip(chosen, run_lab(list(chosen.values())), strict=True):
        found = differences(predictions[name], seen)
        wrong += bool(found)
        print(
            f"{name}\n    predicted  {predicted_words(predictions[name])}\n    seen       {seen_words(seen)}"
        )
        print("".join(f"    WRONG      {difference}\n" for difference in found), end="")
    print(f"{len(chosen)} set-ups, {wrong} of them otherwise than predicted")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
