"""How long a profile takes to stand: `QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.profile`.

Shows the bundled archive's records with the most connections, one of each type among them, one after another in the
pane of the window. Prints milliseconds of processor time for filling it, and for laying it out and painting it. The
first pass makes the widgets and reads the store for the first time; of the others the slowest of five counts.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from jasic_desktop.app.context import open_archive
from jasic_desktop.core.paths import Places
from jasic_desktop.core.record_types import RECORD_TYPES
from jasic_desktop.core.settings import Settings
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.profile import ProfilePane
from jasic_desktop.ui.toolkit import make_application

_PASSES = 6


def main() -> None:
    """Print a line for each record and pass."""
    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        places = Places.of(Path(folder))
        coordinator = Coordinator(places, Settings.load(places.config), "en", "light")
        application.setStyleSheet(coordinator.theme.stylesheet())
        pane = ProfilePane(coordinator)
        pane.resize(330, 640)
        pane.show()
        coordinator.archive = open_archive(None, places)
        store = coordinator.archive.store
        coordinator.archive_opened.emit()
        by_count = sorted(store.ids, key=lambda record_id: -len(store.connections(record_id)))
        first = [next(record_id for record_id in by_count if store.type(record_id) == kind) for kind in RECORD_TYPES]
        ids = [*by_count[:4], *(record_id for record_id in first if record_id not in by_count[:4])]
        took: dict[str, list[tuple[float, float]]] = {record_id: [] for record_id in ids}
        for _ in range(_PASSES):
            for record_id in ids:
                began = time.process_time()
                coordinator.show_profile(record_id)
                filled = time.process_time()
                pane.grab()
                took[record_id].append(((filled - began) * 1000, (time.process_time() - filled) * 1000))
        sys.stdout.write(
            f"{'record':40} {'connections':>11} {'first fill':>10} {'paint':>6} {'later fill':>10} {'paint':>6}\n"
        )
        for record_id in ids:
            (fill, paint), *later = took[record_id]
            slowest = max(one for one, _ in later), max(one for _, one in later)
            count = len(store.connections(record_id))
            sys.stdout.write(
                f"{record_id:40} {count:11} {fill:10.1f} {paint:6.1f} {slowest[0]:10.1f} {slowest[1]:6.1f}\n"
            )
        coordinator.close()
        pane.close()


if __name__ == "__main__":
    main()
