"""How even the window runs while somebody types: `python -m tests.benchmarks.typing [ROUNDS] [--records N]`.

Types some 40 keys, one in 90 ms, into the real window without a screen, and times a tick of 16 ms beside them.
Prints how late the ticks came (`own`: the worst by what the window's thread itself did meanwhile, without what other
processes took of a busy machine), the processor's time for each key, and the parts of the window by their share in the
last round: slots and paintings, each without what it calls of the others. Lines of parts cost a little themselves.
The archive is the bundled one, else a made-up one of N records (tests.benchmarks.corpus) or `--archive PACK`; with
`--folder DIR` it is prepared once for several runs. `--shots DIR` draws what is seen after each key.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from statistics import quantiles
from typing import Any, Final

from tests.conftest import home_variables

KEYS: Final = "mi jiuping union solidarity group letter"
MADE_UP_KEYS: Final = "through years many solidarity group statement"
"""What is typed at a made-up archive: words that are in it."""
TICK_MS: Final = 16
PAUSE_MS: Final = 90
ROUNDS: Final = 3
PARTS: Final = (
    "actions.Actions.refresh",
    "chips.FilterChips.update_chips",
    "coordinator.Coordinator._answered",
    "coordinator.Coordinator.ask",
    "minimap.Minimap.paintEvent",
    "profile.ProfilePane._load",
    "profile.ProfilePane._word_buttons",
    "reader.ReaderPane._answered",
    "reader.ReaderPane._moment_changed",
    "results.ResultsPane._answered",
    "results.ResultsPane._moved",
    "results_delegate.ResultsDelegate.paint",
    "results_model.ResultsModel.show",
    "search_field.SearchField.keyPressEvent",
    "search_field.SearchField.paintEvent",
    "searching.Searcher._received",
    "sidebar.Sidebar._refresh",
    "sidebar.SidebarDelegate.paint",
    "start_page.StartPage._load",
    "status_bar.StatusBar._refresh",
    "timeline_bar.StripBar.show_state",
    "timeline_drawing.TimelineDrawing._answered",
    "timeline_drawing.TimelineDrawing.paintEvent",
    "timeline_pane.TimelinePane._refresh",
    "top_bar.TopBar._refresh",
    "window.MainWindow._moment_changed",
)


class Clock:
    """Adds up the time of the parts it is put into, each without the parts within it."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self.calls: dict[str, int] = {}
        self.worst: dict[str, float] = {}
        self._inner: list[float] = []

    def put_into(self, part: str) -> None:
        """Time one method of a class of the window from now on."""
        module, kind, name = part.split(".")
        owner = getattr(importlib.import_module(f"jasic_desktop.ui.{module}"), kind)
        setattr(owner, name, self._timed(part, getattr(owner, name)))

    def clear(self) -> None:
        """Begin anew."""
        self.spent.clear()
        self.calls.clear()
        self.worst.clear()

    def _timed(self, part: str, method: Callable[..., Any]) -> Callable[..., Any]:
        kinds = [parameter.kind for parameter in signature(method).parameters.values()]
        # Qt passes on as many values of a signal as a slot takes, which it cannot see behind the clock.
        taken = None if Parameter.VAR_POSITIONAL in kinds else len(kinds)

        @wraps(method)
        def timed(*arguments: Any, **named: Any) -> Any:
            self._inner.append(0.0)
            begun = time.perf_counter()
            try:
                return method(*arguments[:taken], **named)
            finally:
                took = time.perf_counter() - begun
                own = took - self._inner.pop()
                self.spent[part] = self.spent.get(part, 0.0) + own
                self.worst[part] = max(self.worst.get(part, 0.0), own)
                self.calls[part] = self.calls.get(part, 0) + 1
                if self._inner:
                    self._inner[-1] += took

        return timed


def main(arguments: Sequence[str]) -> int:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.typing", description="Times a window that types.")
    parser.add_argument("rounds", type=int, nargs="?", default=ROUNDS)
    parser.add_argument("--records", type=int, metavar="N", help="a made-up archive of so many records")
    parser.add_argument("--archive", type=Path, metavar="PACK", help="an archive")
    parser.add_argument("--folder", type=Path, help="a home that is kept: what was derived there is used again")
    parser.add_argument("--shots", type=Path, metavar="DIR", help="draw the window after each key of the last round")
    told = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with kept_folder(told.folder) as folder:
        os.environ.update(home_variables(folder))
        archive = told.archive
        if told.records:
            from tests.benchmarks.corpus import write_corpus

            archive = folder / "pack"
            if not archive.exists():
                write_corpus(told.records, archive)
        if told.shots:
            told.shots.mkdir(parents=True, exist_ok=True)
        _measure(told.rounds, str(archive.absolute()) if archive is not None else None, told.shots)
    return 0


@contextmanager
def kept_folder(kept: Path | None) -> Iterator[Path]:
    """The folder that is kept, or one that is gone afterwards."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="search-benchmark-", ignore_cleanup_errors=True) as made:
        yield Path(made)


def _measure(rounds: int, archive: str | None, shots: Path | None) -> None:
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from jasic_desktop.app.navigation import View
    from jasic_desktop.cli.parser import prefer
    from jasic_desktop.core.garbage import keep, search_seldom
    from jasic_desktop.ui.application import Program, Wish, clear_away, make_application
    from jasic_desktop.ui.waiting import wait

    say, told, clock = sys.stdout.write, prefer([]), Clock()
    keys = KEYS if archive is None else MADE_UP_KEYS
    for part in PARTS:
        clock.put_into(part)
    search_seldom()  # as the program does
    application = make_application()
    program = Program(told.places, told.settings, "en", Wish(archive, size=(1440, 900)))
    program.opener.opened.connect(keep)
    program.begin()
    window, coordinator = program.window, program.coordinator
    wait(lambda: coordinator.answer is not None and not coordinator.is_searching, 500, 500_000)
    late, own, last = list[float](), list[float](), [0.0, 0.0]

    def ticked() -> None:
        now, worked = time.perf_counter(), time.thread_time()
        late.append(max(0.0, (now - last[0]) * 1000 - TICK_MS))
        own.append(min(late[-1], (worked - last[1]) * 1000))
        last[:] = now, worked

    timer, typing = QTimer(), QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(ticked)
    left = list[str]()

    def press() -> None:
        QTest.keyClick(QApplication.focusWidget() or window, left.pop(0))
        if not left:
            typing.stop()

    typing.timeout.connect(press)
    say(f"{'ms late':<20}{'p50':>8}{'p95':>8}{'worst':>8}{'own':>8}{'cpu/key':>8}\n")
    for number in range(rounds + 2):
        # Each round of keys begins on the start page, the last one in the whole timeline.
        view: View = "timeline" if number > rounds else "start"
        name = f"keys, from {view}" if number else "nothing is done"
        coordinator.ask("", live=False)
        coordinator.show_view(view)
        window.activateWindow()
        window.go_search()
        wait(lambda: not coordinator.is_searching, 500)
        left[:] = keys if number else ()
        late.clear()
        own.clear()
        clock.clear()
        last[:] = time.perf_counter(), time.thread_time()
        cpu = time.process_time()
        timer.start(TICK_MS)
        if number:
            typing.start(PAUSE_MS)
            wait(lambda: not left and not coordinator.is_searching, 300)
        else:
            wait(lambda: len(late) >= 100)
        timer.stop()
        cpu = (time.process_time() - cpu) * 1000 / len(keys)
        cuts = quantiles(late, n=100)
        told_of = (cuts[49], cuts[94], max(late), max(own), cpu if number else 0.0)
        say(f"{name:<20}{''.join(f'{value:>8.1f}' for value in told_of)}\n")
        assert not number or coordinator.moment.text == keys, coordinator.moment.text
    if shots is not None:
        coordinator.show_view("start")
        coordinator.ask("", live=False)
        window.go_search()
        wait(lambda: not coordinator.is_searching, 500)
        for number, key in enumerate(keys, 1):
            QTest.keyClick(QApplication.focusWidget() or window, key)
            wait(lambda: not coordinator.is_searching, 300)
            QTest.qWait(PAUSE_MS)
            window.grab().save(str(shots / f"{number:02}.png"))
    for part, spent in sorted(clock.spent.items(), key=lambda entry: -entry[1]):
        calls = clock.calls[part] / len(keys)
        say(f"{part:<48}{spent * 1000 / len(keys):>8.2f} ms a key{calls:>6.1f} calls")
        say(f"{clock.worst[part] * 1000:>8.1f} ms at most\n")
    window.close()
    program.close()
    clear_away(program)
    application.processEvents()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
