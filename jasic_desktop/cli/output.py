"""What the command line says: results on standard output, messages and progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import ExitCode, Fault
from jasic_desktop.core.folding import without_surrogates
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language
from jasic_desktop.core.pace import Pace

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


def force_utf8() -> None:
    """Let standard output and error carry every character of the archive, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


class Output:
    """Speaks to one person in one language; with `json`, standard output carries one JSON document and nothing else."""

    def __init__(self, language: Language, *, json: bool = False) -> None:
        self.language = language
        self.json = json

    def show(self, renderable: RenderableType) -> None:
        """Draw something for people on standard output."""
        _console(sys.stdout).print(renderable)

    def line(self, key: str, **values: object) -> None:
        """One line of the catalogue on standard output."""
        print(self.words(key, **values))

    def text(self, text: str) -> None:
        """Text for another program, as it is, on standard output."""
        sys.stdout.write(without_surrogates(text))

    def document(self, value: Any) -> None:
        """One JSON document on standard output."""
        import msgspec

        packed = msgspec.json.format(msgspec.json.encode(value), indent=2)
        sys.stdout.write(packed.decode() + "\n")

    def note(self, key: str, **values: object) -> None:
        """One line of the catalogue on standard error."""
        print(f"{self.words('cli.warn_mark')}{self.words(key, **values)}", file=sys.stderr)

    def fault(self, fault: Fault) -> ExitCode:
        """Tell what stopped the program; returns the exit code that goes with it."""
        sentence = without_surrogates(fault.sentence(self.language))
        print(f"{self.words('cli.fault_mark')}{printable(sentence)}", file=sys.stderr)
        return fault.exit_code

    def warn(self, fault: Fault) -> None:
        """Tell of a fault that the program can go on in spite of."""
        print(
            f"{self.words('cli.warn_mark')}{printable(without_surrogates(fault.sentence(self.language)))}",
            file=sys.stderr,
        )

    def words(self, key: str, **values: object) -> str:
        """A text of the catalogue in this person's language, safe to print."""
        return printable(without_surrogates(translate(key, self.language, **values)))

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A progress bar on a terminal, nothing in a pipe."""
        if not sys.stderr.isatty():
            yield Progress()
            return
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bars

        pace = TextColumn("{task.fields[pace]}")
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), pace, TimeRemainingColumn())
        with Bars(*columns, console=_console(sys.stderr), transient=True) as bars:
            tasks: dict[str, Any] = {}
            follow = Pace()

            def report(step: str, done: int, total: int) -> None:
                if step not in tasks:
                    tasks[step] = bars.add_task(translate(step, self.language), total=total or None, pace="")
                told = follow.told(step, done, total)
                bars.update(
                    tasks[step], completed=done, total=total or None, pace=f"{told.rate:,.0f}/s" if told else ""
                )

            yield Progress(report)


def printable(text: str) -> str:
    """`text` without control characters, which a terminal would obey; line ends and tabs stay."""
    return "".join(c if (c >= " " and not "\x7f" <= c <= "\x9f") or c in "\n\t" else "\ufffd" for c in text)


def _console(stream: IO[str]) -> Console:
    from rich.console import Console

    return Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=False)
