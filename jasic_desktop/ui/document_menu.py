"""The small menu of the reader's text: nothing in it opens an address."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QTextEdit

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.plain import plain_mnemonic


def reading_menu(view: QTextEdit, coordinator: Coordinator, open_in_tab: Callable[[], object] | None) -> QMenu:
    """The menu for a place in the text; `open_in_tab` opens what stands there, None where nothing does."""
    words, run = coordinator.words, coordinator.run
    menu = QMenu(view)
    menu.setAccessibleName(words("window.reader.menu"))
    copy = menu.addAction(words("window.reader.copy"), view.copy)
    copy.setEnabled(view.textCursor().hasSelection())
    menu.addAction(words("window.reader.select_all"), view.selectAll)
    menu.addSeparator()
    if open_in_tab is not None:
        menu.addAction(plain_mnemonic(words("window.reader.open_in_tab")), open_in_tab)
    for command_id in ("highlight", "note", "collect"):
        action = menu.addAction(words(f"window.command.{command_id}"), partial(run, command_id))
        action.setEnabled(coordinator.can(command_id))
    menu.addSeparator()
    cite = menu.addAction(words("window.command.copy_citation"), lambda: run("copy-citation"))
    cite.setEnabled(coordinator.can("copy-citation"))
    cite_as = menu.addAction(words("window.command.cite"), lambda: run("cite"))
    cite_as.setEnabled(coordinator.can("cite"))
    return menu
