"""Scenarios: tests of one machine each, that all run at the same time, since most of their time they wait.

The first test process that comes to one runs all that pytest has chosen, and writes down how each ended; each test then
passes or fails as its scenario did. A scenario that fails shows what was run on its machine and what the machine looked like afterwards.
"""

import fcntl
import json
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Literal, NamedTuple

import pytest

from tests.trial.container import MachineFailed
from tests.trial.kinds import Kind
from tests.trial.layer import make_layer
from tests.trial.machine import Machine

AT_ONCE = 16
"""Machines: so many that two cores are busy, and so few that a trial's ten seconds are enough for what is done in it."""

Story = Callable[[Machine], None]


class Scenario(NamedTuple):
    """One function on one kind of machine."""

    name: str
    """As pytest has it: ``test_this[systemd]``."""
    story: Story
    kind: Kind


class Outcome(NamedTuple):
    """``failed``: an assertion of the scenario's; ``broken``: anything else. ``text`` has all that was seen."""

    ended: Literal["passed", "failed", "broken"]
    text: str = ""


SCENARIOS: dict[str, Scenario] = {}
"""Those of all modules that were imported, by name."""


def scenario(*kinds: Kind) -> Callable[[Story], Callable[..., None]]:
    """Make a test for each of ``kinds`` of a function that gets a machine of that kind."""

    def decorate(story: Story) -> Callable[..., None]:
        cases = []
        for kind in kinds:
            each = Scenario(f"{story.__name__}[{kind.name}]", story, kind)
            SCENARIOS[each.name] = each
            cases.append(pytest.param(each.name, id=kind.name))

        def test(name: str, outcomes: Mapping[str, Outcome]) -> None:
            __tracebackhide__ = True
            ended, text = outcomes[name]
            if ended == "failed":
                raise AssertionError(text)
            if ended == "broken":
                raise MachineFailed(text)

        test.__name__, test.__doc__ = story.__name__, story.__doc__
        marked: Callable[..., None] = pytest.mark.parametrize("name", cases)(test)
        return marked

    return decorate


def run_once(chosen: Iterable[Scenario], folder: Path) -> dict[str, Outcome]:
    """How they ended, by name. ``folder`` is the same for all processes of a test run: the first one runs them all."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        file = folder / "outcomes.json"
        if not file.exists():
            file.write_text(json.dumps(run_all(list(chosen))))
        return {name: Outcome(*outcome) for name, outcome in json.loads(file.read_text()).items()}


class _Machines:
    """Those that run now, so that an interrupt can end them at once."""

    def __init__(self) -> None:
        self._running: list[Machine] = []
        self._interrupted = Event()

    def add(self, machine: Machine) -> None:
        """Raises MachineFailed after an interrupt."""
        self._running.append(machine)
        self.check()

    def remove(self, machine: Machine) -> None:
        self._running.remove(machine)
        machine.close()

    def check(self) -> None:
        """Raises MachineFailed after an interrupt: nothing is to be started any more."""
        if self._interrupted.is_set():
            raise MachineFailed("interrupted")

    def end_all(self) -> None:
        self._interrupted.set()
        for machine in list(self._running):
            machine.close()


def run_all(chosen: Sequence[Scenario]) -> dict[str, Outcome]:
    """Run them at the same time; how each ended, by name."""
    machines = _Machines()
    with TemporaryDirectory(prefix="sshkeep-machines-") as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        layer = make_layer(Path(folder, "layer"))
        ended = {
            each.name: pool.submit(_run, each, layer, Path(folder, f"{number}.log"), machines)
            for number, each in enumerate(chosen)
        }
        try:
            return {name: future.result() for name, future in ended.items()}
        except BaseException:
            machines.end_all()
            raise


def _run(each: Scenario, layer: Path, log: Path, machines: _Machines) -> Outcome:
    try:
        machines.check()
        machine = Machine(each.kind, layer, log)
    except Exception:
        return Outcome("broken", traceback.format_exc())
    try:
        machines.add(machine)
        each.story(machine)
    except AssertionError:
        return Outcome("failed", f"{traceback.format_exc()}\n{_picture(machine)}")
    except Exception:
        return Outcome("broken", f"{traceback.format_exc()}\n{_picture(machine)}")
    else:
        return Outcome("passed", _picture(machine))
    finally:
        machines.remove(machine)


def _picture(machine: Machine) -> str:
    events = "\n".join(machine.transcript)
    try:
        return f"{events}\n\n{machine.state()}"
    except Exception as error:
        return f"{events}\n\n{error!r}"
