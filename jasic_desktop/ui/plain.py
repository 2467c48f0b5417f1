"""Data in labels and tooltips, shown as it is and never read as markup."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QLayout, QWidget

LONGEST_TOOLTIP: Final = 2000
"""Characters; what is longer fills the screen and helps nobody."""

_AFTER_SIGN: Final = re.compile(r"(?<=\w)[/\\._?=&-](?=\w)|/(?=\w)")
_LONG_WORD: Final = re.compile(r"[!-~]{24}(?=[!-~])")
_TOLD: Final = "tooltip-told"


def plain_tooltip(text: str) -> str:
    """`text` as a tooltip that Qt cannot take for markup, with lines broken where the text is long."""
    if len(text) > LONGEST_TOOLTIP:
        text = text[: LONGEST_TOOLTIP - 1] + "…"
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>" if text else ""


def set_tooltip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip, and tell a screen reader the same, which would read out the markup of the tooltip.

    What else the widget was described by stays.
    """
    widget.setToolTip(plain_tooltip(text))
    if widget.accessibleDescription() in ("", widget.property(_TOLD)):
        widget.setAccessibleDescription(text)
        widget.setProperty(_TOLD, text)


def line_tooltip(text: str) -> str:
    """`text` as a tooltip of one line, without markup unless Qt could take the text itself for some."""
    return plain_tooltip(text) if set(text) & set("<&\n") or len(text) > LONGEST_TOOLTIP else text


def plain_label(text: str = "", parent: QWidget | None = None, *, wrap: bool = False) -> QLabel:
    """A label that shows its text as it is."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setText(text)
    return label


def breakable(text: str) -> str:
    """`text` with marks at which a line may break where an address or a long word holds it together."""
    parts = (_LONG_WORD.sub("\\g<0>\u200b", word) for word in _AFTER_SIGN.sub("\\g<0>\u200b", text).split("\u200b"))
    return "\u200b".join(parts)


def let_read(label: QLabel) -> None:
    """Let Tab come to a label that says what a pane is about, so that a screen reader finds it; it shows a ring."""
    label.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    label.setProperty("ring", True)


def plain_mnemonic(text: str) -> str:
    """`text` for a button, an action or a tab, where a lone ampersand would mark a key."""
    return text.replace("&", "&&")


def tint(label: QLabel, color: QColor) -> None:
    """Give the text of a label a colour, whatever it stands on: in a button it would take the button's."""
    palette = label.palette()
    palette.setColor(QPalette.ColorRole.WindowText, color)
    label.setForegroundRole(QPalette.ColorRole.WindowText)
    label.setPalette(palette)


def clear_layout(layout: QLayout) -> None:
    """Take all that a layout holds out of the window."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
