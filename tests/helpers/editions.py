"""Editions of the small archive that follow one another: what was added, changed and withdrawn is known."""

from pathlib import Path
from typing import Any

from tests.helpers.archives import ARCHIVE, RECORDS, make_pack, make_source

CLERK = {
    "kind": "official",
    "summary": "Clerk of the town, who signed the notice.",
    "names": {"display": "Lin Yue", "zh-Hans": "林越", "pinyin": "Lín Yuè"},
    "aliases": ["unnamed-clerk"],
    "statements": [{"id": "s1", "text": "Lin Yue signed it.", "date": "2018-04-03", "sources": ["gazette-report"]}],
}
REASON = "it was about another mill"
SECOND: dict[str, dict[str, Any] | None] = {
    "person/unnamed-clerk": None,
    "person/lin-yue": CLERK,
    "document/essay-mill": None,
    "event/2018-04-protest": {"people": ["shan-xin", "lin-yue"], "summary": "Spinners stood at the gate for two days."},
    "place/willow-town": {"summary": "Town where the mill stood."},
}
"""From the first edition: the clerk replaced, an essay withdrawn, two records changed."""


def archive_text(version: str, sequence: int, archive_id: str = "mill", withdrawn: str = "") -> str:
    """archive.toml of an edition; `withdrawn` is what stands in its table of that name."""
    text = ARCHIVE.replace('version = "1.0"', f'version = "{version}"')
    text = text.replace('sequence = "1"', f'sequence = "{sequence}"').replace('id = "mill"', f'id = "{archive_id}"')
    return text + (f"\n[withdrawn]\n{withdrawn}\n" if withdrawn else "")


def make_edition(
    folder: Path, version: str = "1.0", sequence: int = 1, archive_id: str = "mill", suffix: str = ""
) -> Path:
    """The pack of an edition without changes."""
    name = f"{archive_id}-{version}"
    source = make_source(folder / f"{name}-source", archive=archive_text(version, sequence, archive_id))
    return make_pack(folder, source, name + suffix)


def make_second(folder: Path, suffix: str = "") -> Path:
    """The pack of version 1.1, sequence 2, with the changes of SECOND."""
    text = archive_text("1.1", 2, withdrawn=f'essay-mill = {{en = "{REASON}", zh-Hans = "写的是另一家纱厂"}}')
    return make_pack(folder, make_source(folder / "second-source", SECOND, text), f"mill-1.1{suffix}")


def count() -> int:
    """How many records the first edition has."""
    return len(RECORDS)
