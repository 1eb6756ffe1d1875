"""The fleet of a test process; each test gets its files as they were."""

from collections.abc import Iterator

import pytest

from tests.ansible.lab.fleet import Fleet, fleet
from tests.requirements import need


@pytest.fixture(scope="session")
def booted() -> Iterator[Fleet]:
    need("ansible", "releases", "systemd")
    with fleet() as machines:
        yield machines


@pytest.fixture
def machines(booted: Fleet) -> Iterator[Fleet]:
    yield booted
    booted.restore()
