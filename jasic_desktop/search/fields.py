"""The fields of the index: what stands in each, how much a match in it counts, and what it tells the person."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from jasic_desktop.search.answer import Reason

FORMAT: Final = "6"
"""Changed whenever what stands in an index changes: one made in another format is made again."""


class Field(StrEnum):
    """Every field; the values are the names in the index and in explanations."""

    TITLE = "title"
    NAME_ZH = "name_zh"
    OTHER = "other"
    PINYIN = "pinyin"
    PINYIN_AUTO = "pinyin_auto"
    TEXT = "text"
    RELATED = "related"
    STEM_TITLE = "stem_title"
    STEM_TEXT = "stem_text"
    INITIALS = "initials"
    KEY_NAME = "key_name"
    KEY_OTHER = "key_other"
    KEY_PINYIN = "key_pinyin"
    KEY_AUTO = "key_auto"
    KEY_ID = "key_id"
    KEY_SOURCE = "key_source"


class Meaning(msgspec.Struct, frozen=True):
    """`weight` multiplies the score of a match in a field; `reason` is what is said of it."""

    weight: float
    reason: Reason
    positions: bool = True


MEANINGS: Final[dict[Field, Meaning]] = {
    Field.TITLE: Meaning(8.0, "title"),
    Field.NAME_ZH: Meaning(8.0, "name-zh"),
    Field.OTHER: Meaning(5.0, "other-name"),
    Field.PINYIN: Meaning(5.0, "pinyin"),
    Field.PINYIN_AUTO: Meaning(2.0, "pinyin"),
    Field.TEXT: Meaning(1.0, "text"),
    Field.RELATED: Meaning(0.5, "related"),
    Field.STEM_TITLE: Meaning(4.0, "title", positions=False),
    Field.STEM_TEXT: Meaning(0.6, "text", positions=False),
    Field.INITIALS: Meaning(2.0, "pinyin", positions=False),
    Field.KEY_NAME: Meaning(4000.0, "title", positions=False),
    Field.KEY_OTHER: Meaning(3000.0, "other-name", positions=False),
    Field.KEY_PINYIN: Meaning(2000.0, "pinyin", positions=False),
    Field.KEY_AUTO: Meaning(1000.0, "pinyin", positions=False),
    Field.KEY_ID: Meaning(5000.0, "id", positions=False),
    Field.KEY_SOURCE: Meaning(0.0, "text", positions=False),
}

NAMES: Final = (Field.TITLE, Field.NAME_ZH, Field.OTHER, Field.PINYIN, Field.PINYIN_AUTO)
"""Titles and names in every form."""
WRITTEN: Final = (Field.TITLE, Field.NAME_ZH, Field.OTHER, Field.TEXT, Field.RELATED)
"""Fields that hold the words as they are written."""
SPOKEN: Final = (Field.PINYIN, Field.PINYIN_AUTO)
STEMS: Final = (Field.STEM_TITLE, Field.STEM_TEXT)
STEMMED: Final = {Field.TITLE: Field.STEM_TITLE, Field.OTHER: Field.STEM_TITLE, Field.TEXT: Field.STEM_TEXT}
"""Fields whose words are also asked for by their stem, and what such a match counts as. A stem has no postings of its
own: it stands for all words of the field that have it."""
INDEXED: Final = tuple(field for field in Field if field not in STEMS)
"""Fields that have postings."""
KEYS: Final = (Field.KEY_NAME, Field.KEY_OTHER, Field.KEY_PINYIN, Field.KEY_AUTO)
"""Whole names without spaces and signs."""

NAMED: Final = ("person", "organisation", "place", "topic")
"""The types of records that have names; the others have titles."""
