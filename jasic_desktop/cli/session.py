"""One run of the command line: its arguments, its output, and the archive, opened when first asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from jasic_desktop.cli.output import Output
from jasic_desktop.cli.parser import Arguments
from jasic_desktop.core.errors import DERIVED_DAMAGED, DamagedFault, NotWrittenFault
from jasic_desktop.core.languages import Language

if TYPE_CHECKING:
    from jasic_desktop.app.context import OpenedArchive
    from jasic_desktop.packs.store import Store
    from jasic_desktop.search.engine import Engine
    from jasic_desktop.workspace.opening import Workspace

BACKUP_MINUTES: Final = 30
"""Commands that change the workspace back it up first, but not oftener than this."""


class Session:
    """Holds what the commands share; as a context manager it closes what was opened."""

    def __init__(self, arguments: Arguments, output: Output) -> None:
        self.arguments = arguments
        self.options: Any = arguments.options
        self.output = output
        for fault in (*arguments.places.policy.faults, *arguments.settings.faults):
            output.warn(fault)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in ("workspace", "archive"):
            opened = self.__dict__.get(name)
            if opened is not None:
                opened.close()

    @property
    def language(self) -> Language:
        """The language spoken to the person."""
        return self.arguments.language

    def mended(self, fault: DamagedFault) -> bool:
        """Whether it was the data derived from the archive that is damaged, which is now made again."""
        if fault.key not in DERIVED_DAMAGED:
            return False
        from jasic_desktop.app.context import rebuild

        opened = self.__dict__.pop("archive", None)
        if opened is not None:
            opened.close()
        with self.output.progress() as progress:
            self.__dict__["archive"] = rebuild(self.arguments.archive, self.arguments.places, progress)
        self.output.note("derive.mended")
        return True

    @cached_property
    def archive(self) -> OpenedArchive:
        """The archive that was asked for, derived first where that was not done yet."""
        from jasic_desktop.app.context import open_archive

        with self.output.progress() as progress:
            opened = open_archive(self.arguments.archive, self.arguments.places, progress)
        for note in opened.notes:
            self.output.note(note.key, **note.values)
        return opened

    @cached_property
    def workspace(self) -> Workspace:
        """What the person made. Where nothing can be written there, they are told; where nothing is, it is empty."""
        from jasic_desktop.workspace.opening import open_workspace

        opened = open_workspace(self.arguments.places.workspace, make=False)
        if opened.refusal is not None:
            self.output.warn(opened.refusal)
        return opened

    @property
    def writable(self) -> Workspace:
        """The workspace, to be written: made where there is none, and what was changed before backed up first."""
        from jasic_desktop.workspace.opening import open_workspace

        if "workspace" not in self.__dict__:
            opened = self.__dict__["workspace"] = open_workspace(self.arguments.places.workspace)
            if opened.refusal is not None:
                raise opened.refusal
            try:
                opened.tidy(BACKUP_MINUTES)
            except NotWrittenFault as fault:
                self.output.warn(fault)
        return self.workspace

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

    def may_leave(self, key: str, out: str | Path = "-") -> None:
        """Go on if records may leave in a format of export.registry, to `out` or to standard output.

        Raises RefusedFault.
        """
        from jasic_desktop.app.admission import require_format

        require_format(self.arguments.places.policy, key)
        self.may_write(out)

    def may_write(self, out: str | Path) -> None:
        """Go on if a file may be written to `out`, or to standard output. Raises RefusedFault."""
        from jasic_desktop.app.admission import require_place

        require_place(self.arguments.places.policy, Path(out))
