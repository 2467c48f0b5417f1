"""A dialog in which work goes on: Cancel ends that first, and nothing of it outlives the dialog."""

from __future__ import annotations

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog

from jasic_desktop.ui.export_task import Latest


class WorkDialog(QDialog):
    """`works` and `cancel_work` are what a dialog says of its own work."""

    def works(self) -> tuple[Latest, ...]:
        """All work that the dialog can have under way."""
        return ()

    def cancel_work(self) -> bool:
        """Ask what is under way to end; False where nothing is."""
        return False

    def reject(self) -> None:
        """Cancel: first what is under way, then the dialog."""
        if not self.cancel_work():
            super().reject()

    def done(self, result: int) -> None:
        """Called by Qt whenever the dialog closes: nothing of it goes on."""
        for work in self.works():
            work.drop()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own button does what Cancel does."""
        event.ignore()
        self.reject()
