"""Saves the timeline as a picture (SVG, PNG) or as a table (CSV), whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from jasic_desktop.app.admission import require_format, require_place
from jasic_desktop.core import atomic
from jasic_desktop.core.errors import Fault
from jasic_desktop.core.folding import without_surrogates
from jasic_desktop.export.names import safe_name
from jasic_desktop.packs.store import EventRow
from jasic_desktop.ui.coordinator import Coordinator

SUFFIXES: Final = ("svg", "png", "csv")
_FORMATS: Final = {"svg": "svg", "png": "svg", "csv": "timeline-csv"}
"""What export.registry calls them."""
_SHARP: Final = 2
"""Pixels of a PNG for each of the window's, so that it is sharp in print."""


def ask_and_save(parent: QWidget, coordinator: Coordinator, drawing: QWidget, rows: Sequence[EventRow]) -> None:
    """Ask where to, and save `rows` there; a PNG shows `drawing` as it is."""
    store = coordinator.store
    if store is None:
        return
    from jasic_desktop.ui.files import save_path

    archive = store.archive
    suggested = safe_name(f"{archive.id}-{archive.version}-timeline", SUFFIXES[0])
    path = save_path(parent, coordinator, coordinator.words("window.timeline.save_title"), suggested, SUFFIXES)
    if path is not None:
        save(coordinator, drawing, rows, path)


def save(coordinator: Coordinator, drawing: QWidget, rows: Sequence[EventRow], path: Path) -> None:
    """Save `rows` to `path` in the form that its ending names, and tell the person how it went."""
    known = path.suffix.lower().removeprefix(".") in SUFFIXES
    # An ending of ours is added to a name that has none: whether that file may be replaced was not asked.
    target = path if known else path.with_name(f"{path.name}.{SUFFIXES[0]}")
    try:
        form = target.suffix.lower().removeprefix(".")
        require_format(coordinator.places.policy, _FORMATS[form])
        require_place(coordinator.places.policy, target)
        data = _data(coordinator, drawing, rows, form)
        atomic.write(target, data, force=known)
    except Fault as fault:
        coordinator.tell_fault(fault)
    else:
        coordinator.tell("window.timeline.saved", path=target, count=len(rows))


def _data(coordinator: Coordinator, drawing: QWidget, rows: Sequence[EventRow], form: str) -> bytes:
    store, language = coordinator.store, coordinator.language
    if form == "png" or store is None:
        return _png(drawing)
    if form == "csv":
        from jasic_desktop.export.timeline_csv import timeline_csv

        return without_surrogates(timeline_csv(store, rows, language)).encode()
    from jasic_desktop.export.timeline_svg import timeline_svg

    # Light whatever the window is: a picture goes into a book or onto paper.
    return without_surrogates(timeline_svg(store, rows, language, selected=coordinator.moment.record)).encode()


def _png(drawing: QWidget) -> bytes:
    image = QImage(drawing.size() * _SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SHARP)
    drawing.render(image)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # PySide's stubs know the format as bytes only
    return bytes(data.data())
