"""Every text of a window as a person meets it, whose language it is, and which of it has no room."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QTabBar,
    QWidget,
)

from jasic_desktop.core.i18n import catalogue
from jasic_desktop.core.languages import LANGUAGES, Language
from jasic_desktop.ui.elided import ElidedLabel

_ROWS: Final = 40
"""Rows of a list that are looked at."""
_TOLD: Final = re.compile(r"<[^>]*>")
_HOLE: Final = re.compile(r"\{[a-z_]+\}")
_LEAST: Final = 16
"""Letters that a text with values in it must have of its own to be known again."""
_ACCENTS: Final = str.maketrans("aceinouyAEINOUY", "áçéîñôúýÁÉÎÑÔÚÝ")
_PAD: Final = 0.4
"""How much longer the made-up language is than English."""


def window_texts(top: QWidget) -> Iterator[tuple[str, str]]:
    """Each text of a window and of the dialogs over it that is seen, heard or shown as a tooltip, with whose it is."""
    for widget in (top, *top.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        name = type(widget).__name__
        for text in _of(widget):
            plain = _TOLD.sub("", text).strip()
            if plain:
                yield name, plain
    for action in top.findChildren(QAction):
        if action.objectName():  # a command of the menus
            yield "action", action.text().replace("&&", "&")


def _of(widget: QWidget) -> Iterator[str]:
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.toolTip()
    if isinstance(widget, QDialog) or widget.isWindow():
        yield widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(at) for at in range(widget.count()))
    if isinstance(widget, QAbstractItemView):
        yield from _of_model(widget.model(), QModelIndex())


def _of_model(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(min(model.rowCount(parent), _ROWS)):
        for column in range(columns):
            index = model.index(row, column, parent)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
                yield str(index.data(role) or "")
        if not isinstance(model, QAbstractListModel):
            yield from _of_model(model, model.index(row, 0, parent))
    for column in range(min(columns, 20)):
        told = model.headerData(column, Qt.Orientation.Horizontal)
        if isinstance(told, str) and not told.isdecimal():
            yield told


@cache
def _known(language: Language) -> tuple[frozenset[str], re.Pattern[str]]:
    """The texts of a catalogue: those without values, and a pattern of all."""
    whole, patterns = set(), []
    for key, text in catalogue(language).items():
        if not key.startswith(("window.", "render.", "search.", "export.", "dates.", "certainty.")):
            continue
        shown = text.replace("…", "").strip()
        if len(shown) < 2 and shown.isascii():
            continue  # a sign, such as that of a key
        if not _HOLE.search(text):
            whole.add(shown)
        elif len(re.findall(r"[^\W\d_]", _HOLE.sub("", text))) >= _LEAST:
            patterns.append("[^\n]*?".join(map(re.escape, _HOLE.split(shown))))
    return frozenset(whole), re.compile("|".join(patterns))


@cache
def speaks(text: str, language: Language) -> bool:
    """Whether a text is one of the program's own in a language."""
    whole, pattern = _known(language)
    shown = text.replace("…", "").strip()
    return shown in whole or pattern.fullmatch(shown) is not None


def foreign(top: QWidget, language: Language) -> set[tuple[str, str]]:
    """The texts of a window that are the program's own in another language than this one, each with whose it is."""
    others = [other for other in LANGUAGES if other != language]
    return {
        (name, text)
        for name, text in window_texts(top)
        if not speaks(text, language) and any(speaks(text, other) for other in others)
    }


# ------------------------------------------------------------------------------------------------- a longer language


def made_up(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts of a catalogue in a language that is made up: accented, and longer by two fifths."""
    return {key: _lengthened(text) for key, text in texts.items()}


def _lengthened(text: str) -> str:
    parts = re.split(r"(\{\{[^}]*\}\}|\{[^}]*\}|`[^`]*`)", text)
    said = "".join(part if at % 2 else part.translate(_ACCENTS) for at, part in enumerate(parts))
    letters = sum(len(part) for part in parts[::2])
    more = round(letters * _PAD)
    if not text.strip() or more < 1:
        return said
    # Words of six letters, so that lines can be broken as in any language.
    pad = " ".join("ôôôôôô"[: min(6, more - at)] for at in range(0, more, 7))
    bare = said.rstrip("…:. ")
    return f"{bare} {pad}{said[len(bare) :]}" if more > 4 else f"{bare}{pad}{said[len(bare) :]}"


def cut(top: QWidget) -> set[tuple[str, str, str]]:
    """The labels and buttons of a window, or of the dialogs over it, that have no room for their text: whose, what."""
    return {
        (type(widget.parentWidget()).__name__, widget.text(), why)
        for widget in top.findChildren(QWidget)
        if isinstance(widget, QLabel | QAbstractButton) and widget.isVisible() and widget.text()
        if (why := _why_cut(widget))
    }


def _why_cut(widget: QLabel | QAbstractButton) -> str:
    wanted = widget.sizeHint()
    if isinstance(widget, ElidedLabel):
        return ""  # made to give way; its tooltip has the rest
    if isinstance(widget, QLabel) and widget.wordWrap():
        high = widget.heightForWidth(widget.width())
        if high > widget.height() + 1:
            return f"needs {high} pixels of height, has {widget.height()}"
    elif wanted.width() > widget.width() + 1 or wanted.height() > widget.height() + 1:
        return f"needs {wanted.width()} x {wanted.height()}, has {widget.width()} x {widget.height()}"
    if not _scrolls(widget) and widget.visibleRegion().boundingRect().width() < widget.width() - 1:
        return "is covered or lies outside"
    return ""


def _scrolls(widget: QWidget) -> bool:
    """Whether what lies outside can be scrolled to."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False
