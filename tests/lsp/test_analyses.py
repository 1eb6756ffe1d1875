"""The analyses of open documents, without a server around them."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from lsprotocol.types import TextDocumentItem

from sshkeep.lsp import analyses as module
from sshkeep.lsp import worker as worker_module
from sshkeep.lsp.analyses import AFTER_KEYSTROKE, GAVE_UP, Analyses
from sshkeep.lsp.analysis import Analysis
from sshkeep.lsp.diagnostics import Report
from sshkeep.lsp.documents import Document, Documents
from sshkeep.lsp.worker import CAN_FORK, AnalysisEnded, Worker, start_worker

FORKS = pytest.mark.skipif(not CAN_FORK, reason="the system has no fork")
URI = "file:///nowhere/sshd_config"


class Listener:
    """Keeps the messages of each report."""

    def __init__(self) -> None:
        self.messages: list[list[str]] = []

    def reported(self, document: Document, found: Report) -> None:
        self.messages.append([each.message for each in found.diagnostics[document.path]])


def opened(text: str) -> tuple[Analyses, Document, Listener]:
    """Analyses with one document."""
    documents, listener = Documents(), Listener()
    document = documents.open(TextDocumentItem(URI, "", 1, text))
    return Analyses(documents, listener), document, listener


def fault(*arguments: object) -> Report:
    """Fails."""
    raise BlockingIOError(11, "nothing left")


def take_long(analysis: Analysis, log: Path | None = None, name: str = "") -> Report:
    """A question that takes long; says so in the log."""
    if log:
        with log.open("a") as file:
            file.write(name)
        time.sleep(0.5)
    else:
        time.sleep(60)
    return Report({}, ())


def path_of(analysis: Analysis) -> str:
    """A question that takes no time."""
    return analysis.job.path


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[Worker]:
    """Those that are started."""
    started: list[Worker] = []

    def start(make: Callable[[], Analysis]) -> Worker:
        started.append(start_worker(make))
        return started[-1]

    monkeypatch.setattr(module, "start_worker", start)
    return started


@pytest.mark.asyncio
@pytest.mark.parametrize("turns", range(6))
async def test_no_process_is_left_behind_by_a_keystroke_just_after_a_question(
    workers: list[Worker], turns: int
) -> None:
    analyses, document, _ = opened("ClientAliveInterval 60\n")
    analyses.changed(document)
    await asyncio.sleep(AFTER_KEYSTROKE / 10)
    question = asyncio.ensure_future(analyses.report(URI))
    for _ in range(turns):
        await asyncio.sleep(0)
    analyses.changed(document)
    await asyncio.gather(question, return_exceptions=True)
    await analyses.report(URI)
    analyses.end()
    assert workers
    assert [each.ended for each in workers] == [True] * len(workers)


@pytest.mark.asyncio
@pytest.mark.parametrize(("where", "name"), [(os, "fork"), (module, "report")])
@FORKS
async def test_a_failure_is_reported_and_the_next_text_is_judged(
    monkeypatch: pytest.MonkeyPatch, where: object, name: str
) -> None:
    analyses, document, listener = opened("ClientAliveInterval 60\n")
    with monkeypatch.context() as broken:
        broken.setattr(where, name, fault)
        analyses.changed(document)
        found = await asyncio.wait_for(analyses.report(URI), 10)
    assert [[each.message for each in found.diagnostics[document.path]]] == listener.messages
    assert "sshkeep failed: " in listener.messages[0][0]
    assert "nothing left" in listener.messages[0][0]
    analyses.changed(document)
    await analyses.report(URI)
    assert listener.messages[1:] == [[]]
    analyses.end()


@pytest.mark.asyncio
@FORKS
async def test_a_question_that_is_given_up_is_not_worked_on(tmp_path: Path) -> None:
    analyses, document, _ = opened("Port 22\n")
    analyses.changed(document)
    await analyses.report(URI)
    log = tmp_path / "log"
    asked = [asyncio.ensure_future(analyses.ask(URI, take_long, log, name)) for name in "abcd"]
    while not log.exists():
        await asyncio.sleep(0.01)
    for each in asked[:3]:
        each.cancel()
    assert await analyses.ask(URI, path_of) == document.path
    assert log.read_text() == "ad"
    analyses.end()


@pytest.mark.asyncio
@FORKS
async def test_a_question_that_takes_too_long_is_not_the_last_one(monkeypatch: pytest.MonkeyPatch) -> None:
    analyses, document, _ = opened("Port 22\n")
    analyses.changed(document)
    await analyses.report(URI)
    monkeypatch.setattr(worker_module, "BUDGET", 1)
    long = asyncio.ensure_future(analyses.ask(URI, take_long))
    with pytest.raises(AnalysisEnded):
        await long
    assert await analyses.ask(URI, path_of) == document.path
    analyses.end()


@pytest.mark.asyncio
@FORKS
async def test_a_text_that_is_given_up_gets_no_further_process(
    monkeypatch: pytest.MonkeyPatch, workers: list[Worker]
) -> None:
    analyses, document, listener = opened("Port 22\n")
    monkeypatch.setattr(worker_module, "BUDGET", 1)
    monkeypatch.setattr(module, "report", take_long)
    analyses.changed(document)
    await analyses.report(URI)
    with pytest.raises(AnalysisEnded):
        await analyses.ask(URI, path_of)
    assert listener.messages == [[GAVE_UP]]
    assert len(workers) == 1
    analyses.end()
