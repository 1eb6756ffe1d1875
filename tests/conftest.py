"""Figures that tests record are printed behind the results, whichever process ran them.

No test leaves a record of what it wrote in the state directory of the user who runs the tests.
"""

import os
import shutil
import tempfile

import pytest

STATE = tempfile.mkdtemp(prefix="sshkeep-state-")


def pytest_configure() -> None:
    os.environ["XDG_STATE_HOME"] = STATE


def pytest_unconfigure() -> None:
    shutil.rmtree(STATE, ignore_errors=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """``record_property("figures", ...)`` of passed tests; a failed test tells its own."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "figures":
                terminalreporter.write_line(str(value))
