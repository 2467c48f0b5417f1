"""Why a pack, or a part of one, is not accepted: stable codes, each with a sentence in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from msgspec import Struct, field

from jasic_desktop.core.errors import DamagedFault, NotFoundFault
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language
from jasic_desktop.core.localised import Localised


class Code(StrEnum):
    """The refusals. A code never changes its meaning; the sentence of each is `packs.refusal.CODE`."""

    NOT_A_PACK = "P01"
    LINK = "P02"
    NOT_REGULAR = "P03"
    NAME = "P04"
    TWINS = "P05"
    EXTRA = "P06"
    MISSING = "P07"
    DIGEST = "P08"
    MANIFEST = "P09"
    BAGIT = "P10"
    BAG_INFO = "P11"
    FETCH = "P12"
    TOO_MUCH = "P13"
    UNREADABLE = "P14"
    JSON = "P15"
    RECORD = "P16"
    ID_TWICE = "P17"
    DANGLING = "P18"
    ORDER = "P19"
    MEDIUM = "P20"
    NOT_A_ZIP = "P21"
    NOT_STORED = "P22"
    HIDDEN_BYTES = "P23"
    ZIP_HEADER = "P24"
    ARCHIVE = "P25"
    SIGNATURE = "P26"
    NOT_SIGNED_BY = "P27"


class PackProblem(Struct, frozen=True):
    """One refusal: the file inside the pack (empty for the pack as a whole), the code, what fills the sentence."""

    file: str
    code: Code
    values: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, language: Language = "en") -> str:
        """What is wrong, as one sentence."""
        values = dict(self.values)
        reason = values.get("reason")
        if isinstance(reason, tuple):
            values["reason"] = translate(f"packs.json.{reason[0]}", language, **reason[1])
        return translate(f"packs.refusal.{self.code}", language, **values)


class DamagedPack(DamagedFault):
    """A pack that is not whole; `problems` names each file."""

    def __init__(self, path: Path, problems: Sequence[PackProblem]) -> None:
        super().__init__("packs.damaged", path=path, count=len(problems))
        self.problems = tuple(problems)

    def sentence(self, language: Language = "en") -> str:
        """The fault in `language`, with the first file."""
        first = self.problems[0]
        named = f"{first.file}: {first.sentence(language)}" if first.file else first.sentence(language)
        return translate(self.key, language, **self.values, first=named)


class WithdrawnFault(NotFoundFault):
    """A record that an earlier edition had, with the archive's own words on why this one has it no more."""

    def __init__(self, record_id: str, version: str, reason: Localised) -> None:
        super().__init__("packs.withdrawn", id=record_id, version=version)
        self.reason = reason

    def sentence(self, language: Language = "en") -> str:
        """The fault in `language`, with the reason."""
        return translate(self.key, language, **self.values, reason=self.reason.show(language))
