"""The index in its folder: Whoosh's, with a table of contents in JSON, and nothing pickled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.writing import SegmentWriter

from jasic_desktop.search.analysis import Token, Tokens
from jasic_desktop.search.inverting import RUN_TOKENS, Inverter
from jasic_desktop.search.runs import Part
from jasic_desktop.search.whoosh.codec import ArrayCodec, ArraySegment
from jasic_desktop.search.whoosh.contents import CONTENTS, NAME, SegmentContents, read_contents, write_contents
from jasic_desktop.search.whoosh.schema import schema


class ArrayIndex(FileIndex):
    """A Whoosh index whose reader, writer and searcher are Whoosh's own; only files and table of contents are ours."""

    def __init__(self, folder: Path) -> None:
        """The index in `folder`. Raises DamagedFault."""
        self.storage = FileStorage(str(folder))
        self.indexname = NAME
        self._schema = schema()
        self._read_toc()

    @classmethod
    def create_in(cls, folder: Path) -> ArrayIndex:
        """A new index, with nothing in it, in `folder`. Raises OSError."""
        write_contents(folder, 0, ())
        return cls(folder)

    @property
    def folder(self) -> Path:
        """Where it stands."""
        return Path(self.storage.folder)

    @property
    def segment(self) -> ArraySegment | None:
        """The one segment; None where there are none, or several."""
        segments = self._segments()
        return segments[0] if len(segments) == 1 else None

    def latest_generation(self) -> int:
        """How often it was written."""
        return int(self._read_toc().generation)

    def last_modified(self) -> float:
        """When it was written."""
        return (self.folder / CONTENTS).stat().st_mtime

    def writer(self, procs: int = 1, **options: Any) -> ArrayWriter:
        """Writes records."""
        return ArrayWriter(self, **options)

    def _read_toc(self) -> TOC:
        contents = read_contents(self.folder)
        segments = []
        for told in contents.segments:
            segment = ArraySegment(NAME, told.id, told.documents)
            segment.lengths = dict(told.lengths)
            segments.append(segment)
        return TOC(self._schema, segments, contents.generation)


class _Pool(Inverter):
    """Takes postings from Whoosh's writer, too, one at a time, as when segments are merged."""

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """Take a posting: field, term, record, weight and value."""
        name, term, document, weight, value = item
        count = int(weight)
        field: Any = _SCHEMA[name]
        positions = field.format.decode_positions(value) if field.has_positions else [0] * count
        self.take(name, document, [term.decode()] * count, positions)

    def iter_postings(self) -> _Pool:
        """All of them, as the codec takes them."""
        return self

    def cleanup(self) -> None:
        """Remove what is only for this run."""
        self.close()


_SCHEMA: Final = schema()


class ArrayWriter(SegmentWriter):
    """Whoosh's writer, which takes the tokens of a field at once and leaves the sorting to the Inverter."""

    def __init__(
        self, index: ArrayIndex, run_tokens: int = RUN_TOKENS, joined: Callable[[float], object] | None = None
    ) -> None:
        """Write into `index`; `run_tokens` and `joined` as an Inverter has them."""
        # The folder is one that nobody else knows of yet: there is nothing to lock it against.
        super().__init__(index, _lk=False, codec=ArrayCodec(), compound=False)
        self.newsegment.segid = str(self.generation)
        self.perdocwriter = self.codec.per_document_writer(self.storage, self.newsegment)
        self.fieldwriter = self.codec.field_writer(self.storage, self.newsegment)
        self._folder = index.folder
        self.pool = _Pool(self.scratch, run_tokens)
        if joined is not None:
            self.pool.joined = joined

    @property
    def scratch(self) -> Path:
        """The folder for what is only for this run; it goes with the end of it."""
        return Path(self._tempstorage.folder)

    def add_tokens(self, terms: Mapping[Any, Tokens]) -> None:
        """Add a record by its terms; the order of records is that of their ordinals. Raises OSError."""
        writer = self.perdocwriter
        writer.start_doc(self.docnum)
        for name, tokens in terms.items():
            self.pool.take(str(name), self.docnum, tokens.texts, tokens.positions)
            writer.add_field(str(name), None, None, len(tokens.texts))
        writer.finish_doc()
        self._added = True
        self.docnum += 1

    def add_gathered(
        self, count: int, lengths: Mapping[str, Sequence[int]], parts: Mapping[str, Sequence[Part]]
    ) -> None:
        """Add the next `count` records by how long their fields are, and the runs of their terms in `scratch`.

        Raises OSError.
        """
        self.pool.adopt(parts)
        self.perdocwriter.add_records(count, lengths)
        self._added = True
        self.docnum += count

    def add_document(self, **fields: list[Token]) -> None:
        """Add a record, as Whoosh has it."""
        self.add_tokens({name: Tokens.of(tokens) for name, tokens in fields.items()})

    def _commit_toc(self, segments: list[ArraySegment]) -> None:
        told = tuple(SegmentContents(s.segid, s.doc_count_all(), s.lengths) for s in segments)
        write_contents(self._folder, self.generation, told)
        kept = tuple(f"{segment.segment_id()}." for segment in segments)
        for path in self._folder.iterdir():
            if path.name.startswith(f"{NAME}_") and not path.name.startswith(kept):
                path.unlink()
