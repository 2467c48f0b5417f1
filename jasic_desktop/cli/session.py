"""One run of the command line: its arguments, its output, and the archive, opened when first asked for."""

from __future__ import annotations

from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from jasic_desktop.cli.output import Output
from jasic_desktop.cli.parser import Arguments
from jasic_desktop.core.languages import Language

if TYPE_CHECKING:
    from jasic_desktop.app.context import OpenedArchive
    from jasic_desktop.packs.store import Store
    from jasic_desktop.search.engine import Engine


class Session:
    """Holds what the commands share; as a context manager it closes what was opened."""

    def __init__(self, arguments: Arguments, output: Output) -> None:
        self.arguments = arguments
        self.options: Any = arguments.options
        self.output = output
        for fault in arguments.settings.faults:
            output.warn(fault)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        opened = self.__dict__.get("archive")
        if opened is not None:
            opened.close()

    @property
    def language(self) -> Language:
        """The language spoken to the person."""
        return self.arguments.language

    @cached_property
    def archive(self) -> OpenedArchive:
        """The archive that was asked for, derived first where that was not done yet."""
        from jasic_desktop.app.context import open_archive

        with self.output.progress() as progress:
            opened = open_archive(self.arguments.archive, self.arguments.places, progress)
        for note in opened.notes:
            self.output.note(note.key, **note.values)
        return opened

    @property
    def store(self) -> Store:
        """The records."""
        return self.archive.store

    @property
    def engine(self) -> Engine:
        """The search engine over them."""
        return self.archive.engine

    def find(self, text: str) -> str:
        """The id of the record that an id or identifier leads to; tells what differs from what was cited.

        Raises NotFoundFault.
        """
        from jasic_desktop.app.cited import notes_on

        record_id = self.store.resolve(text)
        for note in notes_on(text, record_id, self.store):
            self.output.note(note.key, **note.values)
        return record_id
