"""Dates as historians write them: EDTF in, the earliest and latest day and a phrase in each language out."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from jasic_desktop.core.localised import Localised

Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]


class Date(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A date as it was written, with what can be said of it.

    `edtf` is the original string; `earliest` and `latest` are ISO days, None for an open end; `phrase` are its words.
    """

    edtf: str
    earliest: Day | None
    latest: Day | None
    phrase: Localised
