"""The search worker: a process that opens a store and its index and answers the numbered questions of its parent."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from jasic_desktop.app.messages import (
    Answered,
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
    decode_open,
    decode_question,
    encode,
)
from jasic_desktop.core.errors import Cancelled, Fault
from jasic_desktop.core.process import ChildGoneError, Inbox, MalformedFrameError, Outbox, own_pipes
from jasic_desktop.packs.store import Store
from jasic_desktop.search.engine import Engine
from jasic_desktop.search.request import Request

_PARENT_FAULT = 2
_MADE = 10_000
"""Things that are made, and not let go of, before garbage is looked for."""
_FAR = 1_000_000
"""So many while one question is answered are looked at even so."""


def main(arguments: Sequence[str]) -> int:
    """Answer questions until the parent closes the pipe; `arguments` are the paths of a store and its index, or none
    where the parent does not know them yet and sends them (app.standby).

    The parent has checked both before (app.derive); what is found damaged while it is read is refused as a fault.
    """
    inbox, outbox = own_pipes()
    try:
        try:
            paths = tuple(map(Path, arguments)) or _told(inbox)
            if not paths:
                return 0
            store, engine = _opened(*paths)
        except MalformedFrameError:
            return _PARENT_FAULT
        except Exception as error:  # noqa: BLE001 - whatever it is, the parent tells the person, and nobody else can
            outbox.send(encode(_refused(0, error)))
            return 1
        with store:
            settle()
            try:
                outbox.send(encode(Ready(0)))
                return serve(engine, inbox, outbox)
            finally:
                engine.close()
    except ChildGoneError:
        return 0  # nobody is left to answer to


def _told(inbox: Inbox) -> tuple[Path, ...]:
    """The paths of the store and the index that the parent sends; none where it closes the pipe instead. What is needed
    to read them is loaded before they come.
    """
    with suppress(Fault):  # raised again, and told, where something is opened
        import_module("jasic_desktop.search.whoosh")
    bodies = inbox.wait()
    if not bodies:
        return ()
    if len(bodies) > 1:
        raise MalformedFrameError("a question to a worker that is not ready")
    opening = decode_open(bodies[0])
    return Path(os.fsdecode(opening.store)), Path(os.fsdecode(opening.index))


def settle() -> None:
    """Look for garbage between questions only (tidy), and not among what stays: answers are thousands of things, none
    in a circle.
    """
    gc.freeze()
    gc.set_threshold(_FAR)


def tidy() -> None:
    """Look for garbage if there may be some; to be called when nobody waits."""
    if gc.get_count()[0] > _MADE:
        gc.collect()


def serve(engine: Engine, inbox: Inbox, outbox: Outbox) -> int:
    """Answer what comes in until the pipe closes; the exit code."""
    waiting = _Waiting(inbox)
    try:
        waiting.prepare(engine)
        while question := waiting.next():
            for dropped in waiting.dropped():
                outbox.send(encode(dropped))
            outbox.send(encode(_answer(engine, question, waiting)))
            tidy()
    except MalformedFrameError:
        return _PARENT_FAULT
    return 0


class _Waiting:
    """The questions that are still wanted, in the order they came: of each kind the newest."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._wanted: list[Question] = []
        self._dropped: list[Dropped] = []

    def next(self) -> Question | None:
        """The next question, as soon as there is one; None once the pipe is closed."""
        self._take(self._inbox.waiting())
        while not self._wanted and not self._inbox.closed:
            self._take(self._inbox.wait())
            self._take(self._inbox.waiting())
        return self._wanted.pop(0) if self._wanted and not self._inbox.closed else None

    def prepare(self, engine: Engine) -> None:
        """Let `engine` read what it will need until there is a question, which comes first."""
        if not self._inbox.tells:
            return
        try:
            for _ in engine.prepare():
                self._take(self._inbox.waiting())
                if self._wanted or self._inbox.closed:
                    return
        except MalformedFrameError:
            raise
        except Exception:  # noqa: BLE001 - what is damaged is told to who asks for it
            return

    def dropped(self) -> list[Dropped]:
        """Those superseded since this was last asked."""
        dropped, self._dropped = self._dropped, []
        return dropped

    def superseded(self, question: Question) -> bool:
        """Whether something that came meanwhile takes the place of `question`, or nobody waits any more."""
        self._take(self._inbox.waiting())
        return self._inbox.closed or any(_supersedes(later, question) for later in self._wanted)

    def _take(self, bodies: Sequence[bytes]) -> None:
        for body in bodies:
            later = decode_question(body)
            gone = [earlier for earlier in self._wanted if _supersedes(later, earlier)]
            self._dropped += [Dropped(earlier.number) for earlier in gone]
            self._wanted = [earlier for earlier in self._wanted if earlier not in gone]
            self._wanted.append(later)


def _supersedes(later: Question, earlier: Question) -> bool:
    if isinstance(earlier, More):
        return isinstance(later, Ask | More)
    return type(later) is type(earlier)


def _answer(engine: Engine, question: Question, waiting: _Waiting) -> Reply:
    try:
        if isinstance(question, Complete):
            found = engine.suggest(question.text, question.limit, question.language)
            return Completed(question.number, found)
        cancelled: Callable[[], bool] = lambda: waiting.superseded(question)  # noqa: E731
        if isinstance(question, Every):
            return Listed(question.number, engine.listed(question.request, cancelled).ids)
        return Answered(question.number, engine.search(question.request, cancelled))
    except Cancelled:
        return Dropped(question.number)
    except MalformedFrameError:
        raise
    except Exception as error:  # noqa: BLE001 - one question that fails must not take the others with it
        return _refused(question.number, error)


def _refused(number: int, error: Exception) -> Refused:
    if isinstance(error, Fault):
        return Refused(number, error.key, {name: str(value) for name, value in error.values.items()})
    return Refused(number, "window.search.fault", {"kind": type(error).__name__, "text": str(error)[:200]})


def _opened(store_path: Path, index_folder: Path) -> tuple[Store, Engine]:
    """Open both, and ask once: what is read on the first question is read before the person asks one."""
    from jasic_desktop.search.whoosh import open_engine

    store = Store.open(store_path)
    try:
        engine = open_engine(store, index_folder)
        engine.search(Request(text="a", limit=1, facets=True, live=True))
    except BaseException:
        store.close()
        raise
    return store, engine
