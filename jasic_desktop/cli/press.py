"""Finds what makes PDFs and pictures: both are the window's, and work without a display."""

from __future__ import annotations

import os
from collections.abc import Callable
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


def find_brush(language: Language) -> Callable[[bytes], bytes]:
    """What draws an SVG of ours as PNG. Raises DisplayFault where PySide6 is missing."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from jasic_desktop.ui.svg_picture import png
        from jasic_desktop.ui.toolkit import make_application
    except ImportError as error:
        raise DisplayFault("export.no_brush") from error
    make_application(language)
    return png
