"""What all panes share: the moment, the answer to its question, the selection, and the signals that tell of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from jasic_desktop.app.commands import command
from jasic_desktop.app.navigation import History, Moment, View, beside, listing, reading
from jasic_desktop.app.selection import Selection
from jasic_desktop.core.errors import Fault
from jasic_desktop.core.languages import Language
from jasic_desktop.core.paths import Places
from jasic_desktop.core.settings import Settings
from jasic_desktop.search.answer import Answer
from jasic_desktop.search.request import PAGE, Filters, Group, Request, Sort
from jasic_desktop.ui.handlers import add_handlers
from jasic_desktop.ui.looks import Looks
from jasic_desktop.ui.mine import Mine
from jasic_desktop.ui.possible import has

if TYPE_CHECKING:
    from jasic_desktop.app.context import OpenedArchive
    from jasic_desktop.packs.store import Store
    from jasic_desktop.ui.searching import Searcher


class Coordinator(Looks):
    """The one object every pane is given. A pane reads from it, calls its slots, and repaints on its signals.

    `moment_changed` comes first after any step (old and new Moment); `record_shown` and `profile_shown` follow when
    the record in the reader or beside it changed. `answer_changed` brings the answer to the moment's question;
    `searching` says that it is awaited. `commands_changed` says that what is possible may have changed.
    `asked_for_tab` asks the reader for a new tab with a record; `tabs_restored` for the tabs of last time (ids).
    """

    archive_opened = Signal()
    standing_changed = Signal()
    moment_changed = Signal(object, object)
    answer_changed = Signal(object)
    searching = Signal(bool)
    record_shown = Signal(str)
    profile_shown = Signal(str)
    asked_for_tab = Signal(str)
    tabs_restored = Signal(object)
    selection_changed = Signal()

    def __init__(
        self,
        places: Places,
        settings: Settings,
        language: Language = "en",
        theme: str | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(places, settings, language, theme, parent)
        self.archive: OpenedArchive | None = None
        self.answer: Answer | None = None
        self.selection = Selection()
        self.tabs: tuple[str, ...] = ()
        self.tab_count = 0
        self._searcher: Searcher | None = None
        self._history = History()
        self.is_typing = False
        self._awaited: int | None = None
        self._handlers: dict[str, Callable[[], object]] = {}
        self._checks: dict[str, Callable[[], bool]] = {}
        self.setting_changed.connect(self._setting_changed)
        self.mine = Mine(self)
        add_handlers(self)

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def store(self) -> Store | None:
        """The records; None until an archive is open."""
        return self.archive.store if self.archive is not None else None

    @property
    def searcher(self) -> Searcher | None:
        """Who asks the search process; None until the application has set it."""
        return self._searcher

    @property
    def moment(self) -> Moment:
        """The moment shown."""
        return self._history.current

    @property
    def can_back(self) -> bool:
        """Whether there is a moment before this one."""
        return self._history.can_back

    @property
    def can_forward(self) -> bool:
        """Whether there is a moment after this one."""
        return self._history.can_forward

    @property
    def is_searching(self) -> bool:
        """Whether the answer to the moment's question is still awaited."""
        return self._awaited is not None

    @property
    def target(self) -> str | None:
        """The record that a command about one record means: the one read, else the one beside it."""
        return self.moment.record or self.moment.profile

    def request(self, offset: int = 0, *, live: bool = False) -> Request:
        """The moment's question as a request, with facets where it begins with the first hit."""
        moment = self.moment
        return Request(
            moment.text,
            moment.filters,
            moment.sort,
            limit=PAGE,
            offset=offset,
            facets=offset == 0,
            live=live,
            language=self.language,
            group=self._group,
        )

    # ------------------------------------------------------------------------------------- slots: asking and going

    @Slot(str, bool)
    def ask(self, text: str, live: bool = True) -> None:
        """Ask a question. `live` while the person types: the first key makes a step in the history, the next ones
        change it; Enter (`live` false) settles it.
        """
        text = " ".join(text.split("\n"))
        new = replace(self.moment, text=text, view=listing(self.moment.view))
        if live and self.is_typing:
            self._change(new, step=False, live=True)
        elif new != self.moment:
            self._change(new, live=live)
        self.is_typing = live

    @Slot(object)
    def narrow(self, filters: Filters, **saved: Any) -> None:
        """Ask the same question with other filters; `saved` is the text and the sort of one that was saved."""
        self._change(replace(self.moment, filters=filters, view=listing(self.moment.view), **saved))

    @Slot(str)
    def sort_by(self, sort: Sort) -> None:
        """Put the results in another order."""
        self._change(replace(self.moment, sort=sort))

    @Slot(str, bool)
    def open_record(self, record_id: str, new_tab: bool = False) -> None:
        """Read a record (an id, an old id or an identifier); what it is about stands beside it."""
        found = self._resolved(record_id)
        if found is None:
            return
        if new_tab:
            self.asked_for_tab.emit(found)
        view, profile = reading(self.moment.view), beside(self.store, found)
        self._change(replace(self.moment, record=found, profile=profile, view=view, scroll=0.0), settle=True)

    @Slot(str)
    def show_profile(self, record_id: str) -> None:
        """Show a record beside the one that is read, which keeps its place."""
        found = self._resolved(record_id)
        if found is not None:
            self._change(replace(self.moment, profile=found, view=listing(self.moment.view)), settle=True)

    @Slot(str)
    def follow(self, record_id: str) -> None:
        """A name in a text was chosen: its profile stands beside, or it is read where there is no room beside."""
        if self.moment.record is None or self.moment.view == "page":
            self.open_record(record_id)
        else:
            self.show_profile(record_id)

    @Slot(str)
    def mark(self, record_id: str) -> None:
        """Make a record the one that is read, and leave the view as it is: an event of the whole timeline."""
        found = self._resolved(record_id)
        if found is not None:
            moment = replace(self.moment, record=found, profile=beside(self.store, found), scroll=0.0)
            self._change(moment, settle=True)

    @Slot(str)
    def show_view(self, view: View) -> None:
        """Show the start page, the panes, or the whole timeline."""
        self._change(replace(self.moment, view=view), settle=True)

    @Slot()
    def close_record(self) -> None:
        """The last tab was closed: nothing is read now."""
        view: View = "browse" if self.moment.view == "page" else self.moment.view
        self._change(replace(self.moment, record=None, profile=None, view=view, scroll=0.0), settle=True)

    def restore_tabs(self, ids: tuple[str, ...]) -> None:
        """Let the reader hold the tabs of last time, without going there; one that is not made yet finds them here."""
        if ids:
            self.tabs, self.tab_count = ids, len(ids)
            self.tabs_restored.emit(ids)

    @Slot(float)
    def note_scroll(self, scroll: float) -> None:
        """The reader was scrolled (0 to 1): Back will bring it there again. Tells nobody."""
        self._history.replace(replace(self.moment, scroll=scroll))

    def note_list(self, top: float) -> None:
        """The results were scrolled so that so many rows lie above: Back will bring that back. Tells nobody."""
        self._history.replace(replace(self.moment, list_top=top))

    @Slot()
    def back(self) -> None:
        """Bring the moment before this one back."""
        self._step(self._history.back)

    @Slot()
    def forward(self) -> None:
        """Bring the moment after this one back."""
        self._step(self._history.forward)

    # ------------------------------------------------------------------------------------------- slots: selecting

    @Slot(str)
    def toggle(self, record_id: str) -> None:
        """Tick a record, or take its tick away."""
        self.selection.toggle(record_id)
        self._selected()

    @Slot(object)
    def select(self, ids: Iterable[str]) -> None:
        """Tick records beside those that are ticked."""
        self.selection.add(ids)
        self._selected()

    @Slot(object)
    def unselect(self, ids: Iterable[str]) -> None:
        """Take the ticks of records away."""
        self.selection.remove(ids)
        self._selected()

    @Slot()
    def clear_selection(self) -> None:
        """Take all ticks away."""
        self.selection.clear()
        self._selected()

    # ------------------------------------------------------------------------------------- slots: how it all looks

    @Slot(str)
    def set_language(self, choice: str) -> None:
        """Speak another language, at once, the results too; `system` takes that of the machine."""
        before = self.language
        super().set_language(choice)
        if self.language != before and self.archive is not None:
            self.search()

    # ------------------------------------------------------------------------------------------- slots: commands

    @Slot(str)
    def run(self, command_id: str) -> None:
        """Do a command of app/commands, if it is possible now. Raises KeyError for an unknown one."""
        command(command_id)
        if self.can(command_id):
            self._handlers[command_id]()
        elif not self.places.policy.allows(command_id):
            self.told.emit(self.why_closed(command_id), "warn")

    def can(self, command_id: str) -> bool:
        """Whether a command is possible now: somebody does it, what it needs is there, no policy forbids it."""
        if command_id not in self._handlers:
            return False
        if not self.places.policy.allows(command_id):
            return False
        entry, check = command(command_id), self._checks.get(command_id)
        changes = entry.setting or entry.choice
        allowed = not changes or self.can_change(changes)
        return allowed and has(self, entry.needs) and (check is None or check())

    def handle(
        self, command_id: str, function: Callable[[], object], possible: Callable[[], bool] | None = None
    ) -> None:
        """Let `function` do a command of app/commands; the last one that is given does it. A pane calls this when it
        is made. `possible` says when, beside what the command needs. Raises KeyError for an unknown command.
        """
        command(command_id)
        self._handlers[command_id] = function
        if possible is not None:
            self._checks[command_id] = possible

    # ---------------------------------------------------------------------------------------- slots: the application

    def set_searcher(self, searcher: Searcher) -> None:
        """Ask this one from now on."""
        self._searcher = searcher
        searcher.answered.connect(self._answered)
        searcher.failed.connect(self._failed)
        searcher.damaged.connect(self._damaged)

    def open(self, archive: OpenedArchive) -> None:
        """Show another archive, from its start page."""
        before = self.archive
        self.archive = archive
        self.answer = None
        self.selection.clear()
        self._history = History()
        self.is_typing = False
        self.tabs, self.tab_count = (), 0
        if self._searcher is not None:
            self._searcher.start(archive.store_path, archive.index_folder)
        self.archive_opened.emit()
        self.selection_changed.emit()
        self.commands_changed.emit()
        if before is not None:
            before.close()
        self.search()

    def close(self) -> None:
        """Let go of the archive and the search process."""
        self._awaited = None
        self.mine.close()
        if self._searcher is not None:
            self._searcher.stop()
        if self.archive is not None:
            self.archive.close()
            self.archive = None

    def search(self, *, live: bool = False) -> None:
        """Ask the moment's question (again)."""
        if self._send(live=live):
            self.searching.emit(True)

    # ----------------------------------------------------------------------------------------------------- events

    @Slot(int, object)
    def _answered(self, number: int, answer: Answer) -> None:
        if number != self._awaited:
            return
        self._awaited = None
        self.answer = answer
        self.searching.emit(False)
        self.answer_changed.emit(answer)
        self.commands_changed.emit()

    @Slot()
    def _damaged(self) -> None:
        """What the archive is read from is not as it was made: make it again, which the question then waits for."""
        self._awaited = None
        self.searching.emit(False)
        self.tell("derive.mending", kind="warn")
        if self.can("rebuild"):
            self.run("rebuild")

    @Slot(int, str)
    def _failed(self, number: int, sentence: str) -> None:
        if number != self._awaited:
            return
        self._awaited = None
        self.searching.emit(False)
        self.told.emit(sentence, "error")

    # ---------------------------------------------------------------------------------------------------- helpers

    def _change(self, new: Moment, *, step: bool = True, live: bool = False, settle: bool = False) -> None:
        old = self.moment
        if settle:
            self.is_typing = False
        if new == old:
            return
        if new.question != old.question:
            new = replace(new, list_top=0.0)
        if step:
            self._history.move(new)
        else:
            self._history.replace(new)
        self._tell_moment(old, new, live=live)

    def _step(self, go: Callable[[], Moment | None]) -> None:
        old = self.moment
        new = go()
        self.is_typing = False
        if new is not None:
            self._tell_moment(old, new)

    def _send(self, *, live: bool) -> bool:
        """Send the moment's question to the search process; tells whether there is one."""
        if self._searcher is None or self.archive is None:
            return False
        self._awaited = self._searcher.ask(self.request(live=live))
        return True

    def _tell_moment(self, old: Moment, new: Moment, *, live: bool = False) -> None:
        # Before all else: what the window makes for another moment is made while the question is answered.
        sent = new.question != old.question and self._send(live=live)
        self.moment_changed.emit(old, new)
        if new.record != old.record:
            self.record_shown.emit(new.record or "")
        if new.profile != old.profile:
            self.profile_shown.emit(new.profile or "")
        if sent:
            self.searching.emit(True)
        self.commands_changed.emit()

    @property
    def _group(self) -> Group:
        group = self.settings.text("group")
        return "type" if group == "type" else "year" if group == "year" else "none"

    def _setting_changed(self, key: str) -> None:
        if key == "group":
            self.note_list(0.0)
            self.search()

    def _selected(self) -> None:
        self.selection_changed.emit()
        self.commands_changed.emit()

    def _resolved(self, record_id: str) -> str | None:
        if self.store is None:
            return None
        try:
            found = self.store.resolve(record_id)
        except Fault as fault:
            self.tell_fault(fault)
            return None
        if found != record_id:
            from jasic_desktop.app.cited import notes_on

            for note in notes_on(record_id, found, self.store):
                self.tell(note.key, "info", **note.values)
        return found
