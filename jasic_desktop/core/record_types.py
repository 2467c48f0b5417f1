"""The types of record, in the order in which they are listed."""

from __future__ import annotations

from typing import Final, Literal, get_args

RecordType = Literal["person", "organisation", "event", "place", "document", "topic"]
RECORD_TYPES: Final[tuple[RecordType, ...]] = get_args(RecordType)
