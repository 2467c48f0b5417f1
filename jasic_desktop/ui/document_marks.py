"""Marks over the text that is read, in layers: each is set by one who marks, and knows nothing of the others."""

from __future__ import annotations

from PySide6.QtWidgets import QTextEdit

from jasic_desktop.ui.document import Run


class MarkLayers:
    """The marks of a view. Layers are drawn in the order of their names turned round: what is found lies over notes.

    `runs` are the words of the record's passages on the page, in reading order.
    """

    def __init__(self, view: QTextEdit) -> None:
        self.runs: list[Run] = []
        self._view = view
        self._layers: dict[str, list[QTextEdit.ExtraSelection]] = {}

    def clear(self) -> None:
        """Take all marks away before their document goes: Qt looks at the old ones when it is given others."""
        self._layers.clear()
        self._view.setExtraSelections([])

    def set(self, layer: str, marks: list[QTextEdit.ExtraSelection]) -> None:
        """Let these be the marks of a layer."""
        if marks or self._layers.get(layer):
            self._layers[layer] = marks
            names = sorted(self._layers, reverse=True)
            self._view.setExtraSelections([mark for name in names for mark in self._layers[name]])
