"""Texts as they are looked through, all at once, and what of them need not be looked through at all."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Final

from jasic_desktop.core.folding import fold_with_offsets
from jasic_desktop.search.needles import LATIN, OTHER, Needle

BETWEEN: Final = "\0"
"""Between texts that are looked through at once; no text of a record has it."""

_SIGNS: Final = re.compile(r"[\W_]+")
_ASCII_SIGNS: Final = dict.fromkeys(code for code in range(128) if not chr(code).isalnum())


# To compile these sets of characters takes milliseconds: texts in ASCII need neither.
@cache
def _maybe_latin() -> re.Pattern[str]:
    """What may be a letter or digit once it is folded: all but Chinese characters, Chinese signs and spaces."""
    signs = "\u3000-\u3002\u3008-\u3011\u2014\u2018-\u201d\uff01-\uff0f\uff1a\uff1b\uff1f"
    return re.compile(rf"[^\u4e00-\u9fff{signs}\s]")


@cache
def _inside() -> re.Pattern[str]:
    """A sign before a letter or digit."""
    return re.compile(f"[^0-9a-z_ \n{BETWEEN}\u4e00-\u9fff](?=[0-9a-z])")


_SPACED: Final = bytes(
    ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else ord(" ") for code in range(256)
)
"""Small letters and digits, and a space for all else."""
_TWICE: Final = 2
_LETTER, _SIGN = b"a", b"-"
_SHAPES: Final = bytes(
    ord(_LETTER if char.isalnum() else b" " if char.isspace() or char in f"_{BETWEEN}" else _SIGN)
    for char in map(chr, range(128))
) + bytes(128)


def _without_signs(folded: str) -> str:
    # Leaving characters out by a table is far quicker, but for a text beyond ASCII.
    return folded.translate(_ASCII_SIGNS) if folded.isascii() else _SIGNS.sub("", folded)


class Looked:
    """Some texts of a record, all of them ASCII (`plain`) or none, folded into one when they are first looked through.

    `numbers` are theirs among all texts of the record. Once they are folded, `whole` is all of them, one behind another
    with BETWEEN between them; `starts` where each begins there, and where one more would; `offsets` for each text the
    place of each folded character in it, None where these are the same; and `spaced`, in ASCII alone, as long a text
    with a space for each sign.
    """

    __slots__ = (
        "_letters",
        "_maybe_latin",
        "_sewn",
        "_texts",
        "_times",
        "_whole",
        "numbers",
        "offsets",
        "plain",
        "spaced",
        "starts",
    )

    def __init__(self, numbers: Sequence[int], texts: Sequence[str], *, plain: bool) -> None:
        self.numbers = numbers
        self._texts = [texts[number] for number in numbers]
        self.plain = plain
        self._times = 0
        self._maybe_latin: bool | None = plain or None
        self._sewn: frozenset[str] | None = None
        self._letters: str | None = None

    def look(self, wanted: Sequence[tuple[int, Needle]]) -> list[tuple[int, Needle]]:
        """The needles, with their numbers, but for some that surely match nothing; folds the texts for the others."""
        some = [entry for entry in wanted if self._may_have(entry[1].script)]
        if some:
            self.fold()
            return [entry for entry in some if entry[1].literal or not self.lacks(entry[1])]
        return some

    def _may_have(self, script: str) -> bool:
        if script == LATIN:
            if self._maybe_latin is None:
                self._maybe_latin = _maybe_latin().search("".join(self._texts)) is not None
            return self._maybe_latin
        return script != OTHER or not self.plain

    def fold(self) -> None:
        """Fold the texts, unless they are; to be called each time before they are looked through."""
        self._times += 1
        if self._times > 1:
            return
        texts = self._texts
        self.offsets: list[Sequence[int]] | None = None
        self.spaced = ""
        self._whole = BETWEEN.join(texts)
        if self.plain:
            # ASCII folds to as many characters.
            self.spaced = self._whole.encode().translate(_SPACED).decode()
        else:
            # Each character folds by itself: all texts fold in one go, and mostly to as many characters.
            self._whole, offsets = fold_with_offsets(self._whole)
            if not isinstance(offsets, range):
                folded = [fold_with_offsets(text) for text in texts]
                texts = [text for text, _ in folded]
                self.offsets = [offsets for _, offsets in folded]
        self.starts = list(accumulate([len(text) + 1 for text in texts], initial=0))

    def lacks(self, needle: Needle) -> bool:
        """Whether the texts, once folded, surely hold nothing that the pattern of `needle` matches.

        To find that out costs as much as it saves once, and little of it from then on.
        """
        if self._times < _TWICE:
            return False
        if self._letters is None:
            self._letters = _without_signs(self.whole)
        return needle.letters not in self._letters

    @property
    def whole(self) -> str:
        """The texts, folded."""
        return self._whole.lower() if self.plain else self._whole

    @property
    def size(self) -> int:
        """How many characters `whole` has."""
        return len(self._whole)

    def literally(self, needle: Needle) -> bool:
        """Whether whatever the pattern of `needle` finds here begins with its literal letters as they are."""
        if not needle.spread:
            return needle.literal != ""
        return needle.literal != "" and not any(map(needle.literal.__contains__, self.sewn))

    @property
    def sewn(self) -> frozenset[str]:
        """Two letters or digits each between which a sign stands somewhere."""
        if self._sewn is None:
            self._sewn = self._sewn_letters()
        return self._sewn

    def _sewn_letters(self) -> frozenset[str]:
        if self.plain:
            places = _all(self._whole.encode().translate(_SHAPES), _LETTER + _SIGN + _LETTER)
            whole = self.whole if places else ""
        else:
            whole = self._whole
            places = [match.start() - 1 for match in _inside().finditer(whole) if match.start()]
        return frozenset([whole[at] + whole[at + 2] for at in places])

    def place(self, at: int) -> int:
        """Which of the texts has the character `at` of `whole`."""
        return bisect_right(self.starts, at) - 1


def _all(text: bytes, part: bytes) -> list[int]:
    """Where `part` stands in `text`; two of them may have their ends in common."""
    places: list[int] = []
    at = text.find(part)
    while at >= 0:
        places.append(at)
        at = text.find(part, at + len(part) - 1)
    return places


class Folded:
    """Texts of a record, those in ASCII apart from the others: most questions can be found in one of the two only.

    What a record shows is kept as this, as typing looks through nearly the same records with each key press.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(texts)
        plain = [number for number, text in enumerate(self.texts) if text.isascii()]
        others = [number for number, text in enumerate(self.texts) if not text.isascii()]
        self.plain = Looked(plain, self.texts, plain=True) if plain else None
        self.others = Looked(others, self.texts, plain=False) if others else None
