"""The filters over the results: one chip for each that is set, to take it away, and menus to add others."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from jasic_desktop.app.narrowing import Chosen, chosen, toggled, without, without_facet
from jasic_desktop.core.date_phrases import phrase_in
from jasic_desktop.core.dates import point
from jasic_desktop.render.labels import facet_label
from jasic_desktop.render.wording import Words
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.flow import FlowLayout
from jasic_desktop.ui.plain import plain_mnemonic, set_tooltip

_OFFERED: Final = ("year", "place", "type")
"""The facets that can be added from here; all of them stand in the sidebar."""
_MOST_VALUES: Final = 12
_LONGEST: Final = 28


def choice_label(coordinator: Coordinator, choice: Chosen) -> str:
    """What one choice is called."""
    if choice.facet == "date":
        since, _, until = choice.value.partition("..")
        ends = (point(since) if since else None, point(until) if until else None)
        return phrase_in(*ends, coordinator.language)
    if choice.facet == "accounts":
        return coordinator.words(f"window.results.accounts_{choice.value}")
    if coordinator.store is None:
        return choice.value
    return facet_label(coordinator.store, choice.facet, choice.value, Words(coordinator.language))


def facet_name(coordinator: Coordinator, facet: str) -> str:
    """What a facet is called."""
    return Words(coordinator.language).say("fact.date" if facet == "date" else f"facet.{facet}")


class FilterChips(QWidget):
    """Chips that show the moment's filters and change them; `offered` are the facets that can be added."""

    def __init__(
        self, coordinator: Coordinator, parent: QWidget | None = None, offered: tuple[str, ...] = _OFFERED
    ) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._facets = offered
        self._flow = FlowLayout(self)
        self._shown: object = None
        self.update_chips()

    @property
    def has_any(self) -> bool:
        """Whether there is a chip to show."""
        return self._flow.count() > 0

    @property
    def wide(self) -> int:
        """The pixels that all chips take in one line."""
        sizes = [item.sizeHint().width() for number in range(self._flow.count()) if (item := self._flow.itemAt(number))]
        return sum(sizes) + self._flow.gap * max(len(sizes) - 1, 0)

    def update_chips(self) -> None:
        """Show the filters as they are now; the keyboard stays where it was as far as it can."""
        offered = self._offered()
        shown = (self._coordinator.store, self._coordinator.language, self._coordinator.moment.filters, offered)
        if shown == self._shown:
            return  # making widgets anew at each key press would hold up the typing
        self._shown = shown
        focused: QWidget | None = self.focusWidget()  # none, whatever PySide's stubs say
        had_focus = focused is not None and focused.hasFocus()
        place = self._flow.indexOf(focused) if focused is not None else -1
        while item := self._flow.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        filters = self._coordinator.moment.filters
        choices = chosen(filters)
        for choice in choices:
            self._flow.addWidget(self._set_chip(choice))
        for facet in offered:
            self._flow.addWidget(self._add_chip(facet))
        if len(choices) > 1:
            self._flow.addWidget(self._clear_chip())
        items = (self._flow.itemAt(number) for number in range(self._flow.count()))
        widgets = [widget for item in items if item is not None and (widget := item.widget()) is not None]
        for widget in widgets:
            widget.show()
        self.updateGeometry()
        if had_focus and widgets:
            widgets[min(max(place, 0), len(widgets) - 1)].setFocus()

    # ---------------------------------------------------------------- helpers

    def _offered(self) -> tuple[str, ...]:
        """The facets that could narrow the answer and do not yet."""
        answer, chosen_facets = self._coordinator.answer, {c.facet for c in chosen(self._coordinator.moment.filters)}
        if answer is None:
            return ()
        return tuple(facet for facet in self._facets if facet not in chosen_facets and answer.facets.get(facet))

    def _set_chip(self, choice: Chosen) -> QPushButton:
        label = choice_label(self._coordinator, choice)
        facet = facet_name(self._coordinator, choice.facet)
        chip = QPushButton(plain_mnemonic(f"{_short(label)}  ×"), self)
        chip.setProperty("role", "chip-on")
        chip.setAccessibleName(self._coordinator.words("window.results.remove_filter", facet=facet, value=label))
        set_tooltip(chip, chip.accessibleName())
        chip.clicked.connect(lambda: self._coordinator.narrow(without(self._coordinator.moment.filters, choice)))
        return chip

    def _clear_chip(self) -> QPushButton:
        chip = QPushButton(self._coordinator.words("window.results.clear_filters"), self)
        chip.setProperty("role", "chip")
        chip.setAccessibleName(chip.text())
        chip.clicked.connect(lambda: self._coordinator.narrow(type(self._coordinator.moment.filters)()))
        return chip

    def _add_chip(self, facet: str) -> QPushButton:
        name = facet_name(self._coordinator, facet)
        chip = QPushButton(plain_mnemonic(self._coordinator.words("window.results.add_filter", facet=name)), self)
        chip.setProperty("role", "chip")
        chip.setAccessibleName(self._coordinator.words("window.results.narrow_by", facet=name))
        menu = QMenu(chip)
        menu.aboutToShow.connect(partial(self._fill, menu, facet))
        chip.setMenu(menu)
        return chip

    def _fill(self, menu: QMenu, facet: str) -> None:
        menu.clear()
        answer, store = self._coordinator.answer, self._coordinator.store
        if answer is None or store is None:
            return
        words = Words(self._coordinator.language)
        for value, count in answer.facets.get(facet, ())[:_MOST_VALUES]:
            label = facet_label(store, facet, value, words)
            action = menu.addAction(plain_mnemonic(f"{_short(label)}  ({count})"))
            action.triggered.connect(partial(self._add, facet, value))

    def _add(self, facet: str, value: str) -> None:
        self._coordinator.narrow(toggled(self._coordinator.moment.filters, facet, value))


def drop(coordinator: Coordinator, facet: str) -> None:
    """Ask again without the choices of one facet."""
    coordinator.narrow(without_facet(coordinator.moment.filters, facet))


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST else label[: _LONGEST - 1] + "…"
