"""The commands that only need the coordinator: going, looks, language, ticks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.settings import setting_of
from jasic_desktop.ui.theme import high_contrast

if TYPE_CHECKING:
    from jasic_desktop.ui.coordinator import Coordinator


def add_handlers(coordinator: Coordinator) -> None:
    """Let `coordinator` do these commands by itself."""
    handle = coordinator.handle
    handle("back", coordinator.back)
    handle("forward", coordinator.forward)
    handle("go-start", partial(coordinator.show_view, "start"))
    handle("go-browse", partial(coordinator.show_view, "browse"))
    handle("go-timeline", partial(coordinator.show_view, "timeline"))
    handle("go-page", partial(_switch_page, coordinator), lambda: coordinator.target is not None)
    handle("text-larger", partial(coordinator.zoom_text, 1))
    handle("text-smaller", partial(coordinator.zoom_text, -1))
    handle("text-normal", partial(coordinator.zoom_text, 0))
    for choice in ("system", "light", "dark"):
        handle(f"theme-{choice}", partial(coordinator.set_theme, choice))
    handle("high-contrast", partial(_switch_contrast, coordinator))
    for language in LANGUAGES:
        handle(f"language-{language}", partial(coordinator.set_language, language))
    for group in setting_of("group").choices:
        handle(f"group-{group}", partial(coordinator.change, "group", group))
    handle("keep-tabs", partial(switch, coordinator, "tabs"))
    handle("select", partial(_toggle_target, coordinator), lambda: coordinator.target is not None)
    handle("clear-selection", coordinator.clear_selection)


def switch(coordinator: Coordinator, key: str) -> bool:
    """Change a setting that is off or on into the other; whether it is on now."""
    off, on = setting_of(key).choices
    coordinator.change(key, off if coordinator.settings.text(key) == on else on)
    return coordinator.settings.text(key) == on


def _switch_page(coordinator: Coordinator) -> None:
    """Give the record that is read, or that stands beside, the whole window; or bring the other panes back."""
    if coordinator.moment.view == "page":
        coordinator.show_view("browse")
        return
    if coordinator.moment.record is None and coordinator.target is not None:
        coordinator.open_record(coordinator.target)
    coordinator.show_view("page")


def _switch_contrast(coordinator: Coordinator) -> None:
    """High contrast on or off; where that is what the system asks for, the system is followed again."""
    wanted = not coordinator.theme.contrast
    follows = high_contrast() == wanted
    coordinator.set_contrast("system" if follows else "high" if wanted else "normal")


def _toggle_target(coordinator: Coordinator) -> None:
    if coordinator.target is not None:
        coordinator.toggle(coordinator.target)
