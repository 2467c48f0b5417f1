"""Stable identifiers of records and statements, such as `jasic:event/2018-07-27-mass-arrest@1.0#s1`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from jasic_desktop.core.record_types import RECORD_TYPES

_IDENTIFIER: Final = re.compile(
    rf"(?:(?P<archive>[a-z0-9-]+):)?(?:(?P<type>{'|'.join(RECORD_TYPES)})/)?(?P<id>[a-z0-9-]+)"
    r"(?:@(?P<version>[0-9]{1,9}(?:\.[0-9]{1,9}){0,9}))?(?:#(?P<statement>s[0-9]+))?"
)
_LONGEST: Final = 300


class Identifier(NamedTuple):
    """The parts of an identifier; all but `id` may be missing."""

    id: str
    archive: str | None = None
    type: str | None = None
    version: str | None = None
    statement: str | None = None


def parse_identifier(text: str) -> Identifier | None:
    """The parts of `text`, an id alone or a whole identifier; None if it can be neither."""
    found = _IDENTIFIER.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None:
        return None
    return Identifier(found["id"], found["archive"], found["type"], found["version"], found["statement"])


def is_whole(text: str) -> bool:
    """Whether `text` is an identifier as citations carry it: of an archive, with a type or an edition.

    A question such as `year:abc` reads like an archive and an id too, but names neither type nor edition.
    """
    found = parse_identifier(text)
    return found is not None and found.archive is not None and bool(found.type or found.version)


def newer(version: str, than: str) -> bool:
    """Whether one version comes after another: numbers parted by dots, missing ones count as 0."""
    parts = [[int(part) for part in text.split(".") if part] for text in (version, than)]
    longest = max(map(len, parts))
    one, other = (numbers + [0] * (longest - len(numbers)) for numbers in parts)
    return one > other


def nearest(text: str, ids: Sequence[str], most: int = 3) -> tuple[str, ...]:
    """Up to `most` ids that somebody who wrote `text` may have meant."""
    wanted = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:100]
    if not wanted:
        return ()
    holding = [known for known in ids if wanted in known or (len(known) > 4 and known in wanted)]
    if len(holding) >= most:
        return tuple(sorted(holding, key=lambda known: (len(known), known))[:most])
    # Comparing letter by letter is slow: only ids of like length that begin alike, or share a word.
    words = set(wanted.split("-"))
    like = [
        known
        for known in ids
        if abs(len(known) - len(wanted)) <= 4 and (known[:1] == wanted[:1] or words & set(known.split("-")))
    ]
    return tuple(dict.fromkeys([*holding, *difflib.get_close_matches(wanted, like[:5000], most, 0.7)]))[:most]
