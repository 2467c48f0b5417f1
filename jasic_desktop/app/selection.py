"""What the person has ticked: record ids in the order in which they were ticked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class Selection:
    """An ordered set of record ids."""

    def __init__(self, ids: Iterable[str] = ()) -> None:
        self._ids = dict.fromkeys(ids)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids, the first ticked first."""
        return tuple(self._ids)

    def toggle(self, record_id: str) -> bool:
        """Tick a record, or take its tick away. Tells whether it is ticked now."""
        if record_id in self._ids:
            del self._ids[record_id]
            return False
        self._ids[record_id] = None
        return True

    def add(self, ids: Iterable[str]) -> None:
        """Tick records; those that are ticked keep their place."""
        self._ids.update(dict.fromkeys(ids))

    def remove(self, ids: Iterable[str]) -> None:
        """Take the ticks of records away; those that have none are passed over."""
        for record_id in ids:
            self._ids.pop(record_id, None)

    def clear(self) -> None:
        """Take all ticks away."""
        self._ids.clear()
