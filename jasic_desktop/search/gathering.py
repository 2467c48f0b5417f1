"""Gathers the terms of records for an index, where it helps in two processes that come towards each other.

The records of a store are divided into blocks. This process takes them from the first on, its helper from the last
back, until they meet: whichever is slower gathers fewer. A block belongs to the process that first makes the file of
its name. The helper leaves sorted runs and a few words about them in JSON, block by block. What it did not leave,
because it could not be started, was ended or hangs, this process gathers itself, and meets what hindered the helper.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from jasic_desktop.core.process import (
    GATHER,
    Child,
    ChildGoneError,
    Inbox,
    Outbox,
    frame,
    own_pipes,
    own_program,
    processors,
)
from jasic_desktop.core.records import Record
from jasic_desktop.packs.store import Store
from jasic_desktop.search.inverting import Inverter
from jasic_desktop.search.ordering import OrderWriter
from jasic_desktop.search.runs import Part
from jasic_desktop.search.terms import Terms, terms_of

BATCH: Final = 64
"""Records between two looks at whether somebody wants it ended."""
_ENOUGH: Final = 2000
"""Fewer records are gathered before a helper has been started."""
_BLOCKS: Final = 64
_SMALLEST: Final = 250
"""Records of a block: the last one is waited for."""
_TITLES: Final = 10_000
_LOOK_S: Final = 0.05
_PATIENCE_S: Final = 30.0
"""Seconds that a block of the helper is waited for, and _TIMES what one took here: who is longer hangs."""
_TIMES: Final = 5


def two_help(records: int) -> bool:
    """Whether so many records are gathered sooner by two processes here."""
    return records >= _ENOUGH and processors() > 1


class Cutter:
    """Cuts the records of a store into terms."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._title_of = lru_cache(maxsize=_TITLES)(store.title)

    def cut(self, ordinals: range) -> Iterator[tuple[Record, Terms]]:
        """These records with their terms. Raises DamagedFault."""
        for ordinal in ordinals:
            record = self._store.at(ordinal)
            yield record, terms_of(record, self._title_of)


class Gathered(msgspec.Struct, frozen=True):
    """What came of a block: its runs by field; how long each field is in each record, 0 where it is not there; and the
    runs of its titles.
    """

    parts: dict[str, list[Part]]
    lengths: dict[str, list[int]]
    titles: list[str]


class Blocks:
    """The records of a store in blocks. In `folder` two processes agree on who gathers which."""

    def __init__(self, folder: Path, records: int, size: int | None = None) -> None:
        self.folder = folder
        self.size = size or max(_SMALLEST, -(-records // _BLOCKS))
        self._records = records

    @property
    def count(self) -> int:
        """How many there are."""
        return -(-self._records // self.size)

    def span(self, block: int) -> range:
        """The ordinals of its records."""
        return range(block * self.size, min(self._records, (block + 1) * self.size))

    def claim(self, block: int) -> bool:
        """Take a block; False where the other process has it. Raises OSError."""
        try:
            (self.folder / f"{block}.claim").open("xb").close()
        except FileExistsError:
            return False
        return True

    def leave(self, block: int, gathered: Gathered) -> None:
        """Say what came of a block, all of which is written. Raises OSError."""
        path = self._told(block)
        part = path.with_suffix(".part")
        part.write_bytes(msgspec.json.encode(gathered))
        part.replace(path)

    def left(self, block: int) -> Gathered | None:
        """What the other process left of a block; None where it did not, or not so that it can be read."""
        with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return msgspec.json.decode(self._told(block).read_bytes(), type=Gathered)
        return None

    def is_left(self, block: int) -> bool:
        """Whether the other process has left a block."""
        return self._told(block).exists()

    def _told(self, block: int) -> Path:
        return self.folder / f"{block}.block"


class _Task(msgspec.Struct, frozen=True):
    """What a helper is told: the paths as bytes, which need not be text; how large blocks and runs are."""

    store: bytes
    folder: bytes
    size: int
    run_tokens: int


class Helper:
    """The second process. Where it cannot be started it has simply done nothing."""

    def __init__(self, store: Store, blocks: Blocks, run_tokens: int) -> None:
        self._blocks = blocks
        self._first = blocks.count
        self._child: Child | None = None
        task = _Task(os.fsencode(store.path.absolute()), os.fsencode(blocks.folder.absolute()), blocks.size, run_tokens)
        with suppress(OSError):
            self._child = Child(own_program(GATHER))
            self._child.send(frame(msgspec.json.encode(task)))

    def done(self) -> int:
        """How many records it has gathered so far."""
        if self._child is not None:
            self._child.errors()
        while self._first and self._blocks.is_left(self._first - 1):
            self._first -= 1
        return sum(len(self._blocks.span(block)) for block in range(self._first, self._blocks.count))

    def wait(self, block: int, seconds: float, step: Callable[[], None]) -> None:
        """Wait until it has left a block, or has ended; where it takes longer than `seconds`, end it.

        `step` is called again and again. Raises what that raises.
        """
        until = time.monotonic() + seconds
        while self._child is not None and not self._blocks.is_left(block):
            if self._child.wait(_LOOK_S) is not None or time.monotonic() > until:
                self.close()
            step()

    def close(self) -> None:
        """End it; nothing of it runs on."""
        child, self._child = self._child, None
        if child is not None:
            child.end()
            child.close()


def patience(seconds: float) -> float:
    """For how many seconds a block is waited for, where one takes so many."""
    return _PATIENCE_S + _TIMES * seconds


# ------------------------------------------------------------------------------------------------ inside the helper


def main() -> int:
    """Gather blocks, from the last one back, until the parent has the next or is gone; the exit code."""
    inbox, outbox = own_pipes()
    bodies = inbox.wait()
    if not bodies:
        return 0
    try:
        task = msgspec.json.decode(bodies[0], type=_Task)
        with Store.open(Path(os.fsdecode(task.store))) as store:
            blocks = Blocks(Path(os.fsdecode(task.folder)), store.count, task.size)
            _gather(store, blocks, task.run_tokens, inbox, outbox)
    except ChildGoneError:
        return 0
    except Exception:  # noqa: BLE001 - whatever it is, the parent gathers the block itself, and tells what it meets
        return 1
    return 0


def _gather(store: Store, blocks: Blocks, run_tokens: int, inbox: Inbox, outbox: Outbox) -> None:
    cutter = Cutter(store)
    for block in reversed(range(blocks.count)):
        if not blocks.claim(block):
            return
        name = f"{block}-"
        inverter, order = Inverter(blocks.folder, run_tokens, name), OrderWriter(blocks.folder, name)
        lengths: dict[str, list[int]] = {}
        span = blocks.span(block)
        for place, (record, terms) in enumerate(cutter.cut(span)):
            if place % BATCH == 0:
                inbox.waiting()
                if inbox.closed:
                    raise ChildGoneError
            for field, tokens in terms.items():
                inverter.take(str(field), span.start + place, tokens.texts, tokens.positions)
                lengths.setdefault(str(field), [0] * len(span))[place] = len(tokens.texts)
            order.take(span.start + place, record)
        blocks.leave(block, Gathered(inverter.hand_over(), lengths, order.hand_over()))
        # Where a pipe cannot be asked whether its other end is there, writing to it tells.
        outbox.send(b"")
