"""Text for the clipboard or a drag, in an object that Qt made: one made by Python would outlive Python there."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QStringListModel


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
