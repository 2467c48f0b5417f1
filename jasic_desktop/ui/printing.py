"""The one place with a printer: it is made when the person presses Print, because making one asks the print service.

Even a printer that writes a file makes a connection to that service; all else on paper, previews and PDF, goes without.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import NotWrittenFault
from jasic_desktop.export.options import PaperSize
from jasic_desktop.ui.paper.letters import Letters
from jasic_desktop.ui.paper.painting import paint
from jasic_desktop.ui.paper.sheet import Leaf

_SIZES = {"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter}
_DOTS = 720


def new_printer(paper: PaperSize, name: str) -> QPrinter:
    """A printer for sheets of this size; the work is called `name` in its queue."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(_SIZES[paper]))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    printer.setFullPage(True)
    printer.setDocName(name)
    return printer


def ask_printer(parent: QWidget, paper: PaperSize, name: str, count: int) -> QPrinter | None:
    """Ask on which printer, how many copies and which of `count` pages; None where the person chose none."""
    printer = new_printer(paper, name)
    dialog = QPrintDialog(printer, parent)
    if count:
        dialog.setMinMax(1, count)
        dialog.setFromTo(1, count)
    chosen = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if chosen else None


def print_leaves(printer: QPrinter, leaves: Iterable[Leaf], language: str, progress: Progress) -> int:
    """Print the pages, those of the range that was chosen; the number printed. May be called by a thread.

    Raises Cancelled, after which nothing more is printed, NotWrittenFault where the printer takes nothing.
    """
    first, last = printer.fromPage(), printer.toPage()
    painter, letters, printed = QPainter(), Letters(language), 0
    try:
        for leaf in leaves:
            progress.step("window.printing.step", leaf.number)
            if first and leaf.number < first:
                continue
            if last and leaf.number > last:
                break
            if not printed and not painter.begin(printer):
                raise NotWrittenFault("window.printing.refused", printer=printer.printerName())
            if printed:
                printer.newPage()
            painter.save()
            scale = printer.resolution() / _DOTS
            painter.scale(scale, scale)
            paint(painter, leaf, letters)
            painter.restore()
            printed += 1
    except BaseException:
        if painter.isActive():
            printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()
    return printed
