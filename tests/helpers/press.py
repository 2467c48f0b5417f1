"""The press of the window for tests that make PDFs without a window."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from jasic_desktop.export.options import Options
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.packs.store import Store
from jasic_desktop.ui.paper.press import press
from jasic_desktop.ui.toolkit import make_application


def pressed(store: Store, ids: tuple[str, ...], key: str = "pdf", **options: object) -> bytes:
    """An export that needs the press, whole."""
    make_application()
    return b"".join(FORMATS[key].write(store, ids, Options(press=press, **options)))  # type: ignore[arg-type]
