"""How the scenarios ended; running them is the business of whichever test process comes first."""

from collections.abc import Mapping

import pytest

from tests.requirements import need
from tests.trial.scenario import SCENARIOS, Outcome, run_once


@pytest.fixture(scope="session")
def outcomes(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Mapping[str, Outcome]:
    """Of all scenarios that pytest has chosen."""
    need("systemd")
    place = tmp_path_factory.getbasetemp()
    # With xdist, each process has a folder of its own within the one of the whole run.
    folder = (place.parent if hasattr(request.config, "workerinput") else place) / "machines"
    return run_once(
        [SCENARIOS[item.name] for item in request.session.items if item.name in SCENARIOS], folder
    )
