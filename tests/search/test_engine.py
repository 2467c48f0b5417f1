"""Answers from the bundled archive: what every answer promises, whatever is asked."""

import itertools
import re
import time
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jasic_desktop.core.errors import Cancelled
from jasic_desktop.core.folding import fold
from jasic_desktop.core.i18n import LANGUAGES
from jasic_desktop.packs.store import FACETS, Store
from jasic_desktop.search import searching
from jasic_desktop.search.analysis import has_han, is_han
from jasic_desktop.search.answer import REASONS, Answer
from jasic_desktop.search.engine import Engine
from jasic_desktop.search.pinyin import spoken
from jasic_desktop.search.request import Filters, Request
from jasic_desktop.search.snippets import ELLIPSIS, MAX_LATIN
from jasic_desktop.search.texts import passages

WORDS = (
    "yue",
    "xin",
    "岳昕",
    "聲援團",
    "police",
    "detained",
    "O'Brien",
    "2018-07-27",
    "mijiuping",
    "solidarit*",
    "polise~1",
)
SIGNS = (
    " ",
    " ",
    " ",
    '"',
    "(",
    ")",
    "-",
    "OR ",
    "NOT ",
    "title:",
    "place:",
    "类型:",
    "date:",
    "*",
    "~",
    "\x00",
    "\ud800",
    "’",
)
QUESTIONS = st.one_of(st.text(), st.lists(st.sampled_from((*WORDS, *SIGNS)), max_size=9).map("".join))


def ids(answer: Answer) -> list[str]:
    return [hit.id for hit in answer.hits]


def every(engine: Engine, text: str, **more: object) -> set[str]:
    return set(ids(engine.search(Request(text, limit=10_000, **more))))  # type: ignore[arg-type]


@given(
    text=QUESTIONS,
    live=st.booleans(),
    language=st.sampled_from(LANGUAGES),
    sort=st.sampled_from(["relevance", "date", "title"]),
)
def test_any_question_is_answered(engine: Engine, store: Store, text: str, live: bool, language, sort) -> None:
    answer = engine.search(Request(text, live=live, language=language, sort=sort, facets=True, explain=True, limit=5))
    assert len(answer.hits) == min(5, answer.total)
    assert len(set(ids(answer))) == len(answer.hits)
    if sort == "relevance":
        assert [hit.score for hit in answer.hits] == sorted((hit.score for hit in answer.hits), reverse=True)
    for part in (answer.query, answer.understood, *(note.sentence(language) for note in answer.notes)):
        part.encode()
    for hit, record in zip(answer.hits, store.many(ids(answer)), strict=True):
        assert set(hit.matched) <= set(REASONS)
        assert "".join(span.text for span in hit.title) == record.title.show(language)
        shown = [span for span in hit.snippet if span.text != ELLIPSIS or span.match]
        cut = "".join(span.text for span in shown)
        assert not shown or any(cut in passage.text for passage in passages(record))
        assert all(span.text for span in (*hit.title, *hit.snippet))
    assert set(answer.facets) == set(FACETS)
    assert sum(count for _, count in answer.facets["type"]) == answer.total


@given(text=QUESTIONS, limit=st.integers(0, 20))
def test_any_text_may_be_completed(engine: Engine, text: str, limit: int) -> None:
    found = engine.suggest(text, limit)
    assert len(found) <= limit
    assert len({suggestion.id for suggestion in found}) == len(found)


ODD = [
    *(
        "*",
        "a*",
        "*a*",
        "?????*",
        "a*b*c*d*",
        "w~9",
        "w~2",
        "the~2",
        "[a TO z]",
        "[TO]",
        "a^1e999",
        "[[[[",
        "::",
        "has:",
        "-",
        "~",
    ),
    *(
        "(" * 1000,
        ")" * 1000,
        "(" * 1000 + "a" + ")" * 1000,
        "NOT " * 500,
        '"',
        '"""',
        "“",
        "x" * 10_000,
        "中" * 500,
        "的 " * 250,
    ),
    *(
        " ".join(f"word{n}" for n in range(10_000)),
        "th* co* de* re* in* pr* st* " * 9,
        '"a ' * 100,
        "\x00\x01\x02",
        "\ud800\udfff",
    ),
    *(
        "xian" * 15,
        "a e o " * 80,
        "the " * 100,
        "-a -b -c",
        "year:0000",
        "date:9999-99",
        "place:nowhere",
        "a~2 b~2 c~2 d~2 e~2 s~2",
    ),
]


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text[:12]))
@pytest.mark.parametrize("live", [False, True])
def test_odd_questions_are_answered_within_two_seconds(engine: Engine, text: str, live: bool) -> None:
    began = time.monotonic()
    engine.search(Request(text, live=live, facets=True))
    assert time.monotonic() - began < 2


def test_the_question_is_said_as_it_was_taken(engine: Engine) -> None:
    assert engine.search(Request("“岳昕” AND  police")).understood == '"岳昕" police'
    assert engine.search(Request("a*")).notes[0].key == "search.wildcard_too_wide"


def test_nothing_asked_is_everything_and_signs_alone_are_nothing(engine: Engine, store: Store) -> None:
    assert engine.search(Request(" ")).total == store.count
    assert engine.search(Request("!?")).total == 0


def test_a_question_can_be_cancelled(engine: Engine) -> None:
    calls = itertools.count()
    with pytest.raises(Cancelled):
        engine.search(Request("police detained workers"), cancelled=lambda: next(calls) > 1)
    assert engine.search(Request("police detained workers")).total


def test_a_question_that_takes_too_long_ends_by_itself(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "TIME_LIMIT", -1.0)
    answer = engine.search(Request("police of the district"))
    assert (answer.total, [note.key for note in answer.notes]) == (0, ["search.took_too_long"])


# What finds what ---------------------------------------------------------------------------------------------------


@cache
def chinese_titles(store: Store) -> list[tuple[str, str]]:
    titles = [(r.id, text) for r in store.many(store.ids) for text in (r.title.zh_hans, r.title.zh_hant) if text]
    return [(id_, text) for id_, text in titles if sum(map(is_han, text)) > 1]


@cache
def twins(store: Store) -> list[tuple[str, str]]:
    titles = [record.title for record in store.many(store.ids)]
    both = [(title.zh_hans, title.zh_hant) for title in titles if title.zh_hans and title.zh_hant]
    return [(hans, hant) for hans, hant in both if fold(hans) == fold(hant)]


NUMBERS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))


def stretch(text: str, start: int, end: int, least: int) -> str:
    """A part of `text` with at least `least` characters, for any two numbers."""
    begin = start % (len(text) - least + 1)
    return text[begin : begin + least + end % (len(text) - begin - least + 1)]


@pytest.mark.no_cover
@settings(max_examples=150)
@given(numbers=NUMBERS)
def test_any_stretch_of_a_chinese_title_finds_its_record(engine: Engine, store: Store, numbers) -> None:
    which, start, end = numbers
    titles = chinese_titles(store)
    id_, title = titles[which % len(titles)]
    for run in re.findall("[\u4e00-\u9fff]{2,}", stretch(title, start, end, 2)):
        assert id_ in every(engine, run)


@pytest.mark.no_cover
@settings(max_examples=100)
@given(numbers=NUMBERS)
def test_both_chinese_forms_of_a_question_find_the_same(engine: Engine, store: Store, numbers) -> None:
    which, start, end = numbers
    pair = twins(store)[which % len(twins(store))]
    simplified, traditional = (stretch(text, start, end, 1).replace('"', "") for text in pair)
    assert every(engine, simplified) == every(engine, traditional)


@pytest.mark.no_cover
def test_every_spelling_of_a_reviewed_reading_finds_its_record(engine: Engine, store: Store) -> None:
    checked = 0
    for record in store.many(store.ids):
        for reading in record.readings:
            if not reading.reviewed or record.type != "person":
                continue
            said = spoken(reading.pinyin)
            words = ["".join(syllable.plain for syllable in word) for word in said.words]
            spellings = [
                reading.pinyin,
                reading.pinyin.lower().replace(" ", ""),
                " ".join(words),
                said.joined,
                said.joined.upper(),
                " ".join(syllable.plain for syllable in said.syllables),
                " ".join(f"{syllable.plain}{syllable.tone}" for syllable in said.syllables),
                "".join(f"{syllable.plain}{syllable.tone}" for syllable in said.syllables),
                '"' + " ".join(words) + '"',
            ]
            for spelling in spellings:
                assert engine.search(Request(spelling, limit=1)).hits[0].id == record.id, spelling
            checked += 1
    assert checked > 50


def test_a_tone_number_finds_one_tone(engine: Engine) -> None:
    assert "yue-xin" in every(engine, "xin1")
    assert "yue-xin" not in every(engine, "xin4")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("China Women's University", "china womens university"),
        ("cheuk-yan", "cheuk yan"),
        ("SOLIDARITY", "solidarity"),
        ("２０１８", "2018"),
        ("Ｙｕｅ", "yue"),
    ],
)
def test_spellings_that_find_the_same(engine: Engine, one: str, other: str) -> None:
    found = every(engine, one)
    assert found
    assert found <= every(engine, other) or found >= every(engine, other)
    assert engine.search(Request(one)).hits[0].id == engine.search(Request(other)).hits[0].id


def test_operators(engine: Engine, store: Store) -> None:
    yue, mi, letter = every(engine, "岳昕"), every(engine, "米久平"), every(engine, "letter")
    assert every(engine, "岳昕 letter") == yue & letter
    assert every(engine, "岳昕 OR 米久平") == yue | mi
    assert every(engine, "letter -岳昕") == letter - yue
    assert every(engine, "NOT letter") == set(store.ids) - letter
    assert every(engine, "(岳昕 OR 米久平) letter") == (yue | mi) & letter
    assert every(engine, '"open letter"') < every(engine, "open letter")
    assert every(engine, "solidarit*") >= every(engine, '"solidarity"')
    assert every(engine, "solid*ty") >= every(engine, '"solidarity"')
    assert every(engine, "solidaroty~1") >= every(engine, '"solidarity"')
    assert every(engine, "detaining") >= every(engine, "title:detained") | every(engine, '"detaining"')


def test_a_homophone_is_found_when_asked_for(engine: Engine) -> None:
    assert "yue-xin" in every(engine, "岳欣~1")


def test_chinese_words_written_together_are_asked_in_parts(engine: Engine) -> None:
    answer = engine.search(Request("岳昕北京大学", limit=100))
    assert "yue-xin" in ids(answer)
    assert [note.key for note in answer.notes] == ["search.asked_in_parts"]


@pytest.mark.parametrize(
    ("question", "facet", "value"),
    [
        ("type:person", "type", "person"),
        ("类型:人物", "type", "person"),
        ("type:people", "type", "person"),
        ("place:shenzhen", "place", "shenzhen"),
        ("place:深圳市", "place", "shenzhen"),
        ("place:深圳", "place", "shenzhen"),
        ('地点："Pingshan District"', "place", "pingshan-district"),
        ("person:yuexin", "person", "yue-xin"),
        ("人物:岳昕", "person", "yue-xin"),
        ("org:ACFTU", "organisation", "acftu"),
        ("机构:全總", "organisation", "acftu"),
        ("topic:寻衅滋事", "topic", "picking-quarrels"),
        ("certainty:disputed", "certainty", "disputed"),
        ("可信度:有争议", "certainty", "disputed"),
        ("certainty:single", "certainty", "single-source"),
        ("has:accounts", "accounts", "yes"),
        ("有:说法", "accounts", "yes"),
        ("source:wikipedia-en-yue-xin", "source", "wikipedia-en-yue-xin"),
    ],
)
def test_fields_are_the_facets(engine: Engine, store: Store, question: str, facet: str, value: str) -> None:
    column = store.facet(facet)
    number = column.values.index(value)
    wanted = {store.ids[ordinal] for ordinal, row in enumerate(column.rows) if number in row}
    answer = engine.search(Request(question, limit=10_000))
    assert answer.notes == ()
    if facet == "source":
        wanted.add(value)
    assert set(ids(answer)) == wanted
    assert all(hit.matched == () for hit in answer.hits)


def test_kinds_go_by_key_and_by_label(engine: Engine, store: Store) -> None:
    kind, term = next(iter(store.archive.kinds["event"].items()))
    found = every(engine, f"kind:{kind}")
    assert found
    assert all(every(engine, f'kind:"{label}"') >= found for _, label in term.label.items())


def test_languages_go_by_name(engine: Engine) -> None:
    chinese = every(engine, "language:chinese")
    assert chinese == every(engine, "语言:中文") == every(engine, "language:zh")
    assert chinese.isdisjoint(every(engine, "language:en"))


def test_sources_go_by_publisher(engine: Engine, store: Store) -> None:
    found = every(engine, 'source:"Radio Free Asia"')
    documents = [r for r in store.many(store.ids) if r.type == "document" and r.publisher == "Radio Free Asia"]
    assert documents
    assert found >= {record.id for record in documents} | {id_ for r in documents for id_ in store.cited_by(r.id)} - {
        r.id for r in store.many(store.ids) if not any(set(s.sources) & {d.id for d in documents} for s in r.statements)
    }


@pytest.mark.parametrize("question", ["place:atlantis", "type:nonsense", "kind:nonsense", "language:tlh", "has:wings"])
def test_an_unknown_value_is_asked_as_words(engine: Engine, question: str) -> None:
    assert [note.key for note in engine.search(Request(question)).notes][:1] == ["search.unknown_value"]


def test_titles_and_names_alone(engine: Engine, store: Store) -> None:
    assert every(engine, "title:letter") < every(engine, "letter")
    named = every(engine, "name:shenzhen")
    assert {store.type(id_) for id_ in named} <= {"person", "organisation", "place", "topic"}
    assert "shenzhen" in named


# Filters, facets, order --------------------------------------------------------------------------------------------


def test_values_of_one_filter_are_alternatives_and_filters_add_up(engine: Engine) -> None:
    people = every(engine, "police", filters=Filters(types=("person",)))
    events = every(engine, "police", filters=Filters(types=("event",)))
    assert every(engine, "police", filters=Filters(types=("person", "event"))) == people | events
    disputed = every(engine, "police", filters=Filters(certainties=("disputed",)))
    assert every(engine, "police", filters=Filters(types=("event",), certainties=("disputed",))) == events & disputed


def test_a_facet_is_not_narrowed_by_its_own_filter(engine: Engine) -> None:
    free = engine.search(Request("police", facets=True))
    ticked = engine.search(Request("police", filters=Filters(types=("event",)), facets=True))
    assert ticked.facets["type"] == free.facets["type"]
    assert dict(ticked.facets["certainty"]) != dict(free.facets["certainty"])
    for value, count in free.facets["place"]:
        assert engine.search(Request("police", filters=Filters(places=(value,)))).total == count


def test_accounts_and_days(engine: Engine, store: Store) -> None:
    some = every(engine, "", filters=Filters(accounts=True))
    none = every(engine, "", filters=Filters(accounts=False))
    assert some
    assert some | none == set(store.ids)
    assert not some & none
    july = every(engine, "", filters=Filters(types=("event",), since="2018-07-27", until="2018-07-27"))
    assert "2018-07-27-mass-arrest" in july
    assert "2018-08-24-huizhou-raid" not in july
    assert july == every(engine, "type:event date:2018-07-27")


def test_by_date_the_oldest_first_and_the_undated_last(engine: Engine, store: Store) -> None:
    answer = engine.search(Request("police", sort="date", limit=10_000))
    days = []
    for id_ in ids(answer):
        own = [a or b for a, b in store.dates(store.ordinals[id_]) if a or b]
        days.append(min(own) if own else "9999")
    assert days == sorted(days)


def test_by_title_in_english_by_letter_in_chinese_by_reading(engine: Engine, store: Store) -> None:
    people = Filters(types=("person",))
    english = ids(engine.search(Request("", filters=people, sort="title", limit=1000)))
    titles = [(store.title(id_).en or "").lower() for id_ in english]
    assert titles == sorted(titles)
    chinese = ids(engine.search(Request("", filters=people, sort="title", limit=1000, language="zh-Hans")))
    with_names = [id_ for id_ in chinese if has_han(store.title(id_).zh_hans or "")]
    assert with_names.index("chen-kexin") < with_names.index("mi-jiuping") < with_names.index("yue-xin")
    assert with_names.index("zhang-shengye") < with_names.index("zheng-churan")


def test_pages_follow_each_other(engine: Engine) -> None:
    whole = ids(engine.search(Request("police", limit=30)))
    paged = [id_ for offset in range(0, 30, 7) for id_ in ids(engine.search(Request("police", limit=7, offset=offset)))]
    assert paged[:30] == whole
    assert engine.search(Request("police", offset=10_000)).hits == ()


@pytest.mark.parametrize("sort", ["relevance", "date", "title"])
@pytest.mark.parametrize("text", ["", "police", "yue xin", "colour:red union", "qqqqqq", "the"])
def test_ids_alone_are_those_of_all_hits(engine: Engine, text: str, sort) -> None:
    asked = Request(text, Filters(types=("event", "person")), sort)
    answer = engine.search(replace(asked, limit=10_000))
    listing = engine.listed(replace(asked, limit=3, offset=2))
    assert list(listing.ids) == ids(answer)
    assert listing.notes == answer.notes


def test_listing_can_be_cancelled(engine: Engine) -> None:
    with pytest.raises(Cancelled):
        engine.listed(Request("police"), lambda: True)


def test_the_parts_of_a_score_are_explained(engine: Engine) -> None:
    answer = engine.search(Request("岳昕", explain=True))
    hit = answer.hits[0]
    assert sum(score for _, score in hit.explanation) == pytest.approx(hit.score, abs=0.01)
    assert "exact:key_name" in dict(hit.explanation)
    assert engine.search(Request("岳昕")).hits[0].explanation == ()


# Typing ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["mi jiuping", "mijiuping", "岳昕", "shen mengyu", "picking quarrels", "yue4xin1"])
def test_the_record_stays_while_its_name_is_typed(engine: Engine, text: str) -> None:
    wanted = engine.search(Request(text)).hits[0].id
    for length in range(4 if text.isascii() else 1, len(text) + 1):
        assert wanted in every(engine, text[:length], live=True), text[:length]


def test_one_letter_asks_titles_and_names_only(engine: Engine, store: Store) -> None:
    found = every(engine, "q", live=True)
    assert "qian-liqun" in found
    for record in store.many(found):
        names = " ".join(text for _, text in record.title.items()) + str(record)
        assert "q" in names.lower()
    assert all("text" not in hit.matched for hit in engine.search(Request("q", live=True, limit=1000)).hits)


def test_one_letter_more_does_not_empty_the_results(engine: Engine) -> None:
    assert every(engine, "solidarity group s", live=True) == every(engine, "solidarity group", live=True) or every(
        engine, "solidarity group s", live=True
    ) >= every(engine, '"solidarity group"')


def test_nothing_is_corrected_while_typing(engine: Engine) -> None:
    answer = engine.search(Request("Mi Jiupinx", live=True))
    assert (answer.total, answer.suggestion) == (0, None)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("yue", "yue-xin"),
        ("岳", "yue-xin"),
        ("mijiu", "mi-jiuping"),
        ("mi j", "mi-jiuping"),
        ("acf", "acftu"),
        ("全總", "acftu"),
        ("佳士工人聲", "jasic-workers-solidarity-group"),
        ("shenz", "shenzhen"),
        ("picking q", "picking-quarrels"),
        ("jiashi gongren sh", "jasic-workers-solidarity-group"),
        ("Mi Jiupinh", "mi-jiuping"),
        ("米九平", "mi-jiuping"),
    ],
)
def test_names_are_completed(engine: Engine, typed: str, wanted: str) -> None:
    found = engine.suggest(typed)
    assert wanted in [suggestion.id for suggestion in found]
    assert len(found) <= 8


def test_a_completion_is_in_the_script_of_the_question(engine: Engine) -> None:
    assert engine.suggest("岳昕")[0].text == "岳昕"
    assert engine.suggest("yuexin")[0].text == "Yue Xin"
    assert engine.suggest("yuexin", language="zh-Hans")[0].text == "岳昕"
    assert engine.suggest("岳昕")[0].type == "person"


@pytest.mark.parametrize("text", ["", "   ", "type:person", "!!!", "zzzzqqq"])
def test_nothing_to_complete(engine: Engine, text: str) -> None:
    assert engine.suggest(text) == ()


# Guesses -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("yue xing", "Yue Xin"),
        ("solidarty grop", "solidarity group"),
        ("solidaritygroup", "solidarity group"),
        ("zhang sengye", "Zhang Shengye"),
        ("岳欣", "岳昕"),
        ("Guandong", "guangdong"),
    ],
)
def test_what_was_probably_meant(engine: Engine, asked: str, meant: str) -> None:
    assert engine.search(Request(asked)).suggestion == meant


@pytest.mark.parametrize("asked", ["岳昕", "yuexin", "police", "qqqqzzzz", "hao3xyz", "zzz*", "type:person zzzz"])
def test_no_guess_where_there_is_none_to_make(engine: Engine, asked: str) -> None:
    assert engine.search(Request(asked)).suggestion is None


def test_a_guess_that_is_answered_is_said(engine: Engine) -> None:
    answer = engine.search(Request("Mi Jiupin"))
    assert answer.understood == "Mi Jiuping"
    assert [note.key for note in answer.notes] == ["search.corrected"]
    assert {hit.matched for hit in answer.hits} == {("spelling",)}


# Marks -------------------------------------------------------------------------------------------------------------


def marked(spans: object) -> list[str]:
    return [span.text for span in spans if span.match]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("question", "language", "title"),
    [
        ("岳昕", "zh-Hans", ["岳昕"]),
        ("yuexin", "zh-Hans", ["岳昕"]),
        ("yue xin", "zh-Hant", ["岳昕"]),
        ("yuexin", "en", ["Yue Xin"]),
        ("YUE", "en", ["Yue"]),
    ],
)
def test_titles_are_marked_in_the_readers_script(engine: Engine, question: str, language, title: list[str]) -> None:
    hit = next(h for h in engine.search(Request(question, language=language, limit=100)).hits if h.id == "yue-xin")
    assert marked(hit.title) == title


def test_snippets_are_short_and_marked(engine: Engine) -> None:
    for hit in engine.search(Request("detained police", limit=50)).hits:
        text = "".join(span.text for span in hit.snippet)
        assert len(text) <= MAX_LATIN + 2
        if "text" in hit.matched:
            assert marked(hit.snippet)


def test_the_events_found_are_told_with_the_facets(engine: Engine, store: Store) -> None:
    answer = engine.search(Request("", Filters(years=("2018",)), limit=1, facets=True))
    ids = [store.ids[ordinal] for ordinal in answer.events]
    everything = engine.search(Request("", Filters(years=("2018",)), limit=store.count))
    assert ids
    assert sorted(ids) == sorted(hit.id for hit in everything.hits if store.type(hit.id) == "event")
    assert everything.events == ()


@pytest.mark.parametrize("sort", ["relevance", "date", "title"])
@pytest.mark.parametrize("group", ["type", "year"])
def test_groups_stand_one_after_the_other_and_page_by_page(engine: Engine, store: Store, group, sort) -> None:
    whole = engine.search(Request("", sort=sort, group=group, limit=store.count))
    ids = [hit.id for hit in whole.hits]
    assert sum(count for _, count in whole.groups) == whole.total == len(set(ids))
    names = [name for name, count in whole.groups for _ in range(count)]
    if group == "type":
        assert names == [store.type(record_id) for record_id in ids]
    else:
        assert [name for name, _ in whole.groups if name] == sorted(name for name, _ in whole.groups if name)
    paged = [
        hit.id
        for at in range(0, store.count, 90)
        for hit in engine.search(replace(Request("", sort=sort, group=group), limit=90, offset=at)).hits
    ]
    assert paged == ids and engine.listed(Request("", sort=sort, group=group)).ids == tuple(ids)
    alone = [hit.id for hit in engine.search(Request("", sort=sort, limit=store.count)).hits]
    for name, _ in whole.groups:
        members = [record_id for record_id, own in zip(ids, names, strict=True) if own == name]
        assert members == [record_id for record_id in alone if record_id in set(members)]


def test_without_groups_none_are_told(engine: Engine) -> None:
    assert engine.search(Request("", limit=1)).groups == ()
