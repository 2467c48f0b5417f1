"""What the painted widgets are for a screen reader, a chart, a picture, a group: Qt knows only its own classes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibleInterface

ATTRIBUTE: Final = "spoken_role"
"""The attribute of a class of widgets that says it: the name of one of QAccessible.Role, such as "Chart". What has none
is "Client", which screen readers pass over."""

_NAMED_BY_VALUE: Final = sys.platform not in ("win32", "darwin")
"""Where Qt gives what is chosen in a box as its name too, whatever name it was given."""

_installed: list[object] = []


def tell_roles() -> None:
    """Answer screen readers from now on. To be called before the first of these widgets is made, but not before the
    first paint: PySide makes all that there is of roles and events for it.
    """
    if _installed:
        return
    from PySide6.QtGui import QAccessible

    _installed.append(_made)  # Qt keeps no reference
    QAccessible.installFactory(_made)


def _made(name: str, thing: Any) -> QAccessibleInterface | None:
    """The interface of a widget whose class says what it is, or of an area that scrolls by keys; else None."""
    role = "Grouping" if name == "QScrollArea" else getattr(type(thing), ATTRIBUTE, None)
    if role is None or not thing.isWidgetType():
        return None
    if role == "ComboBox":
        from jasic_desktop.ui.spoken_box import SpokenBox

        return SpokenBox(thing) if _NAMED_BY_VALUE else None
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QAccessibleWidget

    return QAccessibleWidget(thing, QAccessible.Role[role])
