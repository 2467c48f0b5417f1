"""How long the timeline takes to paint and to be laid out: `python -m tests.benchmarks.timeline [--cpu]`.

Pans and zooms the painted timeline over the bundled archive, and over 10,000 and 100,000 made-up events, at 1104x620.
Prints milliseconds: one frame while panning (cut, picture, paint: median and worst), one frame of zooming as the person
waits for it, and the whole layout of one scale. The ratios are against the bundled archive. `--cpu` counts the
processor's time, for a machine that does other things as well.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from jasic_desktop.packs.store import EventRow
from jasic_desktop.ui import tasks
from jasic_desktop.ui.timeline_canvas import TimelineCanvas
from jasic_desktop.ui.toolkit import make_application
from tests.helpers.stores import bundled_store
from tests.helpers.timeline import coordinator_of, many

FRAMES = 60
SIZE = (1104, 620)
clock = time.process_time if "--cpu" in sys.argv else time.perf_counter


def out(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def timed(work: Callable[[], object]) -> float:
    """How long `work` takes, in milliseconds."""
    begin = clock()
    work()
    return (clock() - begin) * 1000


def settled(canvas: TimelineCanvas, seconds: float = 300.0) -> None:
    """Wait until every event has its place."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        QApplication.processEvents()
        if not canvas.placing:
            return
        time.sleep(0.002)


def measured(name: str, rows: tuple[EventRow, ...], lanes: tuple[str, ...], folder: Path) -> list[float]:
    """The figures of one archive: [pan, worst pan, paint, zoom, layout] in milliseconds."""
    coordinator = coordinator_of(folder, rows, lanes)
    canvas = TimelineCanvas(coordinator)
    canvas.full = True
    canvas.resize(*SIZE)
    canvas.show()
    settled(canvas)
    image = QImage(*SIZE, QImage.Format.Format_ARGB32_Premultiplied)

    def paint() -> None:
        canvas.render(image)

    def pan(step: float) -> None:
        first, last = canvas.span
        shift = (last - first) * step
        canvas.show_span(first + shift, last + shift)
        paint()

    def zoom(number: int) -> None:
        canvas.zoom(1.07 if number % 20 < 10 else 1 / 1.07)
        paint()

    layout = timed(lambda: (canvas.zoom(1.37), settled(canvas)))
    paint()
    pans = [timed(lambda number=number: pan(0.01 if number % 30 < 15 else -0.01)) for number in range(FRAMES)]
    paints = [timed(paint) for _ in range(FRAMES)]
    zooms = [timed(lambda number=number: zoom(number)) for number in range(20)]
    settled(canvas)
    canvas.close()
    canvas.deleteLater()
    QApplication.processEvents()
    figures = [median(pans), max(pans), median(paints), median(zooms), layout]
    out(f"{name:>10} {len(rows):>8} " + " ".join(f"{figure:>10.2f}" for figure in figures))
    return figures


def main() -> int:
    """Print the figures and the ratios."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    make_application()
    store = bundled_store()
    out(f"{'':>10} {'events':>8} {'pan':>10} {'worst pan':>10} {'paint':>10} {'zoom':>10} {'layout':>10}   (ms)")
    with tempfile.TemporaryDirectory() as folder:
        real = measured("bundled", store.events(), tuple(lane.id for lane in store.archive.lanes), Path(folder))
        for count in (10_000, 100_000):
            lanes = tuple(f"lane{number}" for number in range(6))
            made = measured("made up", many(count), lanes, Path(folder))
            out(f"{'ratio':>19} " + " ".join(f"{ours / base:>10.1f}" for ours, base in zip(made, real, strict=True)))
    tasks.end_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
