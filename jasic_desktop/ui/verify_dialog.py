"""Proves that the open copy is whole: how far it has come, what was found, and a certificate of it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Fault
from jasic_desktop.core.paths import Places
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.export_outcome import ExportOutcome
from jasic_desktop.ui.export_task import Latest
from jasic_desktop.ui.faults import sentence
from jasic_desktop.ui.files import save_path
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.plain import plain_label, tint
from jasic_desktop.ui.speaking import SpokenProgress, announce
from jasic_desktop.ui.text_lines import TextLines
from jasic_desktop.ui.work_dialog import WorkDialog

if TYPE_CHECKING:
    from jasic_desktop.packs.bag import Verification

_SIZE: Final = QSize(640, 480)
_LOW: Final = 220


class VerifyDialog(WorkDialog):
    """Modal to the window; it begins at once. What it finds is the standing of the open archive from then on.

    The same dialog can look again, and save a certificate of what it found last.
    """

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        archive = coordinator.archive
        if archive is None:
            raise ValueError("nothing is open that could be verified")
        self._coordinator = coordinator
        self._place = archive.place
        self._title = archive.store.archive.title.show(coordinator.language)
        self._version = archive.store.archive.version
        self.result_found: Verification | None = None
        self._work = Latest(self)
        self._spoken = SpokenProgress(self)
        words = coordinator.words
        self.setWindowTitle(words("window.command.verify"))
        self._sign = QLabel()
        self.state = plain_label(wrap=True)
        self.state.setFont(coordinator.font("section"))
        self.told = plain_label(wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.count = plain_label()
        self.count.setProperty("role", "faint")
        self.problems = TextLines(coordinator, words("window.verify.problems"))
        self.outcome = ExportOutcome(coordinator)
        self.cancel, self.again, self.save, self.close_button = (QPushButton() for _ in range(4))
        self._lay_out()
        self._connect()
        self.look()
        self._fit(high=False)

    # ------------------------------------------------------------------------------------------------------ slots

    def look(self) -> None:
        """Look at every byte."""
        self.result_found = None
        self.outcome.clear()
        self._show_running(running=True)
        self._say("clock", "ink-2", self._coordinator.words("window.verify.running"), "")
        self._work.start(partial(_look, self._place, self._coordinator.places))
        self.bar.setFocus()

    def save_certificate(self) -> None:
        """Ask where to write the certificate of what was found, and write it."""
        result, coordinator = self.result_found, self._coordinator
        if result is None:
            return
        from jasic_desktop.app.certificate import certificate, file_name
        from jasic_desktop.ui.certificate import write_certificate

        words = coordinator.words
        chosen = save_path(self, coordinator, words("window.verify.save_title"), file_name(result), ("pdf",))
        if chosen is None:
            return
        made = certificate(result, self._place, coordinator.language, datetime.now().astimezone())
        try:
            # The dialog has asked already whether it may be replaced.
            write_certificate(made, chosen, force=True)
        except Fault as fault:
            self.outcome.say("error", fault.sentence(coordinator.language))
            return
        self.outcome.say(
            "done",
            words("window.verify.saved", path=chosen),
            words("window.export.copy_path"),
            lambda: QGuiApplication.clipboard().setText(str(chosen)),
        )

    def works(self) -> tuple[Latest, ...]:
        """All that can be under way."""
        return (self._work,)

    def cancel_work(self) -> bool:
        """Ask what is under way to end; False where nothing is."""
        is_running = self._work.running
        if is_running:
            self.cancel.setEnabled(False)
            self._work.cancel()
        return is_running

    # ----------------------------------------------------------------------------------------------------- events

    def _progressed(self, step: str, done: int, total: int) -> None:
        words = self._coordinator.words
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        told = words("window.progress.of", step=words(step), done=done, total=total)
        self.count.setText(told)
        self._spoken.tell(step, told)

    def _finished(self, result: Verification) -> None:
        from jasic_desktop.app.maker import Standing

        self.result_found = result
        coordinator, words = self._coordinator, self._coordinator.words
        standing = Standing.of(result)
        damaged = len(standing.damaged)
        self._show_running(running=False)
        if damaged:
            self._say("warn", "warn", standing.words(coordinator.language), words("window.verify.what_now"))
            self.problems.show_lines(
                f"{problem.file or self._place.name}: {problem.sentence(coordinator.language)} [{problem.code}]"
                for problem in result.problems
            )
            first = standing.damaged[0] or self._place.name
            coordinator.tell("window.verify.damaged", kind="error", count=damaged, first=first)
        else:
            counted = words("window.verify.complete", count=result.files)
            maker = standing.maker(coordinator.language)
            self._say("shield", "verified", standing.words(coordinator.language), f"{counted}\n{maker}")
            coordinator.tell("window.verify.complete", count=result.files)
        self.problems.setVisible(bool(damaged))
        if coordinator.archive is not None:
            coordinator.archive.standing = standing
            coordinator.standing_changed.emit()
        self._fit(high=bool(damaged))
        self.save.setFocus()

    def _failed(self, error: Exception) -> None:
        self._show_running(running=False)
        self._say("info", "ink-2", self._coordinator.words("window.verify.not_finished"), "")
        self.outcome.say("error", sentence(error, self._coordinator))
        self.again.setFocus()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _connect(self) -> None:
        self._work.progressed.connect(self._progressed)
        self._work.finished.connect(self._finished)
        self._work.failed.connect(self._failed)
        self.cancel.clicked.connect(self.reject)
        self.close_button.clicked.connect(self.reject)
        self.again.clicked.connect(self.look)
        self.save.clicked.connect(self.save_certificate)
        self._coordinator.archive_opened.connect(self._gone)

    def _gone(self) -> None:
        """Another archive was opened under the dialog."""
        self._work.drop()
        super().reject()

    def _say(self, icon: str, color: str, state: str, told: str) -> None:
        coordinator = self._coordinator
        self._sign.setPixmap(pixmap(icon, coordinator.theme.color(color), coordinator.length(20)))
        self.state.setText(state)
        tint(self.state, coordinator.theme.color(color if color != "ink-2" else "ink"))
        self.told.setText(told)
        announce(self, ". ".join(filter(None, (state, *told.split("\n")))))
        self.told.setVisible(bool(told))

    def _fit(self, *, high: bool) -> None:
        """As high as what there is to say, or higher for a list of files."""
        size = QSize(self._coordinator.length(_SIZE.width()), self._coordinator.length(_SIZE.height()))
        parent = self.parentWidget()
        size = size.boundedTo(parent.size() - QSize(48, 48)) if parent is not None else size
        self.resize(size if high else QSize(size.width(), min(size.height(), self._coordinator.length(_LOW))))

    def _show_running(self, *, running: bool) -> None:
        for widget in (self.bar, self.count, self.cancel):
            widget.setVisible(running)
        self.cancel.setEnabled(running)
        for button in (self.again, self.close_button):
            button.setVisible(not running)
        self.save.setVisible(self.result_found is not None)
        self.problems.hide()
        if running:
            self.bar.setRange(0, 0)
            self.count.setText("")

    def _lay_out(self) -> None:
        coordinator, words = self._coordinator, self._coordinator.words
        which = plain_label(f"{self._title} {self._version}", wrap=True)
        which.setProperty("role", "second")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.state, 1)
        for button, key in (
            (self.cancel, "window.progress.cancel"),
            (self.again, "window.verify.again"),
            (self.save, "window.verify.save"),
            (self.close_button, "window.about.close"),
        ):
            button.setText(words(key))
            button.setAutoDefault(False)
        self.bar.setAccessibleName(words("window.command.verify"))
        self.told.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        buttons = QDialogButtonBox()
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.again, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.close_button, QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(which)
        column.addLayout(head)
        for widget in (self.told, self.bar, self.count):
            column.addWidget(widget)
        column.addWidget(self.problems, 1)
        column.addStretch(0)
        column.addWidget(self.outcome)
        column.addWidget(buttons)
        self.outcome.setMinimumWidth(coordinator.length(320))


def _look(place: Path, places: Places, progress: Progress) -> Verification:
    from jasic_desktop.packs.bag import verify
    from jasic_desktop.packs.trust import trusted_keys

    return verify(place, progress, trusted_keys(places).keys)
