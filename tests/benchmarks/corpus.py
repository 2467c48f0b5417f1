"""Makes an archive of any size for benchmarks: `python -m tests.benchmarks.corpus N OUT [--seed S]`.

OUT becomes a pack (a folder, or one file where it ends in `.jasicpack`) that the program opens:
`jasic-desktop --archive OUT`. 55 of 100 records are in English, 25 in Chinese, a quarter of these in traditional
characters, and 20 in both; 100 to 600 words each; people with Chinese names and reviewed pinyin, dates, places, topics,
links, and documents as sources. Record i depends on the seed and on i alone, so that a small archive is the beginning
of a large one, and the same N and seed give the same bytes. No more than a few records are in memory at once.

NEEDLES stand in known records, so that what a search finds can be told right from wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Final, Literal, cast

import msgspec

from jasic_desktop.core.archive import Archive, Lane, Reason, Term
from jasic_desktop.core.date_phrases import phrase
from jasic_desktop.core.dates import Date, parse, points
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.record_types import RECORD_TYPES, RecordType
from jasic_desktop.core.records import (
    Account,
    Answer,
    Document,
    Event,
    Link,
    Names,
    Organisation,
    OtherName,
    Person,
    Place,
    Record,
    Statement,
    Topic,
)
from jasic_desktop.packs.build import Built, write_pack
from jasic_desktop.packs.chinese import Traditional, readings
from jasic_desktop.packs.source import Source
from tests.benchmarks.vocabulary import Vocabulary

LEAST: Final = 10
"""Records that an archive has at least, so that everything a record names is there."""
_PARTS: Final[dict[RecordType, int]] = {
    "document": 52,
    "event": 26,
    "person": 14,
    "organisation": 4,
    "place": 2,
    "topic": 2,
}
_YEARS: Final = (1966, 2025)
_SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文岳"
)
_GIVEN: Final = 1200
"""So many of the most frequent characters are found in names."""

_KINDS: Final[dict[RecordType, tuple[str, ...]]] = {
    "person": ("worker", "student", "lawyer", "official"),
    "organisation": ("company", "union", "office"),
    "event": ("protest", "arrest", "trial", "strike", "meeting", "publication"),
    "place": ("province", "city", "district"),
    "document": ("article", "letter", "photo", "court-document", "interview", "statement", "leaflet", "web-capture"),
    "topic": ("subject",),
}
_LANES: Final = {"street": ("protest", "strike"), "state": ("arrest", "trial"), "word": ("meeting", "publication")}
_PUBLISHERS: Final = 40


@dataclass(frozen=True)
class Needle:
    """Words in every record i with i % period == offset: in its text, and with `title` in its title or names too."""

    period: int
    offset: int
    text: str
    title: bool = False
    latin: str = ""

    def holds(self, number: int) -> bool:
        """Whether record `number` has it."""
        return number % self.period == self.offset

    def count(self, records: int) -> int:
        """In how many of so many records it stands."""
        return len(range(self.offset, records, self.period))


NEEDLES: Final = (
    Needle(997, 7, "岳昕", title=True, latin="Yue Xin"),
    Needle(1499, 11, "佳士工人声援团", title=True, latin="Jasic Workers Solidarity Group"),
    Needle(1499, 511, "佳士工人聲援團", title=True, latin="Jasic Workers Solidarity Group"),
    Needle(499, 3, "劳动合同法"),
    Needle(199, 5, "solidarity group statement"),
)


def _table() -> tuple[RecordType, ...]:
    """The type of record i at i % 100; one of each type comes first, so that every record finds all it names."""
    first = list(_PARTS)
    rest = [kind for kind, count in _PARTS.items() for _ in range(count - 1)]
    Random("types").shuffle(rest)
    return (*first, *rest)


_TABLE: Final = _table()
_PLACES: Final = {kind: [at for at, other in enumerate(_TABLE) if other == kind] for kind in _PARTS}


def type_of(number: int) -> RecordType:
    """The type of record `number`."""
    return _TABLE[number % len(_TABLE)]


def id_of(number: int) -> str:
    """The id of record `number`."""
    return f"{type_of(number)}-{number:07}"


@lru_cache(maxsize=1 << 16)
def _date(edtf: str) -> Date:
    """What `parse` says of a date, which takes ten milliseconds to ask a grammar about each."""
    point, _ = points(edtf)
    assert point is not None
    return parse(edtf) if point.approximate else Date(edtf, point.first, point.last, phrase(point, point))


class Corpus(Sequence[Record]):
    """The records of an archive, made when they are asked for, in the order of a pack."""

    def __init__(self, count: int, seed: int = 1) -> None:
        if count < LEAST:
            raise ValueError(f"an archive has {LEAST} records at least")
        self._count = count
        self._seed = seed
        self.vocabulary = Vocabulary(seed)
        self._traditional = Traditional(())

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: int) -> Record:  # type: ignore[override]
        return self.record(self.numbers()[place])

    def __iter__(self) -> Iterator[Record]:
        return map(self.record, self.numbers())

    def numbers(self) -> list[int]:
        """The numbers of the records in the order of a pack: by type, then by id."""
        return [number for kind in RECORD_TYPES for number in range(self._count) if type_of(number) == kind]

    def record(self, number: int) -> Record:
        """Record `number`, in its built form."""
        made = self._traditional.record(_Maker(self.vocabulary, self._seed, number).record())
        found = readings(made)
        return msgspec.structs.replace(made, readings=found) if found else made


class _Maker:
    """Makes one record."""

    def __init__(self, vocabulary: Vocabulary, seed: int, number: int) -> None:
        self._vocabulary = vocabulary
        self._number = number
        self._random = random = Random(f"{seed}-{number}")
        self._topic = vocabulary.topics[int(len(vocabulary.topics) * random.random() ** 2)]
        kind = random.random()
        self._language: Literal["en", "zh", "both"] = "en" if kind < 0.55 else "zh" if kind < 0.80 else "both"
        self._old = self._language == "zh" and random.random() < 0.25
        self._needles = [needle for needle in NEEDLES if needle.holds(number)]
        self._year = min(_YEARS[1], _YEARS[0] + int(60 * (1 - random.random() ** 2)))

    def record(self) -> Record:
        """The record, without what a build adds."""
        kind = type_of(self._number)
        sentences = self._sentences()
        summary = self._text(sentences[:2])
        common = {
            "id": id_of(self._number),
            "kind": self._random.choice(_KINDS[kind]),
            "summary": summary,
            "links": self._links(),
        }
        if kind == "document":
            return self._document(common, self._text(sentences[2:]))
        common |= {"statements": self._statements(sentences[2:])}
        if kind == "event":
            return self._event(common)
        names = self._person_names() if kind == "person" else self._names()
        title = Localised(en=names.display, zh_hans=names.zh_hans)
        common |= {"title": title, "names": names}
        if kind == "person":
            roles = self._random.choice(("worker", "organiser"))
            return Person(**common, roles=(roles,), affiliations=self._some("organisation", 1))
        if kind == "organisation":
            return Organisation(**common, parent=self._above())
        if kind == "place":
            lat, lon = self._random.uniform(20, 45), self._random.uniform(80, 120)
            return Place(**common, parent=self._above(), lat=f"{lat:.2f}", lon=f"{lon:.2f}")
        return Topic(**common, scope_note=summary, broader=self._above())

    # Texts ------------------------------------------------------------------------------------------------------

    def _sentences(self) -> list[tuple[bool, str]]:
        """The sentences of the text, and whether each is Chinese."""
        random, vocabulary, topic = self._random, self._vocabulary, self._topic
        length = random.randint(100, 600)
        english = length if self._language == "en" else length // 2 if self._language == "both" else 0
        found = [(False, sentence) for sentence in vocabulary.english_text(random, english, topic)]
        found += [(True, sentence) for sentence in vocabulary.chinese_text(random, length - english, topic)]
        if self._language == "both":
            random.shuffle(found)
        elif self._language == "en" and random.random() < 0.15:
            quoted = vocabulary.chinese_text(random, 12, topic)[0]
            found.insert(random.randrange(len(found)), (True, quoted))
        for needle in self._needles:
            is_chinese = not needle.text.isascii()
            stop = "。" if is_chinese else "."
            found.insert(random.randrange(2, max(3, len(found))), (is_chinese, needle.text + stop))
        return found

    def _text(self, sentences: Sequence[tuple[bool, str]]) -> Localised:
        english = " ".join(sentence for is_chinese, sentence in sentences if not is_chinese)
        chinese = "".join(sentence for is_chinese, sentence in sentences if is_chinese)
        if self._old and chinese:
            return Localised(en=english or None, zh_hant=_old_form(chinese))
        if not english and not chinese:
            chinese = "。"
        return Localised(en=english or None, zh_hans=chinese or None)

    def _statements(self, sentences: list[tuple[bool, str]]) -> tuple[Statement, ...]:
        random = self._random
        found: list[Statement] = []
        while sentences:
            size = random.randint(1, 5)
            part, sentences = sentences[:size], sentences[size:]
            found.append(
                Statement(
                    f"s{len(found) + 1}",
                    self._text(part),
                    self._some("document", random.choice((1, 1, 1, 2, 3))),
                    self._day() if random.random() < 0.4 else None,
                    self._some("place", 1)[0] if random.random() < 0.1 else None,
                    random.random() < 0.05,
                )
            )
        return tuple(found)

    def _title(self) -> Localised:
        random, vocabulary = self._random, self._vocabulary
        english = " ".join(vocabulary.favoured(random, self._topic.english, 3, 7)).capitalize()
        chinese = ""
        if self._language != "en" or random.random() < 0.3:
            chinese = "".join(vocabulary.favoured(random, self._topic.chinese, 2, 5))
        for needle in self._needles:
            if needle.title:
                english, chinese = f"{english} {needle.latin}", chinese + needle.text
        if self._old:
            return Localised(en=english, zh_hant=_old_form(chinese))
        return Localised(en=english, zh_hans=chinese or None)

    # Names ------------------------------------------------------------------------------------------------------

    def _person_names(self) -> Names:
        random = self._random
        if random.random() < 0.15:
            words = random.sample(self._vocabulary.english[500:9000], 2)
            return Names(" ".join(word.capitalize() for word in words), others=self._other_names())
        surname = random.choice(_SURNAMES)
        given = "".join(random.choices(self._vocabulary.characters[:_GIVEN], k=random.choice((1, 2, 2))))
        marked = (_reading(surname).capitalize(), _reading(given).capitalize())
        display = " ".join(_plain(word) for word in marked)
        return Names(display, surname + given, pinyin=" ".join(marked), others=self._other_names())

    def _names(self) -> Names:
        title = self._title()
        return Names(title.en or "", title.zh_hans, title.zh_hant, others=self._other_names())

    def _other_names(self) -> tuple[OtherName, ...]:
        return tuple(OtherName(needle.text) for needle in self._needles if needle.title)

    # What it names ----------------------------------------------------------------------------------------------

    def _some(self, kind: RecordType, count: int) -> tuple[str, ...]:
        """So many different records of a type, or fewer, all made before this one; early ones are named more often."""
        places = _PLACES[kind]
        chosen: dict[str, None] = {}
        for _ in range(count):
            block = int((self._number // len(_TABLE) + 1) * self._random.random() ** 2)
            number = block * len(_TABLE) + self._random.choice(places)
            chosen[id_of(number if number < max(self._number, 1) else places[0])] = None
        return tuple(chosen)

    def _above(self) -> str | None:
        """A record of the same type that is wider than this one."""
        found = self._some(type_of(self._number), 1)[0]
        return found if found != id_of(self._number) else None

    def _links(self) -> tuple[Link, ...]:
        to = self._some(self._random.choice(("event", "person", "organisation")), 1)[0]
        if to == id_of(self._number) or self._random.random() < 0.5:
            return ()
        return (Link(to, "related", self._some("document", 1)),)

    def _day(self) -> Date:
        random = self._random
        day = f"{self._year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
        return _date(random.choice((day, day, day, day[:7], day[:4], f"{day[:4]}~")))

    # Types ------------------------------------------------------------------------------------------------------

    def _event(self, common: dict[str, object]) -> Event:
        random = self._random
        statements = cast("tuple[Statement, ...]", common["statements"])
        accounts: tuple[Account, ...] = ()
        if random.random() < 0.04 and len(statements) > 1:
            answers = tuple(Answer(statement.text, statement.sources) for statement in statements[:2])
            accounts = (Account("a1", Localised(en="What happened?", zh_hans="发生了什么？"), answers, ("s1",)),)
        return Event(
            **common,  # type: ignore[arg-type]
            title=self._title(),
            accounts=accounts,
            date=self._day(),
            places=self._some("place", random.randint(1, 2)),
            people=self._some("person", random.randint(0, 3)),
            organisations=self._some("organisation", random.randint(0, 2)),
            topics=self._some("topic", random.randint(1, 2)),
        )

    def _document(self, common: dict[str, object], abstract: Localised) -> Document:
        random = self._random
        publisher = random.randrange(_PUBLISHERS)
        return Document(
            **common,  # type: ignore[arg-type]
            title=self._title(),
            rights="described",
            date=self._day(),
            publisher=f"{self._vocabulary.english[1000 + publisher].capitalize()} Press",
            voice=f"press-{publisher}",
            language="en" if self._language == "en" else "zh",
            abstract=abstract,
            about=self._some("event", random.randint(0, 2)),
            topics=self._some("topic", random.randint(1, 2)),
        )


def _old_form(simplified: str) -> str:
    """Traditional characters, as a build makes them."""
    return Traditional(()).text(simplified)


@lru_cache(maxsize=1 << 14)
def _reading(han: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(han, style=Style.TONE))


def _plain(pinyin: str) -> str:
    """Without tone marks, ü as u."""
    from jasic_desktop.core.folding import fold

    return fold(pinyin).capitalize()


def archive(count: int, seed: int = 1) -> Archive:
    """What the archive says of itself."""

    def terms(keys: Sequence[str]) -> dict[str, Term]:
        return {key: Term(Localised(en=key.replace("-", " ").capitalize())) for key in keys}

    return Archive(
        id="corpus",
        title=Localised(en=f"Made-up archive of {count} records", zh_hans=f"虚构档案 {count} 条"),
        version=f"{seed}.0",
        sequence=1,
        date="2026-01-01",
        rights_note=Localised(en="Made-up texts without rights."),
        curation=Localised(en="Made by a program for benchmarks; nothing in it is true."),
        languages=("en", "zh-Hans", "zh-Hant"),
        editor="Nobody",
        contact=Localised(en="Nobody is to be written to."),
        kinds={kind: terms(keys) for kind, keys in _KINDS.items()},
        lanes=tuple(Lane(key, Localised(en=key.capitalize()), kinds) for key, kinds in _LANES.items()),
        reasons={"related": Reason(Localised(en="related to"))},
        roles=terms(("worker", "organiser")),
        rights=terms(("described",)),
    )


def write_corpus(count: int, target: Path, seed: int = 1) -> Built:
    """Write the pack of so many records to `target`, which must not exist. Raises NotWrittenFault."""
    # The writer goes through the records once: they need not all be there.
    records = cast("tuple[Record, ...]", Corpus(count, seed))
    return write_pack(Source(archive(count, seed), records, target.parent), target)


def main(arguments: Sequence[str]) -> int:
    """Make an archive, and say what is in it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.corpus", description="Makes an archive.")
    parser.add_argument("count", type=int, metavar="N")
    parser.add_argument("target", type=Path, metavar="OUT")
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args(arguments)
    built = write_corpus(told.count, told.target, told.seed)
    sys.stdout.write(f"{built.records} records in {built.path}, fingerprint {built.fingerprint[:16]}\n")
    for needle in NEEDLES:
        sys.stdout.write(f"{needle.count(told.count):>6} hold {needle.text}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
