"""Most tests share a server, which takes longer to start than to answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.lsp.client import Client


@pytest.fixture(scope="session")
def server() -> Iterator[Client]:
    """A server for an editor that gets diagnostics without asking, and has no settings."""
    with Client() as client:
        yield client


@pytest.fixture
def client(server: Client) -> Iterator[Client]:
    """The same, without documents from other tests."""
    yield server
    server.close_all()
