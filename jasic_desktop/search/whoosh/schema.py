"""The schema: our analyser's tokens as fields of Whoosh, positions as plain arrays instead of pickles."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Generator, Iterable
from typing import Any

from whoosh import fields, formats

from jasic_desktop.search.analysis import Token
from jasic_desktop.search.fields import INDEXED, MEANINGS


class PositionArrays(formats.Positions):
    """The positions of a term in a record as four bytes each, in the byte order of the machine."""

    def encode(self, poslist: Iterable[int]) -> bytes:
        """The value of a posting."""
        return array("I", poslist).tobytes()

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """The positions of a posting, ascending."""
        positions = array("I")
        positions.frombytes(valuestring)
        return positions.tolist()

    def decode_frequency(self, valuestring: bytes) -> int:
        """How often the term stands in the record."""
        return len(valuestring) // array("I").itemsize

    def decode_weight(self, valuestring: bytes) -> float:
        """The frequency, as no term is heavier than another."""
        return float(self.decode_frequency(valuestring))


class Frequencies(formats.Frequency):
    """How often a term stands in a record, and nothing else."""

    def encode(self, poslist: Iterable[int]) -> bytes:
        """The value of a posting: four bytes, as Frequency reads them."""
        return struct.pack("!I", sum(1 for _ in poslist))


class Tokens(fields.FieldType):
    """A field whose value is tokens that were analysed before."""

    analyzer = None

    def __init__(self, *, positions: bool) -> None:
        self.format: PositionArrays | Frequencies = PositionArrays() if positions else Frequencies()
        self.has_positions = positions
        self.scorable = True
        self.stored = False
        self.unique = False
        self.vector = None
        self.set_sortable(sortable=False)

    def index(self, value: Iterable[Token], **_: Any) -> Generator[tuple[bytes, int, float | int, bytes], Any, None]:
        """For each term its bytes, frequency, weight and the value of its posting."""
        found: dict[str, list[int]] = {}
        for token in value:
            found.setdefault(token.text, []).append(token.position)
        for text, at in found.items():
            yield text.encode(), len(at), float(len(at)), self.format.encode(at)


def schema() -> fields.Schema:
    """The fields of the index. Nothing is stored: a record's number in the index is its ordinal in the store."""
    return fields.Schema(**{str(field): Tokens(positions=MEANINGS[field].positions) for field in INDEXED})
