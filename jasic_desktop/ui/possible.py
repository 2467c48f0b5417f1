"""When a command is possible: whether what it needs is there now."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jasic_desktop.app.commands import Need
    from jasic_desktop.ui.coordinator import Coordinator


def has(coordinator: Coordinator, need: Need | None) -> bool:
    """Whether `coordinator` has what a command needs."""
    if need is None:
        return True
    if need == "back":
        return coordinator.can_back
    if need == "forward":
        return coordinator.can_forward
    if coordinator.archive is None:
        return False
    return {
        "archive": True,
        "record": coordinator.moment.record is not None,
        "target": coordinator.target is not None or len(coordinator.selection) > 0,
        "selection": len(coordinator.selection) > 0,
        "results": coordinator.answer is not None and coordinator.answer.total > 0,
        "tabs": coordinator.tab_count > 0,
    }[need]
