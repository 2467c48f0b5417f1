"""How certain a statement is: computed from its sources and the accounts, never typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from jasic_desktop.core.records import Record, Statement


class Certainty(StrEnum):
    """The four signs a statement can carry, the first that applies."""

    DISPUTED = "disputed"
    ALLEGED = "alleged"
    CORROBORATED = "corroborated"
    SINGLE_SOURCE = "single-source"


VoiceOf = Callable[[str], str | None]
"""The voice a document speaks with, by its id; None for one that counts as no voice."""


def voices(sources: Iterable[str], voice_of: VoiceOf) -> frozenset[str]:
    """The independent voices among `sources` (document ids)."""
    return frozenset(voice for source in sources if (voice := voice_of(source)) is not None)


def certainty(statement: Statement, disputed: bool, voice_of: VoiceOf) -> Certainty:
    """The sign of one statement; `disputed` says whether an account of its record names it."""
    if disputed:
        return Certainty.DISPUTED
    if statement.alleged:
        return Certainty.ALLEGED
    if len(voices(statement.sources, voice_of)) >= 2:
        return Certainty.CORROBORATED
    return Certainty.SINGLE_SOURCE


def certainties(record: Record, voice_of: VoiceOf) -> dict[str, Certainty]:
    """The sign of each statement of `record`, by statement id."""
    doubted = {statement for account in record.accounts for statement in account.statements}
    return {s.id: certainty(s, s.id in doubted, voice_of) for s in record.statements}


def overall(signs: Iterable[Certainty]) -> Certainty | None:
    """One sign for a record: disputed if anything in it is, else that of its best carried statement, or None."""
    found = set(signs)
    for sign in (Certainty.DISPUTED, Certainty.CORROBORATED, Certainty.SINGLE_SOURCE, Certainty.ALLEGED):
        if sign in found:
            return sign
    return None
