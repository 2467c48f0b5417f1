"""Words of a list by what they have in common, such as a stem or a sound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jasic_desktop.search.arrays import ArrayFile, fitting
from jasic_desktop.search.wordlist import Numbers, WordList, bounds, packed_words

Trait = Callable[[str], str | None]
"""What a word shares with its family; None where it has none."""


def packed_families(words: Sequence[str], trait: Trait) -> dict[str, NDArray[Any]]:
    """The families of `words` as arrays: their traits, and by trait the numbers of the words that share it."""
    members = sorted((found, number) for number, word in enumerate(words) if (found := trait(word)))
    traits: list[str] = []
    sizes: list[int] = []
    for found, group in groupby(members, itemgetter(0)):
        traits.append(found)
        sizes.append(sum(1 for _ in group))
    numbers = np.fromiter((number for _, number in members), np.int64, len(members))
    return {
        **packed_words(traits),
        "sizes": np.asarray(sizes, fitting(max(sizes, default=0))),
        "members": numbers.astype(fitting(len(words))),
    }


class Families:
    """The families that `packed_families` made arrays of, in `file` under names that begin with `name`."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._traits = WordList(file, name)
        self._starts = bounds(file.array(f"{name}.sizes"))
        self._members = file.array(f"{name}.members")

    def of(self, trait: str) -> Numbers:
        """The numbers of the words with this trait, rising."""
        number = self._traits.find(trait.encode())
        if number < 0:
            return self._members[:0]
        return self._members[self._starts[number] : self._starts[number + 1]]
