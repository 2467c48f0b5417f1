"""Words of a list by what they have in common, such as a stem or a sound.

Of what they have in common only a hash is kept, which takes less than half the room: of an archive with a million
stems one in some thirty million would have two that share one, and the words of both would answer for either.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from jasic_desktop.search.arrays import ArrayFile, fitting
from jasic_desktop.search.wordlist import Numbers, bounds

_HASH_BYTES: Final = 8

Trait = Callable[[str], str | None]
"""What a word shares with its family; None where it has none."""


@lru_cache(maxsize=4096)
def _hashed(trait: str) -> bytes:
    return blake2b(trait.encode(), digest_size=_HASH_BYTES).digest()


def packed_families(words: Sequence[str], trait: Trait) -> dict[str, NDArray[Any]]:
    """The families of `words` as arrays: hashes of their traits, rising, and by trait the numbers of the words that
    share it.
    """
    known: dict[str, bytes] = {}
    own = bytearray()
    numbers: list[int] = []
    for number, word in enumerate(words):
        if found := trait(word):
            own += known.get(found) or known.setdefault(found, _hashed(found))
            numbers.append(number)
    hashes, places, sizes = np.unique(np.frombuffer(own, "<u8"), return_inverse=True, return_counts=True)
    members = np.asarray(numbers, fitting(len(words)))[np.argsort(places, kind="stable")]
    return {"hashes": hashes, "sizes": sizes.astype(fitting(int(sizes.max(initial=0)))), "members": members}


class Families:
    """The families that `packed_families` made arrays of, in `file` under names that begin with `name`."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        # Single numbers are taken out of such a view in a third of the time it takes out of an array.
        self._hashes = memoryview(file.array(f"{name}.hashes").astype(np.uint64, copy=False).data)
        self._starts = memoryview(bounds(file.array(f"{name}.sizes")).data)
        self._members = file.array(f"{name}.members")

    def of(self, trait: str) -> Numbers:
        """The numbers of the words with this trait, rising."""
        wanted = int.from_bytes(_hashed(trait), "little")
        place = bisect_left(self._hashes, wanted)
        if place == len(self._hashes) or self._hashes[place] != wanted:
            return self._members[:0]
        return self._members[self._starts[place] : self._starts[place + 1]]
