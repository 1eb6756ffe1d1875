"""A network namespace: interfaces, sysctls and netfilter rules of its own, entered by one thread at a time."""

import ctypes
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

_NEW_NETWORK = 0x40000000


class Namespace(NamedTuple):
    """One that ``ip netns add`` made under this name."""

    name: str

    @contextmanager
    def entered(self) -> Iterator[None]:
        """As `inside_network`."""
        with inside_network(f"/run/netns/{self.name}"):
            yield

    def ip(self, *lines: str) -> None:
        """Run these commands of ip(8)."""
        run(["ip", "-netns", self.name, "-batch", "-"], "".join(f"{line}\n" for line in lines))

    def nft(self, text: str) -> None:
        """Run these commands of nft(8), all or none."""
        with self.entered():
            run(["nft", "-f", "-"], text)

    def sysctl(self, folder: str, values: Mapping[str, int]) -> None:
        """Set values below /proc/sys/net; each namespace has its own."""
        with self.entered():
            for name, value in values.items():
                with open(f"/proc/sys/net/{folder}/{name}", "w") as file:
                    file.write(str(value))


@contextmanager
def inside_network(path: str) -> Iterator[None]:
    """This thread, and every program it starts and socket it opens, is in the namespace with this file."""
    before = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        _enter(path)
        try:
            yield
        finally:
            _enter(before)
    finally:
        os.close(before)


def run(command: list[str], text: str = "") -> None:
    """Run a program with this input; what it says is the error's text when it fails."""
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip() or done.stdout.strip()}")


def _enter(place: str | int) -> None:
    # os.setns exists from Python 3.12 on.
    libc = ctypes.CDLL(None, use_errno=True)
    opened = os.open(place, os.O_RDONLY) if isinstance(place, str) else place
    try:
        if libc.setns(opened, _NEW_NETWORK):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    finally:
        if opened != place:
            os.close(opened)
