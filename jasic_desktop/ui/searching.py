"""Asks the search worker for the window: numbered questions, late answers dropped, a stuck or dead worker replaced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot

from jasic_desktop.app.messages import (
    Ask,
    Complete,
    Completed,
    Dropped,
    Every,
    Listed,
    More,
    Question,
    Ready,
    Refused,
    Reply,
    decode_reply,
    encode,
    sendable,
)
from jasic_desktop.core.errors import DERIVED_DAMAGED
from jasic_desktop.core.i18n import has, translate
from jasic_desktop.core.languages import Language
from jasic_desktop.core.process import Child, ChildGoneError, Frames, MalformedFrameError, frame, own_program
from jasic_desktop.search.request import PAGE, Request
from jasic_desktop.ui.tasks import PipeReader

Launch = Callable[[Path, Path], Child]
"""Starts a worker on a store and its index. Raises OSError."""

PATIENCE_MS: Final = 3000
"""A worker that has said nothing for so long while a question waits is taken to be stuck."""
START_PATIENCE_MS: Final = 30_000
"""Opening an archive from a slow disk on a busy machine takes longer than a question."""
ATTEMPTS: Final = 3
"""So often in a row a worker is started again before the person is told."""
_PIPE_HOLDS: Final = 3072
"""Bytes that may be on their way to the worker. A pipe of Windows holds 4096; a write to a full one would wait."""
_READER_MS: Final = 1000


def launch_worker(store_path: Path, index_folder: Path) -> Child:
    """Start this program's own worker."""
    return Child(own_program(store_path, index_folder))


class Searcher(QObject):
    """The window's side of the search.

    `answered` carries (number, Answer) for the last `ask`, `paged` (number, offset of the first hit, Answer) for the
    last `more`, `listed` (number, ids) for the last `every`, `suggested` (number, suggestions) for the last `suggest`,
    `failed` (number, sentence) for any of them. Nothing older than the last of its kind ever arrives. `ready` says that
    a worker has opened the archive, `damaged` that it found the store or the index not as they were made.
    """

    answered = Signal(int, object)
    paged = Signal(int, int, object)
    suggested = Signal(int, object)
    listed = Signal(int, object)
    failed = Signal(int, str)
    damaged = Signal()
    ready = Signal()

    def __init__(self, parent: QObject | None = None, launch: Launch = launch_worker) -> None:
        super().__init__(parent)
        self._launch = launch
        self._paths: tuple[Path, Path] | None = None
        self._child: Child | None = None
        self._reader: PipeReader | None = None
        self._abandoned: list[PipeReader] = []
        self._frames = Frames()
        self._generation = 0
        self._is_ready = False
        self._failures = 0
        self._number = 0
        self._wanted: dict[type[Question], Question] = {}
        self._unsent: list[Question] = []
        self._on_the_way: dict[int, int] = {}
        self._shown: Request | None = None
        self._language: Language = "en"
        self.details = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._lapsed)

    @property
    def worker_pid(self) -> int | None:
        """The number of the worker's process, where there is one."""
        return self._child.pid if self._child is not None else None

    @property
    def waiting(self) -> bool:
        """Whether an `ask` waits for its answer."""
        return Ask in self._wanted

    @property
    def shown(self) -> Request | None:
        """The question that was answered last, while none is asked after it."""
        return self._shown

    def start(self, store_path: Path, index_folder: Path) -> None:
        """Start a worker on a checked store and its index and return at once; another one ends with all it was asked.
        What was asked before the first start is answered.
        """
        if self._paths is not None:
            self.stop()
        program = QCoreApplication.instance()
        if program is not None:
            program.aboutToQuit.connect(self.stop, Qt.ConnectionType.UniqueConnection)
        self._paths = (store_path, index_folder)
        self._failures = 0
        self._begin()

    @Slot()
    def stop(self) -> None:
        """End the worker; nothing that was asked is answered any more."""
        self._wanted.clear()
        self._paths = self._shown = None
        self._end()

    def ask(self, request: Request) -> int:
        """Ask; the number with which the answer comes. All that was asked before is dropped."""
        self._wanted.pop(More, None)
        self._wanted.pop(Every, None)
        self._shown = None
        self._language = request.language
        return self._put(Ask(self._next(), replace(request, text=sendable(request.text))))

    def more(self, offset: int, limit: int = PAGE) -> int:
        """Ask for hits from `offset` of the question that was answered last; 0 where there is none."""
        if self._shown is None:
            return 0
        return self._put(More(self._next(), replace(self._shown, offset=offset, limit=limit, facets=False)))

    def every(self) -> int:
        """Ask for the ids of all that was found last, in its order; 0 where nothing was."""
        if self._shown is None:
            return 0
        return self._put(Every(self._next(), self._shown))

    def suggest(self, text: str, limit: int = 8, language: Language = "en") -> int:
        """Ask what `text` may be the beginning of; the number with which the answer comes."""
        return self._put(Complete(self._next(), sendable(text), limit, language))

    # ---------------------------------------------------------------- the worker

    def _begin(self) -> None:
        if self._paths is None:
            return
        self._generation += 1
        self._frames = Frames()
        self._is_ready = False
        try:
            self._child = self._launch(*self._paths)
        except OSError as error:
            self.details = str(error)
            self._give_up(self._say("window.search.not_started", system=error.strerror or ""))
            return
        self._reader = PipeReader(self._generation, self._child.receive, self)
        self._reader.received.connect(self._received)
        self._reader.ended.connect(self._ended)
        self._reader.start()
        self._timer.start(START_PATIENCE_MS)

    def _end(self) -> None:
        self._timer.stop()
        self._unsent.clear()
        self._on_the_way.clear()
        child, reader = self._child, self._reader
        self._child = self._reader = None
        self._generation += 1
        if child is None or reader is None:
            return
        child.end()
        self.details = child.errors() or self.details
        if reader.wait(_READER_MS):
            child.close()
            reader.deleteLater()
        else:
            # Its process waits for a dead disk and cannot be ended: the thread that reads from it must outlive us.
            self._abandoned.append(reader)

    def _replace(self) -> None:
        """Another worker in place of one that is stuck, dead or talks nonsense; what is wanted is asked again."""
        self._end()
        self._failures += 1
        if self._failures <= ATTEMPTS:
            self._begin()
        elif self._wanted:
            self._give_up(self._say("window.search.gone"))

    def _give_up(self, sentence: str) -> None:
        """Tell the person; the next question tries again."""
        self._end()
        numbers = [question.number for question in self._wanted.values()]
        self._wanted.clear()
        self._failures = 0
        for number in numbers:
            self.failed.emit(number, sentence)

    # ---------------------------------------------------------------- questions

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _put(self, question: Question) -> int:
        self._wanted[type(question)] = question
        if self._child is None:
            self._failures = 0
            self._begin()
        elif self._is_ready:
            self._unsent = [other for other in self._unsent if self._wanted.get(type(other)) is other]
            self._unsent.append(question)
            self._send()
        return question.number

    def _send(self) -> None:
        """Send what fits into the pipe beside what is on its way; the rest follows when the worker has read that."""
        while self._unsent and self._child is not None:
            data = frame(encode(self._unsent[0]))
            if self._on_the_way and sum(self._on_the_way.values()) + len(data) > _PIPE_HOLDS:
                return
            question = self._unsent.pop(0)
            self._on_the_way[question.number] = len(data)
            if not self._timer.isActive():
                self._timer.start(PATIENCE_MS)
            try:
                self._child.send(data)
            except ChildGoneError:
                return  # the reader sees the end of the other pipe, and the question is asked again

    def _settle(self, number: int) -> Question | None:
        """Take note that the worker has dealt with this question; the question, if it is still wanted."""
        self._on_the_way.pop(number, None)
        found = next((question for question in self._wanted.values() if question.number == number), None)
        if found is not None:
            del self._wanted[type(found)]
        return found

    def _say(self, key: str, **values: object) -> str:
        return translate(key, self._language, **values)

    # ---------------------------------------------------------------- slots

    @Slot(int, bytes)
    def _received(self, generation: int, data: bytes) -> None:
        if generation != self._generation or self._child is None:
            return
        try:
            replies = [decode_reply(body) for body in self._frames.feed(data)]
        except MalformedFrameError as error:
            self.details = str(error)
            self._replace()
            return
        self._child.errors()  # so that a worker with much to complain about never waits for us
        for reply in replies:
            if generation == self._generation:
                self._take(reply)
        if generation == self._generation and replies:
            self._send()
            # Any whole reply is a sign of life: the time runs anew for what still waits.
            self._timer.stop()
            if self._on_the_way:
                self._timer.start(PATIENCE_MS)

    @Slot(int)
    def _ended(self, generation: int) -> None:
        if generation == self._generation:
            self._replace()

    @Slot()
    def _lapsed(self) -> None:
        self._replace()

    def _take(self, reply: Reply) -> None:
        if isinstance(reply, Ready):
            self._is_ready = True
            self._unsent = list(self._wanted.values())
            self.ready.emit()
            return
        if isinstance(reply, Refused) and reply.key in DERIVED_DAMAGED:
            self.stop()
            self.damaged.emit()
            return
        if isinstance(reply, Refused) and reply.number == 0:
            self._give_up(_sentence(reply, self._say))
            return
        question = self._settle(reply.number)
        if isinstance(reply, Dropped):
            return
        self._failures = 0
        if isinstance(reply, Refused):
            if question is not None:
                self.failed.emit(reply.number, _sentence(reply, self._say))
        elif isinstance(reply, Completed):
            if question is not None:
                self.suggested.emit(reply.number, reply.suggestions)
        elif isinstance(reply, Listed):
            if question is not None:
                self.listed.emit(reply.number, reply.ids)
        elif isinstance(question, Ask):
            self._shown = question.request
            self.answered.emit(reply.number, reply.answer)
        elif isinstance(question, More):
            self.paged.emit(reply.number, question.request.offset, reply.answer)


def _sentence(refused: Refused, say: Callable[..., str]) -> str:
    return say(refused.key, **refused.values) if has(refused.key) else refused.key
