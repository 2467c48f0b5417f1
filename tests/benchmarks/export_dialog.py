"""How the export dialog bears many records: `QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.export_dialog [N]`.

Makes a store of N (10,000) copies of records of the bundled archive, selects them all and opens the dialog. Prints how
soon it stands, how long counting, looking and writing take, how late a tick of 16 ms comes meanwhile, how near the
size told before is to the size of the file, and how soon Cancel is heeded.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from jasic_desktop.core.paths import Places
from jasic_desktop.core.settings import Settings
from jasic_desktop.packs.store import Store
from jasic_desktop.ui import tasks
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.export_dialog import ExportDialog, show_export
from jasic_desktop.ui.toolkit import make_application
from tests.helpers.stores import bundled_store, forged_store

FORMATS = ("html", "markdown", "json", "csv")
TICK_MS = 16


def say(*parts: object) -> None:
    """One line of the outcome."""
    sys.stdout.write(" ".join(map(str, parts)) + "\n")
    sys.stdout.flush()


class Opened:
    """An open archive that was never in a pack."""

    def __init__(self, folder: Path) -> None:
        self.store_path, self.index_folder = folder / "records.sqlite", folder
        self.store = Store.open(self.store_path)

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()


def copies(count: int, folder: Path) -> list[str]:
    """Make the store; the ids of the copies."""
    bundled = bundled_store()
    records = bundled.many(bundled.ids)
    events = [record for record in records if record.type == "event"]
    made = [replace(events[n % len(events)], id=f"{events[n % len(events)].id[:60]}-{n}") for n in range(count)]
    kept = [record for record in records if record.type != "event"]
    forged_store(bundled.archive, [*kept, *events, *made], folder).close()
    return [record.id for record in made]


class Watch:
    """Runs the event loop and tells how late its ticks were."""

    def __init__(self) -> None:
        self._late: list[float] = []
        self._last: float | None = None
        self._timer = QTimer()
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def until(self, condition: Callable[[], bool]) -> str:
        """Go on until `condition` holds; how long that took, and how late ticks were."""
        self._late, self._last = [], None
        began = time.perf_counter()
        while not condition():
            QApplication.processEvents()
            time.sleep(0.0005)
        late = sorted(self._late) or [0.0]
        took = time.perf_counter() - began
        return f"{took:6.2f} s, tick late by {late[len(late) * 95 // 100]:3.0f} ms (95 %), {late[-1]:3.0f} ms at worst"

    def stop(self) -> None:
        """No more ticks."""
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        if self._last is not None:
            self._late.append((now - self._last) * 1000 - TICK_MS)
        self._last = now


def main() -> int:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    make_application()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ids = copies(count, folder)
        coordinator = Coordinator(Places.of(folder), Settings.load(folder))
        coordinator.archive = Opened(folder)  # type: ignore[assignment]
        coordinator.select(ids)
        window = QWidget()
        window.resize(1024, 768)
        window.show()
        QApplication.processEvents()
        began = time.perf_counter()
        show_export(coordinator, window)
        QApplication.processEvents()
        say(f"{count} records: the dialog stands after {(time.perf_counter() - began) * 1000:.0f} ms")
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog)
        measure(dialog, folder)
        dialog.done(0)
        tasks.end_all()
        coordinator.close()
    return 0


def measure(dialog: ExportDialog, folder: Path) -> None:
    """What the dialog does one after another."""
    watch = Watch()
    say("counted        ", watch.until(dialog.form.export.isEnabled))
    for key in FORMATS:
        dialog.form.formats.set_format(key)
        QApplication.processEvents()
        looked = watch.until(lambda: not dialog._looking.running)
        path = folder / f"out.{key}"
        dialog.form.path.setText(str(path))
        told = dialog.form.facts._values["size"].text()
        dialog.export()
        say(f"{key:9} looked", looked)
        say(
            f"{key:9} wrote ", watch.until(lambda: not dialog.is_writing), f"{told}: {path.stat().st_size / 1e6:.1f} MB"
        )
    dialog.form.formats.set_format("html")
    watch.until(lambda: not dialog._looking.running)
    dialog.form.path.setText(str(folder / "cancelled.html"))
    dialog.export()
    since = time.perf_counter()
    watch.until(lambda: time.perf_counter() - since > 2)
    dialog.reject()
    say("html cancelled ", watch.until(lambda: not dialog.is_writing))
    say("left behind:", [path.name for path in folder.glob(".*.part")] + list(folder.glob("cancelled*")))
    watch.stop()


if __name__ == "__main__":
    raise SystemExit(main())
