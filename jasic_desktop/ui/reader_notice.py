"""What stands in the reader where no page does: one sentence, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.notice import Notice


class ReaderNotice(Notice):
    """Says that nothing is read, or why a record cannot be."""

    margins: ClassVar[tuple[int, int, int, int]] = (32, 40, 32, 16)
    across: ClassVar[bool] = True

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(coordinator, parent)
        self._said: object = None

    def show_nothing_read(self) -> None:
        """No record is open: the first result can be, or a question asked. What stands there already stays."""
        coordinator, words = self._coordinator, self._coordinator.words
        has_hits = coordinator.answer is not None and bool(coordinator.answer.hits)
        said = (coordinator.language, coordinator.store is None, has_hits)
        if said == self._said:
            return
        self._said = said
        if coordinator.store is None:
            self.say(words("window.reader.nothing_open"))
            self.add_button(words("window.command.open_pack"), lambda: coordinator.run("open-pack"))
            return
        self.say(words("window.reader.nothing_read" if has_hits else "window.reader.nothing_to_read"))
        if has_hits:
            self.add_button(words("window.reader.open_first"), self._open_first)
        else:
            self.add_button(words("window.command.go_search"), lambda: coordinator.run("go-search"))

    def show_error(self, sentence: str, details: str, again: Callable[[], object]) -> None:
        """A record cannot be shown."""
        words = self._coordinator.words
        self._said = None
        self.say(sentence, words("window.reader.error_hint"), is_error=True)
        self.add_button(words("window.reader.again"), again)
        self.add_copying(words("window.reader.copy_details"), sentence, details)

    # ---------------------------------------------------------------------------------------------------- helpers

    def _open_first(self) -> None:
        answer = self._coordinator.answer
        if answer is not None and answer.hits:
            self._coordinator.open_record(answer.hits[0].id)
