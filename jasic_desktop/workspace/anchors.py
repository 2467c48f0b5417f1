"""Finds the words of a highlight again in a text that may have changed: by place, by quote, nearly, or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from jasic_desktop.workspace.items import Anchor

How = Literal["same", "moved", "changed", "orphaned"]

CONTEXT: Final = 40
"""Characters of the text before and after that go with a quote."""
_LONGEST: Final = 100_000
_LEAST_FUZZY: Final = 6
_MOST_ERRORS: Final = 0.25
"""Share of the characters of a quote that may differ where it is found nearly."""


class Found(NamedTuple):
    """Where the words of an anchor are now: in which passage, from and to which character of its text.

    `how` is `same` (nothing changed), `moved` (the same words elsewhere), `changed` (nearly the same words) or
    `orphaned` (they are gone: the note is kept, and shown on the record with its quote).
    """

    how: How
    field: str = ""
    start: int = 0
    end: int = 0


ORPHANED: Final = Found("orphaned")


def anchor_for(field: str, language: str, text: str, start: int, end: int) -> Anchor:
    """The anchor of text[start:end], less the white space at its ends. Raises ValueError where nothing is left."""
    end = min(end, start + _LONGEST)
    exact = text[start:end]
    start += len(exact) - len(exact.lstrip())
    exact = exact.strip()
    if not exact:
        raise ValueError("no words")
    end = start + len(exact)
    return Anchor(
        field=field,
        language=language,
        start=start,
        end=end,
        exact=exact,
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def locate(anchor: Anchor, texts: Mapping[str, str]) -> Found:
    """Where the words of `anchor` are now, in the `texts` (passage to its text) in the language of the anchor."""
    own = texts.get(anchor.field)
    if own is not None:
        found = _quoted(anchor, own)
        if found is not None:
            start = found
            how: How = "same" if start == anchor.start else "moved"
            return Found(how, anchor.field, start, start + len(anchor.exact))
    elsewhere = []
    for field, text in texts.items():
        at = _quoted(anchor, text) if field != anchor.field else None
        if at is not None:
            elsewhere.append((_agreement(anchor, text, at), field, at))
    nearly = _nearly(anchor, own) if own is not None else None
    if elsewhere:
        agreement, field, at = max(elsewhere, key=lambda one: one[0])
        # A short word stands in many passages: with nothing around it that agrees it is another one.
        if agreement >= CONTEXT // 4 or (nearly is None and len(anchor.exact) > CONTEXT):
            return Found("moved", field, at, at + len(anchor.exact))
    if nearly is not None:
        return Found("changed", anchor.field, *nearly)
    return ORPHANED


def _quoted(anchor: Anchor, text: str) -> int | None:
    """Where the quote stands word for word: of several places the one whose surroundings agree best, then nearest."""
    places = [found.start() for found in re.finditer(f"(?={re.escape(anchor.exact)})", text)]
    if not places:
        return None
    return max(places, key=lambda at: (_agreement(anchor, text, at), -abs(at - anchor.start)))


def _agreement(anchor: Anchor, text: str, at: int) -> int:
    """How many characters right before and after a place are those of the anchor."""
    before, after = text[:at], text[at + len(anchor.exact) :]
    return _alike(anchor.prefix[::-1], before[: -len(anchor.prefix) - 1 : -1]) + _alike(anchor.suffix, after)


def _alike(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _nearly(anchor: Anchor, text: str) -> tuple[int, int] | None:
    """Where most characters of the quote stand in their order, by the fewest errors; None where too many differ."""
    quote = anchor.exact
    most = int(len(quote) * _MOST_ERRORS)
    if len(quote) < _LEAST_FUZZY or not most:
        return None
    ends = _errors_by_end(quote, text)
    best = min(ends, default=most + 1)
    if best > most:
        return None
    middle = (anchor.start + anchor.end) / 2
    end = min((at for at, errors in enumerate(ends) if errors == best), key=lambda at: abs(at - middle))
    # The same search from behind tells where it begins; of equal places the longest match is taken.
    tail = text[max(0, end - len(quote) - best) : end][::-1]
    backwards = _errors_by_end(quote[::-1], tail)
    length = max(at for at, errors in enumerate(backwards) if errors == min(backwards))
    start = end - length
    stretch = text[start:end]
    start, end = start + len(stretch) - len(stretch.lstrip()), end - (len(stretch) - len(stretch.rstrip()))
    return (start, end) if start < end else None


def _errors_by_end(quote: str, text: str) -> list[int]:
    """For each place of `text`, how many characters differ in the best match of `quote` that ends there.

    Myers' algorithm on bit vectors (Journal of the ACM 46, 1999): one step a character of `text`, whatever the quote.
    """
    masks: dict[str, int] = {}
    for at, char in enumerate(quote):
        masks[char] = masks.get(char, 0) | 1 << at
    size = len(quote)
    whole, top = (1 << size) - 1, 1 << (size - 1)
    plus, minus, errors = whole, 0, size
    told = [size]
    for char in text:
        equal = masks.get(char, 0)
        vertical = equal | minus
        horizontal = (((equal & plus) + plus) ^ plus) | equal
        more = minus | (~(horizontal | plus) & whole)
        less = plus & horizontal
        errors += bool(more & top) - bool(less & top)
        more, less = more << 1 & whole, less << 1 & whole
        plus = less | (~(vertical | more) & whole)
        minus = more & vertical
        told.append(errors)
    return told
