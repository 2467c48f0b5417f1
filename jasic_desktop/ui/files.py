"""Asks for a file or a folder: the only file dialogs, the system's own where it has one; none leaves a history."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

import shiboken6
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QSettings, QSize, QStandardPaths, QTranslator
from PySide6.QtWidgets import QDialog, QFileDialog, QToolButton, QWidget

from jasic_desktop.app.admission import require_place
from jasic_desktop.core.errors import RefusedFault
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import icon

_LAST: Final[WeakKeyDictionary[Coordinator, Path]] = WeakKeyDictionary()
"""The folder in which each window last chose something; gone with the window."""

_QT: Final = "QtProject"
_QT_GROUP: Final = "FileDialog"
_QT_WORDS: Final = {"zh-Hans": "qtbase_zh_CN", "zh-Hant": "qtbase_zh_TW"}
_SIZE: Final = QSize(760, 480)
_ICONS: Final = QSize(16, 16)
_BUTTONS: Final = {
    "backButton": "back",
    "forwardButton": "forward",
    "toParentButton": "up",
    "newFolderButton": "plus",
    "listModeButton": "more",
    "detailModeButton": "table",
}
"""Qt's names of the buttons over the list of files, and our drawings."""
_DIVERTS: Final = sys.platform not in ("win32", "darwin")


def save_path(
    parent: QWidget, coordinator: Coordinator, title: str, suggested: str, suffixes: tuple[str, ...]
) -> Path | None:
    """Where to save a file that may be called `suggested` and ends in one of `suffixes` (without a dot). The dialog has
    asked whether a file that is there may be replaced. None where the person chose nothing, or a folder that the policy
    does not leave, which they are told.
    """
    with _dialog(parent, coordinator, title, "save", suffixes) as dialog:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        if suffixes:
            dialog.setDefaultSuffix(suffixes[0])
        dialog.selectFile(suggested)
        chosen = _chosen(dialog, coordinator)
    try:
        if chosen is not None:
            require_place(coordinator.places.policy, chosen)
    except RefusedFault as fault:
        coordinator.tell_fault(fault)
        return None
    return chosen


def open_path(
    parent: QWidget, coordinator: Coordinator, title: str, suffixes: tuple[str, ...], names: tuple[str, ...] = ()
) -> Path | None:
    """A file that is there, with one of `suffixes` or one of `names`; None where the person chose nothing."""
    with _dialog(parent, coordinator, title, "open", suffixes, names) as dialog:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return _chosen(dialog, coordinator)


def folder_path(parent: QWidget, coordinator: Coordinator, title: str) -> Path | None:
    """A folder that is there; None where the person chose nothing."""
    with _dialog(parent, coordinator, title, "choose", ()) as dialog:
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return _chosen(dialog, coordinator)


def usual_folder(coordinator: Coordinator) -> Path:
    """Where the window last chose something, else the person's documents, else their home; where the policy leaves
    some folders only, the first of them.
    """
    left = coordinator.places.policy.names("export_folders")
    if left is not None:
        return next((Path(folder) for folder in left if Path(folder).is_dir()), Path(left[0]) if left else Path.home())
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    for folder in (_LAST.get(coordinator), Path(documents) if documents else None):
        if folder is not None and folder.is_dir():
            return folder
    return Path.home()


@contextmanager
def _dialog(
    parent: QWidget,
    coordinator: Coordinator,
    title: str,
    accept: str,
    suffixes: tuple[str, ...],
    names: tuple[str, ...] = (),
) -> Iterator[QFileDialog]:
    """A dialog in the language of the window; when it goes, nothing of it stays, in memory or on the disk."""
    words = coordinator.words
    with _no_history(), _words_of_qt(coordinator):
        dialog = QFileDialog(parent, title, str(usual_folder(coordinator)))
        try:
            endings = " ".join([*(f"*.{suffix}" for suffix in suffixes), *names])
            if endings:
                dialog.setNameFilter(words("window.files.kind", endings=endings))
            label = QFileDialog.DialogLabel
            for part, key in (
                (label.LookIn, "look_in"),
                (label.FileName, "name"),
                (label.FileType, "type"),
                (label.Accept, accept),
                (label.Reject, "cancel"),
            ):
                dialog.setLabelText(part, words(f"window.files.{key}"))
            theme = coordinator.theme
            for name, drawing in _BUTTONS.items():
                button = dialog.findChild(QToolButton, name)
                if button is not None:  # it is Qt's own dialog, whose drawings are lost on a dark ground
                    button.setIcon(icon(drawing, theme.color("ink-2"), disabled=theme.color("edge")))
                    button.setIconSize(_ICONS)
            dialog.resize(_SIZE)
            yield dialog
        finally:
            # Qt writes its history when a dialog is destroyed: that must be now, while it is led astray.
            if shiboken6.isValid(dialog):
                shiboken6.delete(dialog)


def _chosen(dialog: QFileDialog, coordinator: Coordinator) -> Path | None:
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    chosen = Path(dialog.selectedFiles()[0])
    _LAST[coordinator] = chosen.parent
    return chosen


@contextmanager
def _words_of_qt(coordinator: Coordinator) -> Iterator[None]:
    """Let Qt's own dialog and its questions speak the language of the window, where Qt's words for it are at hand."""
    translator, name = QTranslator(), _QT_WORDS.get(coordinator.language)
    if name is None or not translator.load(name, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        yield
        return
    QCoreApplication.installTranslator(translator)
    try:
        yield
    finally:
        QCoreApplication.removeTranslator(translator)


@contextmanager
def _no_history() -> Iterator[None]:
    """Keep Qt from noting where the person was.

    The destructor of QFileDialog, native or not, writes the folders it visited into the settings that all programs
    made with Qt share, and no option of the dialog forbids it. Where these are a file, Qt is sent to a place where no
    file can be; this program has no other use for them. On Windows and macOS their place is fixed, so what stood there
    before is put back.
    """
    if _DIVERTS:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
        yield
        return
    with _put_back():
        yield


@contextmanager
def _put_back() -> Iterator[None]:
    settings = QSettings(QSettings.Scope.UserScope, _QT)
    settings.beginGroup(_QT_GROUP)
    before = {key: settings.value(key) for key in settings.allKeys()}
    try:
        yield
    finally:
        settings.sync()
        for key in settings.allKeys():
            if key not in before:
                settings.remove(key)
        for key, value in before.items():
            settings.setValue(key, value)
        settings.endGroup()
        settings.sync()
