"""Keeps a reading room open: starts its window again whenever a session ends, and wipes what was that session's."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Final

from jasic_desktop.app.room import home_of
from jasic_desktop.core.errors import Cancelled, ExitCode, NotWrittenFault
from jasic_desktop.core.privacy import bare_environment, close_up, make_home
from jasic_desktop.core.private_folder import PrivateFolder, sweep
from jasic_desktop.core.process import Ward, own_session

STOPS: Final = frozenset(
    {
        *(ExitCode.USAGE, ExitCode.DAMAGED, ExitCode.NOT_FOUND, ExitCode.REFUSED),
        *(ExitCode.NO_DISPLAY, ExitCode.NOT_WRITTEN),
    }
)
"""Exit codes of a session that a new start would only repeat: the room stays closed, and the reason was told."""
_SOON: Final = 10.0
"""Seconds; a window that is gone sooner than this after its start is started again after a pause."""
_LONGEST_PAUSE: Final = 30.0
_PATIENCE: Final = 5.0


class Keeper:
    """Starts sessions one after another in one private folder. `told` hears what the person at the machine is told.

    `first` are the words of the command line for the first session, `later` those for every one after it. `check` is
    asked before each of them: what it raises ends the room.
    """

    def __init__(
        self,
        first: Sequence[str],
        later: Sequence[str],
        told: Callable[[str, dict[str, object]], None],
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self._first, self._later = list(first), list(later)
        self._told, self._check = told, check
        self._ward: Ward | None = None
        self._heard = 0

    def run(self, *, memory_only: bool = False, once: bool = False) -> ExitCode:
        """Keep the room open until a signal ends it; the exit code. With `once` it ends with its first session.

        Raises NotWrittenFault where there is no place for a private folder, Cancelled after Ctrl+C.
        """
        close_up()
        left = sweep()
        if left:
            self._told("room.swept", {"count": left})
        folder = PrivateFolder.make(memory_only=memory_only)
        if folder is None:
            raise NotWrittenFault("room.no_memory" if memory_only else "room.no_folder")
        if not folder.in_memory:
            self._told("room.on_disk", {"path": folder.path})
        before = {number: signal.signal(number, self._hear) for number in _signals()}
        try:
            code = self._keep(folder, once=once)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            if not folder.wipe():
                self._told("room.not_wiped", {"path": folder.path})
        if self._heard == signal.SIGINT:
            raise Cancelled
        return code

    # ---------------------------------------------------------------------------------------------------- helpers

    def _keep(self, folder: PrivateFolder, *, once: bool) -> ExitCode:
        words, pause = self._first, 0.0
        while not self._heard:
            self._check()
            started = time.monotonic()
            code = self._one(folder, words)
            words = self._later
            if code in STOPS:
                return ExitCode(code)
            if once or self._heard:
                return ExitCode.DONE if code == 0 or self._heard else ExitCode.PROGRAM_FAULT
            if code:
                self._told("room.crashed", {"code": code})
            soon = code and time.monotonic() - started < _SOON
            pause = min(_LONGEST_PAUSE, 2 * pause or 1.0) if soon else 0.0
            self._rest(pause)
        return ExitCode.DONE

    def _one(self, folder: PrivateFolder, words: Sequence[str]) -> int:
        """One session, from its start to when nothing of it is left; its exit code."""
        home = home_of(folder.path)
        make_home(home)
        try:
            self._ward = Ward(own_session(folder.path, words), bare_environment(os.environ, home))
            if self._heard:
                self._ward.ask_to_end()  # the signal came while it was being started
            return self._ward.wait() or 0
        finally:
            ward, self._ward = self._ward, None
            if ward is not None and ward.wait(0) is None:
                ward.kill()
            shutil.rmtree(home, ignore_errors=True)

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._heard and time.monotonic() < until:
            time.sleep(0.1)

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        """End: a window that does not go by itself is ended by the next signal at the latest."""
        again, self._heard = self._heard, self._heard or number
        ward = self._ward
        if ward is not None and again:
            ward.kill()
        elif ward is not None:
            ward.ask_to_end()
            if hasattr(signal, "setitimer"):
                # A window that hangs does not keep the room open.
                signal.setitimer(signal.ITIMER_REAL, _PATIENCE)


def _signals() -> tuple[int, ...]:
    if sys.platform == "win32":
        return signal.SIGINT, signal.SIGTERM, signal.SIGBREAK
    return signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM
