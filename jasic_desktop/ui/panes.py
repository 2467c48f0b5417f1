"""Places the panes: sidebar, results, reader and profile side by side, the timeline below; narrow windows fold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from jasic_desktop.app.navigation import Moment
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.profile import ProfilePane
from jasic_desktop.ui.reader import ReaderPane
from jasic_desktop.ui.record_page import RecordPage
from jasic_desktop.ui.results import ResultsPane
from jasic_desktop.ui.sidebar import Sidebar
from jasic_desktop.ui.timeline_pane import TimelinePane

if TYPE_CHECKING:
    from jasic_desktop.ui.mine_pane import MinePane

_NARROW: Final = 1200
"""Below this width, in pixels at a text size of 100 %, reader and profile share one column."""
_WIDTHS: Final = (206, 330, 904)
_WIDTHS_NARROW: Final = (184, 288, 552)
_READING: Final = (574, 330)
_TIMELINE: Final = 204
_LEAST_TIMELINE: Final = 120
_LIST: Final = 220
_SIDEBAR: Final = 150
"""The least widths of results and lists, and of the sidebar, in pixels at a text size of 100 %."""


class Panes(QWidget):
    """The view in which a person searches and reads. `switched` tells that a pane was shown or shut."""

    switched = Signal()

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._narrow = False
        self._reading_sizes: list[int] = list(_READING)
        self._hidden: set[str] = set()
        # From the outside in: a pane that is put into another widget when it is made already costs its style once more.
        self._whole = QSplitter(Qt.Orientation.Vertical, self)
        self._views = QStackedWidget(self._whole)
        self._across = QSplitter(Qt.Orientation.Horizontal, self._views)
        self.sidebar = Sidebar(coordinator, self._across)
        self._lists = QStackedWidget(self._across)
        self.results = ResultsPane(coordinator, self._lists)
        self._mine: MinePane | None = None
        self._column = QWidget(self._across)
        self._choice = _Choice(coordinator, self._column)
        self._reading = QSplitter(Qt.Orientation.Horizontal, self._column)
        self.reader = ReaderPane(coordinator, self._reading)
        self.profile = ProfilePane(coordinator, self._reading)
        self.timeline = TimelinePane(coordinator, self._whole)
        self.page = RecordPage(coordinator, self.reader, self.profile, self._views)
        self.page.switched.connect(self._refold)
        self._is_page = False
        self._lent_over: bool | None = None
        self._splits = {"reading": self._reading, "across": self._across, "whole": self._whole}
        self._choice.chosen.connect(self._chosen)
        self._lay_out()
        self._widen()
        coordinator.text_size_changed.connect(self._widen)
        coordinator.moment_changed.connect(self._moment_changed)
        coordinator.mine.listed.connect(self._show_mine)
        self.reader.wanted.connect(self._bring_reader)
        # Another question, or the ticked records, are wanted where the list stands.
        coordinator.mine.left.connect(self._leave_mine)
        self._refold()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def mine(self) -> MinePane:
        """The lists of what the person made, in the place of the results; made when the first is shown."""
        if self._mine is None:
            from jasic_desktop.ui.mine_pane import MinePane

            self._mine = MinePane(self._coordinator, self._lists)
            self._mine.left.connect(self._show_results)
            self._lists.addWidget(self._mine)
        return self._mine

    @property
    def order(self) -> tuple[QWidget, ...]:
        """The panes in the order in which F6 goes through them."""
        shown = self._mine if self._mine is not None and self._lists.currentWidget() is self._mine else self.results
        if self._is_page:
            return self.profile, self.reader, self.profile.aside, self.page.sources, self.timeline
        return self.sidebar, shown, self.reader, self.profile, self.timeline

    @property
    def within_reach(self) -> tuple[QWidget, ...]:
        """Those of `order` that F6 goes to: what is seen, and what shares a column with something that is seen."""
        folded = (self.reader, self.profile) if self._is_folded else ()
        return tuple(pane for pane in self.order if pane.isVisible() or (pane in folded and self._views.isVisible()))

    @property
    def hidden(self) -> tuple[str, ...]:
        """The names of the panes that the person shut."""
        return tuple(sorted(self._hidden))

    @property
    def sizes(self) -> Mapping[str, tuple[int, ...]]:
        """The sizes of each divider's parts, by its name."""
        now = {name: tuple(split.sizes()) for name, split in self._splits.items()}
        # While a record has the whole window, reader and profile stand elsewhere.
        return {**now, "reading": tuple(self._reading_sizes)} if self._is_page else now

    @property
    def _is_folded(self) -> bool:
        """Whether text and profile share one column."""
        return self._narrow and "profile" not in self._hidden and not self._is_page

    # ------------------------------------------------------------------------------------------------------ slots

    def restore(self, sizes: Mapping[str, Sequence[int]], hidden: Sequence[str]) -> None:
        """Put dividers and panes as they were left; sizes that do not fit the panes are passed over."""
        self._hidden = set(hidden) & {"sidebar", "profile", "timeline-pane"}
        for name, split in self._splits.items():
            wanted = sizes.get(name, ())
            if len(wanted) == split.count() and sum(wanted) > 0:
                split.setSizes(list(wanted))
                if name == "reading":
                    self._reading_sizes = list(wanted)
        self._refold()

    def switch(self, name: str) -> None:
        """Show a pane, or shut it: sidebar, profile or timeline-pane."""
        self._hidden ^= {name}
        if name == "profile" and name not in self._hidden:
            self._choice.choose(profile=True)
        self._refold()
        self.switched.emit()

    def lend(self, pane: QWidget) -> None:
        """F6 comes to a pane: where text and profile share a column, show that one; when F6 goes on and nothing was
        done there, show what was there before.
        """
        if not self._is_folded or (pane not in (self.reader, self.profile) and self._lent_over is None):
            return
        if pane in (self.reader, self.profile):
            wanted = pane is self.profile
            self._lent_over = self._choice.profile if self._lent_over is None else self._lent_over
        else:
            wanted, self._lent_over = bool(self._lent_over), None
        self._choice.choose(profile=wanted)
        self._refold()

    def is_on(self, name: str) -> bool:
        """Whether a pane is not shut."""
        return name not in self._hidden

    # ----------------------------------------------------------------------------------------------------- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window folds reader and profile into one column."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW * max(1.0, self._coordinator.text_scale**0.5)
        if narrow != self._narrow:
            self._narrow = narrow
            self._across.setSizes(list(_WIDTHS_NARROW if narrow else _WIDTHS))
            self._refold()

    def _show_mine(self, kind: str, identity: str) -> None:
        self.mine.show_list(kind, identity)
        self._lists.setCurrentWidget(self.mine)
        self.mine.list.setFocus()

    def _leave_mine(self) -> None:
        if self._mine is not None:
            self._mine.leave()

    def _show_results(self) -> None:
        mine = self._mine
        had_focus = mine.isAncestorOf(self.focusWidget()) if mine and self.focusWidget() is not None else False
        self._lists.setCurrentWidget(self.results)
        if had_focus:
            self.results.first_focus.setFocus()

    def _moment_changed(self, old: Moment, new: Moment) -> None:
        if old.question != new.question:
            self._leave_mine()
        if old.view != new.view and "page" in (old.view, new.view):
            self._refold()
        if old.record != new.record:
            self._bring(profile=False)
        elif old.profile != new.profile:
            self._bring(profile=True)
        elif old.view != new.view:
            self._refold()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _lay_out(self) -> None:
        self._reading.addWidget(self.reader)
        self._reading.addWidget(self.profile)
        rows = QVBoxLayout(self._column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._choice)
        rows.addWidget(self._reading, 1)
        self._lists.addWidget(self.results)
        for widget in (self.sidebar, self._lists, self._column):
            self._across.addWidget(widget)
        self._views.addWidget(self._across)
        self._views.addWidget(self.page)
        self._whole.addWidget(self._views)
        self._whole.addWidget(self.timeline)
        for split, sizes, stretched in (
            (self._reading, _READING, 0),
            (self._across, _WIDTHS, 2),
            (self._whole, (900, _TIMELINE), 0),
        ):
            split.setHandleWidth(1)
            split.setChildrenCollapsible(False)
            split.setSizes(list(sizes))
            for at in range(split.count()):
                split.setStretchFactor(at, 1 if at == stretched else 0)
        self._column.setMinimumWidth(320)
        self.profile.setMinimumWidth(240)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._whole)

    def _widen(self) -> None:
        """Larger texts need wider lists, but not as much wider: the text that is read needs the room as well."""
        scale = max(1.0, self._coordinator.text_scale)
        self.sidebar.setMinimumWidth(round(_SIDEBAR * scale**0.75))
        self._lists.setMinimumWidth(round(_LIST * scale**0.6))
        self.timeline.setMinimumHeight(round(_LEAST_TIMELINE * scale**0.7))

    def _bring(self, *, profile: bool) -> None:
        """In one column, show what was just asked for: the text that was opened, or the name that was followed."""
        self._choice.choose(profile=profile)
        self._chosen()

    def _bring_reader(self) -> None:
        """The text is to be seen, whatever stands in its place."""
        if self._coordinator.moment.view in ("start", "timeline"):
            self._coordinator.show_view("browse")
        if self._is_folded and self._choice.profile:
            self._bring(profile=False)
            self._reading.refresh()  # at once: what is looked for is shown where it stands in a page of this width

    def _chosen(self) -> None:
        self._lent_over = None
        self._refold()

    def _turn_page(self, *, page: bool) -> None:
        """Give reader and profile to the page of the record, or take them back."""
        if page == self._is_page:
            return
        self._is_page = page
        if page:
            if self._reading.isVisible():
                self._reading_sizes = self._reading.sizes()
            self.page.take()
        else:
            self.page.give_back(self._reading)
            self._reading.setSizes(self._reading_sizes)
            self._reading.setStretchFactor(0, 1)
            self._reading.setStretchFactor(1, 0)
        self._views.setCurrentWidget(self.page if page else self._across)

    def _refold(self) -> None:
        moment = self._coordinator.moment
        view = moment.view
        page = view == "page" and moment.record is not None
        self._turn_page(page=page)
        if page:
            self._views.setVisible(True)
            self.timeline.setVisible(self.page.with_timeline)
            return
        with_profile = "profile" not in self._hidden
        one = self._is_folded
        self._choice.setVisible(one)
        self.reader.setVisible(not one or not self._choice.profile)
        self.profile.setVisible(with_profile and (not one or self._choice.profile))
        self.sidebar.setVisible("sidebar" not in self._hidden)
        self._views.setVisible(view != "timeline")
        self.timeline.setVisible(view == "timeline" or "timeline-pane" not in self._hidden)


class _Choice(QWidget):
    """Text or profile, where both share one column."""

    chosen = Signal()

    def __init__(self, coordinator: Coordinator, parent: QWidget) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._group = QButtonGroup(self)
        self._buttons = (QPushButton(), QPushButton())
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        for at, button in enumerate(self._buttons):
            button.setCheckable(True)
            button.setProperty("role", "chip")
            self._group.addButton(button, at)
            row.addWidget(button)
        row.addStretch(1)
        self._buttons[0].setChecked(True)
        self._group.idClicked.connect(lambda _at: self.chosen.emit())
        coordinator.language_changed.connect(self._reword)
        self._reword()

    @property
    def profile(self) -> bool:
        """Whether the profile is chosen."""
        return self._buttons[1].isChecked()

    def choose(self, *, profile: bool) -> None:
        """Choose the profile, or the text."""
        self._buttons[int(profile)].setChecked(True)

    def _reword(self) -> None:
        for button, key in zip(self._buttons, ("text", "profile"), strict=True):
            button.setText(self._coordinator.words(f"window.panes.{key}"))
