"""Finds the press that makes PDFs: it is the window's, and works without a display."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from jasic_desktop.core.errors import DisplayFault
from jasic_desktop.core.languages import Language

if TYPE_CHECKING:
    from jasic_desktop.export.options import Writer


def find_press(language: Language) -> Writer:
    """The press. Raises DisplayFault where PySide6 or a library that it needs is missing."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from jasic_desktop.ui.paper.press import press
        from jasic_desktop.ui.toolkit import make_application
    except ImportError as error:
        raise DisplayFault("export.no_press") from error
    make_application(language)
    return press
