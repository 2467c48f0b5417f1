"""Runs the event loop until something holds: for a picture and for the self-test, which nobody is there to watch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEventLoop, QTimer

PATIENCE_MS: Final = 120_000
"""How long an archive that must be prepared first is waited for."""
_STEP_MS: Final = 20


def wait(ready: Callable[[], bool], held_ms: int = 0, patience_ms: int = PATIENCE_MS) -> bool:
    """Run the event loop until `ready` has held for `held_ms`, or patience ends; tells whether it holds."""
    loop = QEventLoop()
    left = iter(range(patience_ms // _STEP_MS))
    held = -_STEP_MS

    def look() -> None:
        nonlocal held
        held = held + _STEP_MS if ready() else -_STEP_MS
        if held >= held_ms or next(left, None) is None:
            loop.quit()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(_STEP_MS)
    loop.exec()
    timer.stop()
    return ready()
