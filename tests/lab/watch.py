"""One set-up from its login to its end: what is seen of it."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Semaphore
from typing import NamedTuple

from tests.lab.daemon import CannotListen, Daemon
from tests.lab.enclosure import PLACE, Programs
from tests.lab.network import Network
from tests.lab.packets import Packets
from tests.lab.session import CannotLogIn, Session, Side
from tests.lab.setups import SetUp
from tests.lab.silence import first_probe, silence_before_exit

TRIES = 5
"""For a login: on a busy machine it can take longer than a client of short intervals waits."""
SETTLES = 0.3
"""Seconds in which the login's last acknowledgements are through."""
_LOGINS = Semaphore(3)
"""So many at once; each keeps a processor busy."""


class Seen(NamedTuple):
    """What became of a session. Times are seconds of silence: since that side had received a packet.

    ``alive``: the line that the client typed at the end was answered. ``probe``: which side spoke first.
    ``exits``: whose process ended. ``said``: what the two wrote on their logs meanwhile.
    ``failure``: why there is nothing to see; then the rest means nothing.
    """

    alive: bool = False
    probe: tuple[Side, float] | None = None
    exits: Mapping[Side, float] = {}
    said: tuple[str, ...] = ()
    failure: str = ""


def watch(number: int, setup: SetUp, roots: Mapping[str, Path]) -> Seen:
    """See what becomes of a set-up; ``number`` is its own, ``roots`` are the releases' folders."""
    try:
        with _logged_in(number, setup, roots) as (network, daemon, session, packets):
            return _idle(setup, network, daemon, session, packets)
    except (CannotListen, CannotLogIn, OSError, RuntimeError) as error:
        return Seen(failure=f"{type(error).__name__}: {error}")


Recorded = dict[Side, Packets]
Running = tuple[Network, Daemon, Session, Recorded]


@contextmanager
def _logged_in(number: int, setup: SetUp, roots: Mapping[str, Path]) -> Iterator[Running]:
    configs = {"client": PLACE / f"ssh_config-{number}", "server": PLACE / f"sshd_config-{number}"}
    configs["client"].write_text(setup.client)
    configs["server"].write_text(setup.server)
    with _LOGINS:
        network = Network(number, setup.kernel, setup.expiry)
        packets: Recorded = {"client": Packets(network.client), "server": Packets(network.server)}
        daemon = Daemon(network.server, Programs(roots[setup.server_release]), configs["server"])
        session = _login(network, Programs(roots[setup.client_release]), configs["client"])
        network.forget_after(setup.path_timeout)
        if not session.answers():
            raise CannotLogIn(f"no answer right after the login: {session.said()}")
    try:
        yield network, daemon, session, packets
    finally:
        for recorder in packets.values():
            recorder.close()
        session.stop()
        daemon.stop()


def _login(network: Network, programs: Programs, config: Path) -> Session:
    for _ in range(TRIES - 1):
        with suppress(CannotLogIn):
            return Session(network.client, programs, config)
        time.sleep(0.5)
    return Session(network.client, programs, config)


def _idle(setup: SetUp, network: Network, daemon: Daemon, session: Session, packets: Recorded) -> Seen:
    """Leave the session alone, and do to the link what the set-up wants."""
    began = time.time()
    before = set(session.said() + daemon.said())
    session.wait(began + SETTLES)
    for after, change in ((setup.cut, network.cut), (setup.mended, network.mend)):
        if after is not None:
            session.wait(began + after)
            change()
    session.wait(began + setup.watch)
    recorded = {side: recorder.so_far() for side, recorder in packets.items()}
    return Seen(
        probe=first_probe(recorded, began + SETTLES),
        exits={side: silence_before_exit(recorded[side], began, at) for side, at in session.exits.items()},
        said=tuple(line for line in session.said() + daemon.said() if line not in before),
        alive=session.answers(),
    )
