"""Draws the signs of certainty into the room that a text leaves for them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QTextEdit

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import sign
from jasic_desktop.ui.text_areas import baseline_of


def draw_signs(
    painter: QPainter,
    view: QTextEdit,
    signs: Sequence[tuple[int, str]],
    seen: tuple[int, int],
    coordinator: Coordinator,
) -> None:
    """Draw those of `signs` (place in the document, certainty; in order) that stand between the two places `seen`.

    A word stands behind each.
    """
    size = coordinator.length(coordinator.theme.sign_size)
    raised = (QFontMetricsF(coordinator.font("small")).capHeight() + size) / 2
    for place, certainty in signs[bisect_left(signs, (seen[0], "")) : bisect_left(signs, (seen[1] + 1, ""))]:
        start = baseline_of(view, place)
        if start is not None:
            picture = sign(coordinator.theme, certainty, size, ratio=view.devicePixelRatioF())
            painter.drawPixmap(round(start.x()), round(start.y() - raised), picture)
