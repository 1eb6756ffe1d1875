"""Which open document is analysed when, and what becomes of the findings."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Protocol, get_args

from sshkeep.api.lint import lint
from sshkeep.errors import SshkeepError
from sshkeep.lint.registry import DEFAULT_GROUPS, all_rules
from sshkeep.lsp.analysis import Analysis, Job
from sshkeep.lsp.diagnostics import Report, failed, report
from sshkeep.lsp.documents import Document, Documents
from sshkeep.lsp.editor_settings import EditorSettings
from sshkeep.lsp.rules_in_force import RulesInForce
from sshkeep.lsp.worker import AnalysisEnded, Worker, start_worker
from sshkeep.openssh.kind import CLIENT_TITLES, Kind
from sshkeep.trees.kind import kind_by_name
from sshkeep.trees.this_machine import installed_target, is_live

AFTER_KEYSTROKE = 0.03
"""Seconds without a further change after which a changed document is analysed."""
AFTER_OTHER = 0.15
"""The same for a document with the changed one in its tree."""
LARGE = 2_000
"""Lines from which on an answer about one line does not wait for the findings about all."""
_SOMETHING = """\
Include x
Prt 22
Ciphers aes256-ctr
{block}
  {text} x
  {side}AliveInterval 9s
  {side}AliveInterval 9
# sshkeep: x
"""
WITH_ALL: dict[Kind, bytes] = {
    "sshd_config": _SOMETHING.format(block="Match User a", text="Banner", side="Client").encode(),
    "ssh_config": _SOMETHING.format(block="Host a", text="User", side="Server").encode(),
}
"""Configs with something of all kinds, so that a lint of them imports most of what it may need."""
GAVE_UP = "sshkeep gave up on this config: it takes too long, or too much memory"


class Listener(Protocol):
    """Is called with each new report."""

    def reported(self, document: Document, found: Report) -> None: ...


class _Current:
    """The analysis of one document's present text."""

    def __init__(self) -> None:
        self.ended = False
        self.worker: Worker | None = None
        self.task: asyncio.Task[None] | None = None
        self.at_once = asyncio.Event()
        self.started: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.report: asyncio.Future[Report] = asyncio.get_running_loop().create_future()

    def end(self) -> None:
        self.ended = True
        if self.task:
            self.task.cancel()
        if self.worker:
            self.worker.end()
        self.started.cancel()
        self.report.cancel()


class Analyses:
    """One analysis for each open document; a change ends it, and begins the next one."""

    def __init__(
        self, documents: Documents, listener: Listener, folders: Callable[[], Sequence[str]] = tuple
    ) -> None:
        """``folders`` returns those that the editor has open: paths in the settings are relative to them."""
        self.documents = documents
        self.listener = listener
        self.folders = folders
        self.rules = RulesInForce(EditorSettings(), folders)
        self._current: dict[str, _Current] = {}
        self._files: dict[str, tuple[str, ...]] = {}
        """The files of each document's tree, as its last report has them."""
        self._warm: set[Kind] = set()

    def use(self, settings: EditorSettings) -> None:
        """Analyse everything again with these settings."""
        self.rules = RulesInForce(settings, self.folders)
        self.all_changed()

    def changed(self, document: Document) -> None:
        """The text is another one: analyse it, and the other documents of its tree."""
        self._begin(document, AFTER_KEYSTROKE)
        for other in self.documents:
            if other is not document and self._share_a_tree(document, other):
                self._begin(other, AFTER_OTHER)

    def all_changed(self) -> None:
        """Files have come, gone or changed, or documents have: any tree may be another one."""
        self.rules.forget()
        for document in self.documents:
            self._begin(document, 0)

    def closed(self, uri: str) -> None:
        """The document is not open any more."""
        self._files.pop(uri, None)
        if current := self._current.pop(uri, None):
            current.end()

    def end(self) -> None:
        """End all processes."""
        for uri in list(self._current):
            self.closed(uri)

    async def report(self, uri: str) -> Report:
        """The findings about the present text. Raises AnalysisEnded if it changes meanwhile."""
        current = self._now(uri)
        try:
            return await asyncio.shield(current.report)
        except asyncio.CancelledError:
            if current.report.cancelled():
                raise AnalysisEnded from None
            raise

    async def ask(self, uri: str, question: Callable[..., Any], *arguments: object) -> Any:
        """What ``question(analysis, *arguments)`` returns about the present text. Raises AnalysisEnded."""
        current = self._now(uri)
        try:
            await asyncio.shield(current.started)
        except asyncio.CancelledError:
            if current.started.cancelled():
                raise AnalysisEnded from None
            raise
        document = self.documents.get(uri)
        if current.worker and current.worker.ended and current.report.done() and document:
            current.worker = start_worker(self._analysis_of(document))  # the last question took too long
        if current.worker is None:
            raise AnalysisEnded
        return await current.worker.ask(question, *arguments)

    def is_busy(self, document: Document) -> bool:
        """Whether an answer about the present text takes long: it is large, and is judged just now."""
        current = self._current.get(document.uri)
        return current is not None and not current.report.done() and len(document.lines) > LARGE

    def excerpt(self, document: Document, line: int) -> tuple[Analysis, int]:
        """An analysis of the block around a line, and how many lines are before it. Raises SshkeepError."""
        data, first = document.excerpt(line)
        kind = document.kind or kind_by_name(document.path)
        settings = self.rules.settings
        job = Job(document.path, {document.path: data}, kind, settings.target, on_disk=False)
        return Analysis(job, self.rules.for_document(document.path)), first

    def _now(self, uri: str) -> _Current:
        if uri not in self._current:
            raise AnalysisEnded
        self._current[uri].at_once.set()
        return self._current[uri]

    def _share_a_tree(self, one: Document, other: Document) -> bool:
        return one.path in self._files.get(other.uri, ()) or other.path in self._files.get(one.uri, ())

    def _begin(self, document: Document, delay: float) -> None:
        if before := self._current.get(document.uri):
            before.end()
        self._current[document.uri] = current = _Current()
        current.task = asyncio.ensure_future(self._run(document, current, delay))

    async def _run(self, document: Document, current: _Current, delay: float) -> None:
        if delay:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(current.at_once.wait(), delay)
        if current.ended:
            return  # `wait_for` hides a cancellation that comes together with what it waits for
        try:
            current.worker = start_worker(self._analysis_of(document))
            current.started.set_result(None)
            found: Report = await current.worker.ask(report)
        except AnalysisEnded:
            current.worker = None
            found = failed(document.path, GAVE_UP)
        except SshkeepError as error:
            current.started.cancel()
            found = failed(document.path, str(error))
        except Exception as error:  # of a rule, or of the system, which may not start a process
            current.started.cancel()
            found = failed(document.path, f"sshkeep failed: {error}")
        if current.ended:
            return  # while it was about to end itself
        self._files[document.uri] = found.files
        current.report.set_result(found)
        self.listener.reported(document, found)

    def _warm_up(self, kind: Kind | None) -> None:
        """Import what a lint of this language needs, so that processes that are forked have it."""
        for each in (kind,) if kind else get_args(Kind):
            if each not in self._warm and each not in CLIENT_TITLES:
                self._warm.add(each)
                lint(files={each: WITH_ALL[each]}, kind=each)
                for loaded in all_rules().values():
                    if loaded.group in DEFAULT_GROUPS and each in loaded.kinds:
                        _ = loaded.rule  # runs its module
                gc.freeze()  # what never changes is not looked through again, nor now: that takes 40 ms

    def _analysis_of(self, document: Document) -> Callable[[], Analysis]:
        """How to make the analysis, in another process. Raises SshkeepError."""
        self._warm_up(document.kind or kind_by_name(document.path))
        if document.on_disk and is_live(document.path):
            installed_target()  # which asks `ssh -V`: once, for all processes
        rulesets = self.rules.for_document(document.path)
        settings = self.rules.settings_of(document.path)
        documents = self.documents

        def make() -> Analysis:
            texts = documents.contents() if document.on_disk else {document.path: document.data}
            job = Job(
                document.path,
                texts,
                document.kind,
                settings.target,
                settings.baseline,
                document.on_disk,
                documents.versions(),
            )
            return Analysis(job, rulesets)

        return make
