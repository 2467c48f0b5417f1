"""Text for the clipboard or a drag, in an object that Qt made: one made by Python would outlive Python there."""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QStringListModel

_HINTS: Final[dict[str, bytes]] = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\1\0\0\0",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0\0\0\0",
}
"""What asks the histories of the clipboard, on Windows and elsewhere, to pass over what carries it."""


def plain_mime(text: str) -> QMimeData:
    """`text`, and nothing but text.

    What is on the clipboard when the program ends is deleted by Qt after Python is gone, so an instance of a class of
    Python's ends in a crash. A model's drag data is an instance of Qt's own class.
    """
    model = QStringListModel([""])
    made = model.mimeData([model.index(0)])
    for form in made.formats():
        made.removeFormat(form)
    made.setText(text)
    return made


def leave_out_of_histories(data: QMimeData) -> None:
    """Ask this system's histories of the clipboard to pass over `data`."""
    for form, value in _HINTS.items():
        if form.startswith("application/x-qt-windows") == (sys.platform == "win32"):
            data.setData(form, QByteArray(value))
