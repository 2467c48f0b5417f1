"""The one application of Qt's, with the fonts that came along; a display that is none ends the program in our words."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import Final, NoReturn

from PySide6.QtCore import QLocale, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from jasic_desktop import PROGRAM, TITLE
from jasic_desktop.core.errors import DisplayFault, Fault
from jasic_desktop.core.languages import Language
from jasic_desktop.core.paths import bundled_fonts

_LOCALES: Final[Mapping[Language, str]] = {"en": "en-GB", "zh-Hans": "zh-Hans-CN", "zh-Hant": "zh-Hant-TW"}
_KNOWN: Final = "propagateSizeHints"
"""What Qt says of every window that is drawn without a screen."""
_TURN: Final = 0.001
"""Seconds after which a thread in the background lets the window go on: Python's own 5 ms add up to a stutter, as the
window waits so long each time that it comes back from Qt."""


def make_application(language: Language = "en") -> QApplication:
    """The one QApplication. A display that Qt cannot use ends the program with the exit code for it."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    sys.setswitchinterval(_TURN)
    qInstallMessageHandler(_stop_without_display(language))
    # By name, and not by setStyle, for which PySide would make all that QStyle holds.
    application = QApplication([PROGRAM, "-style", "Fusion"])
    qInstallMessageHandler(_tell_warning)
    application.setApplicationName(PROGRAM)
    application.setApplicationDisplayName(TITLE)
    for font in bundled_fonts():
        QFontDatabase.addApplicationFont(str(font))
    return application


def speak(language: Language) -> None:
    """Let Qt tell screen readers that the words of all windows are in `language`, whatever the system's is."""
    locale = QLocale(_LOCALES[language])
    QLocale.setDefault(locale)  # of windows to come
    for window in QApplication.topLevelWidgets():
        if window.locale() != locale:
            window.setLocale(locale)


def _stop_without_display(language: Language) -> Callable[[QtMsgType, QMessageLogContext, str], None]:
    """What hears Qt's messages while it looks for a display."""

    # Qt aborts the whole process where it finds none: this is the last moment to say it in our words.
    def handler(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind == QtMsgType.QtFatalMsg:
            _end(DisplayFault("cli.display_unusable", reason=text.splitlines()[0]), language)

    return handler


def _tell_warning(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """What hears Qt's messages from then on."""
    if kind != QtMsgType.QtDebugMsg and _KNOWN not in text:
        sys.stderr.write(f"{PROGRAM}: {text}\n")


def _end(fault: Fault, language: Language) -> NoReturn:
    sys.stderr.write(f"{PROGRAM}: {fault.sentence(language)}\n")
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(int(fault.exit_code))
