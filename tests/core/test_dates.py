"""Dates: what is taken and refused, earliest and latest day, order, ranges and words."""

import subprocess
import sys
import time
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jasic_desktop.core.dates import Date, DateFault, parse, parse_range
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.localised import Localised
from tests.helpers import records as made

# EDTF, earliest, latest, precision, and the words in English, simplified and traditional Chinese.
TAKEN = [
    ("2018", "2018-01-01", "2018-12-31", "year", "2018", "2018年", "2018年"),
    ("2018-07", "2018-07-01", "2018-07-31", "month", "July 2018", "2018年7月", "2018年7月"),
    ("2020-02", "2020-02-01", "2020-02-29", "month", "February 2020", "2020年2月", "2020年2月"),
    ("2018-07-27", "2018-07-27", "2018-07-27", "day", "27 July 2018", "2018年7月27日", "2018年7月27日"),
    ("2018~", "2017-01-01", "2019-12-31", "year", "about 2018", "2018年前后", "2018年前後"),
    ("2018-07~", "2018-06-01", "2018-08-31", "month", "about July 2018", "2018年7月前后", "2018年7月前後"),
    (
        "2018-01?",
        "2017-12-01",
        "2018-02-28",
        "month",
        "January 2018 (uncertain)",
        "2018年1月（存疑）",
        "2018年1月（存疑）",
    ),
    (
        *("2018-07%", "2018-05-01", "2018-09-30", "month"),
        *("about July 2018 (uncertain)", "2018年7月前后（存疑）", "2018年7月前後（存疑）"),
    ),
    (
        "2018-12-31~",
        "2018-12-30",
        "2019-01-01",
        "day",
        "about 31 December 2018",
        "2018年12月31日前后",
        "2018年12月31日前後",
    ),
    ("2018-21", "2018-03-01", "2018-05-31", "season", "spring 2018", "2018年春季", "2018年春季"),
    ("2018-22", "2018-06-01", "2018-08-31", "season", "summer 2018", "2018年夏季", "2018年夏季"),
    ("2018-23", "2018-09-01", "2018-11-30", "season", "autumn 2018", "2018年秋季", "2018年秋季"),
    ("2019-24", "2019-12-01", "2020-02-29", "season", "winter 2019", "2019年冬季", "2019年冬季"),
    ("9999-24", "9999-12-01", "9999-12-31", "season", "winter 9999", "9999年冬季", "9999年冬季"),
    ("201X", "2010-01-01", "2019-12-31", "decade", "the 2010s", "2010年代", "2010年代"),
    ("201X~", "2000-01-01", "2029-12-31", "decade", "about the 2010s", "2010年代前后", "2010年代前後"),
    (
        *("2018-XX", "2018-01-01", "2018-12-31", "year"),
        *("2018 (month unknown)", "2018年（月份不详）", "2018年（月份不詳）"),
    ),
    (
        "2018-XX-XX",
        "2018-01-01",
        "2018-12-31",
        "year",
        "2018 (day unknown)",
        "2018年（日期不详）",
        "2018年（日期不詳）",
    ),
    (
        *("2018-07-XX", "2018-07-01", "2018-07-31", "month"),
        *("July 2018 (day unknown)", "2018年7月（日期不详）", "2018年7月（日期不詳）"),
    ),
    ("2018-08/..", "2018-08-01", None, "interval", "from August 2018", "自2018年8月起", "自2018年8月起"),
    ("../2018-08", None, "2018-08-31", "interval", "until August 2018", "至2018年8月止", "至2018年8月止"),
    (
        "2018-11-09/2018-11-11",
        "2018-11-09",
        "2018-11-11",
        "interval",
        "9 to 11 November 2018",
        *["2018年11月9日至11日"] * 2,
    ),
    (
        *("2018-07-27/2018-08-24", "2018-07-27", "2018-08-24", "interval"),
        *("27 July to 24 August 2018", "2018年7月27日至8月24日", "2018年7月27日至8月24日"),
    ),
    (
        *("2018-12-28/2019-01-02", "2018-12-28", "2019-01-02", "interval"),
        *("28 December 2018 to 2 January 2019", "2018年12月28日至2019年1月2日", "2018年12月28日至2019年1月2日"),
    ),
    ("2018-07/2018-08", "2018-07-01", "2018-08-31", "interval", "July to August 2018", *["2018年7月至8月"] * 2),
    ("2018/2019", "2018-01-01", "2019-12-31", "interval", "2018 to 2019", "2018年至2019年", "2018年至2019年"),
    ("2018-07/2018-07", "2018-07-01", "2018-07-31", "interval", "July 2018", "2018年7月", "2018年7月"),
    (
        *("2018-07-27/2018-08", "2018-07-27", "2018-08-31", "interval"),
        *("27 July 2018 to August 2018", "2018年7月27日至2018年8月", "2018年7月27日至2018年8月"),
    ),
    (
        *("2018-07~/2018-09?", "2018-06-01", "2018-10-31", "interval"),
        *("from about July 2018 to September 2018 (uncertain)", "2018年7月前后至2018年9月（存疑）"),
        "2018年7月前後至2018年9月（存疑）",
    ),
    (
        *("2018-07-XX/2018-08-XX", "2018-07-01", "2018-08-31", "interval"),
        *("from July 2018 (day unknown) to August 2018 (day unknown)", *[None] * 2),
    ),
    ("2018-11-20/2018", "2018-11-20", "2018-12-31", "interval", "20 November 2018 to 2018", *[None] * 2),
    ("1000-01-01~", "1000-01-01", "1000-01-02", "day", "about 1 January 1000", *[None] * 2),
    ("1000~", "1000-01-01", "1001-12-31", "year", "about 1000", "1000年前后", "1000年前後"),
    ("9999-12-31%", "9999-12-29", "9999-12-31", "day", "about 31 December 9999 (uncertain)", *[None] * 2),
    ("9999?", "9998-01-01", "9999-12-31", "year", "9999 (uncertain)", *[None] * 2),
]

REFUSED = {
    "dates.not_edtf": (
        *(
            "",
            " ",
            "July 2018",
            "27/07/2018 ",
            "2018-7",
            "2018.07",
            "20180727",
            "c. 2018",
            "2018年7月",
            "２０１８",
            "٢٠١٨",
        ),
        *("2018-07-27T10:00:00", "Y12018", "-2018", "2018S2", "20XX", "1XXX", "201X-07", "2018-XX-15", "2018-0X"),
        *("2018-?07", "2018~-07", "2018..2019", "2018/2019/2020", "2018-07-27/28", "2018\n", "2018-07~?", "\ud800"),
        *("2018-21~", "1" * 5000),
    ),
    "dates.none": ("XXXX", "XXXX-XX", "XXXX-XX-XX", "../..", ".."),
    "dates.set": ("[2018,2019]", "{2018,2019}", "[..2018]"),
    "dates.open": ("2018/", "/2018", "/"),
    "dates.reversed": ("2018-08/2018-07", "2019/2018", "2018-07-27/2018-07-26", "2018-08~/2018-07"),
    "dates.impossible": (
        "2019-02-29",
        "2018-09-31",
        "2018-13",
        "2018-00",
        "2018-07-00",
        "2018-25",
        "2018-22-01",
        "2018/2019-02-30",
    ),
    "dates.year_range": ("0999", "0000", "0999/2018", "099X"),
}


@pytest.mark.parametrize(("edtf", "earliest", "latest", "precision", "en", "hans", "hant"), TAKEN)
def test_a_date_has_its_days_its_precision_and_its_words(edtf, earliest, latest, precision, en, hans, hant, capsys):
    parse.cache_clear()
    found = parse(edtf)
    assert (found.edtf, found.earliest, found.latest, found.precision) == (edtf, earliest, latest, precision)
    assert found.phrase.en == en
    assert hans is None or (found.phrase.zh_hans, found.phrase.zh_hant) == (hans, hant)
    assert capsys.readouterr() == ("", "")  # the library prints what it does not understand


@pytest.mark.parametrize(("key", "text"), [(key, text) for key, texts in REFUSED.items() for text in texts])
def test_what_is_no_date_is_refused_with_its_reason(key, text, capsys):
    with pytest.raises(DateFault) as refused:
        parse(text)
    assert refused.value.key == key
    assert isinstance(refused.value, ValueError)
    for language in LANGUAGES:
        sentence = refused.value.sentence(language)
        assert any(part[:40] in sentence for part in (text, *text.split("/")))
        assert len(sentence) < 300
    assert capsys.readouterr() == ("", "")


YEARS = st.integers(1000, 9999)


@st.composite
def points(draw: st.DrawFn) -> str:
    """One date as EDTF."""
    day = draw(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
    year, month = f"{day.year:04}", f"{day.month:02}"
    sign = draw(st.sampled_from(["", "", "?", "~", "%"]))
    forms = (year, f"{year}-{month}", day.isoformat(), f"{year[:3]}X", f"{year}-XX", f"{year}-{month}-XX")
    return draw(st.sampled_from([f"{form}{sign}" for form in forms] + [f"{year}-{season}" for season in range(21, 25)]))


@st.composite
def dates(draw: st.DrawFn) -> Date:
    """Any date the archive takes."""
    ends = [draw(points()), draw(points())]
    edtf = draw(st.sampled_from([ends[0], ends[0], "/".join(ends), f"{ends[0]}/..", f"../{ends[0]}"]))
    try:
        return parse(edtf)
    except DateFault as fault:
        assert fault.key == "dates.reversed"
        return parse("/".join(reversed(ends)))


def days(struct: time.struct_time) -> str:
    """An ISO day of what the library gives."""
    return "{:04}-{:02}-{:02}".format(*struct[:3])


@given(dates())
def test_the_days_named_are_those_of_the_library(found):
    from edtf import parse_edtf

    assume("-24" not in found.edtf)  # the library ends the winter with the year
    first, last = found.edtf.split("/")[0], found.edtf.split("/")[-1]
    assert found.stated == (
        None if first == ".." else days(parse_edtf(first).lower_strict()),
        None if last == ".." else days(parse_edtf(last).upper_strict()),
    )


@given(dates())
def test_a_doubtful_date_has_a_margin_and_a_certain_one_has_none(found):
    (first, last), (early, late) = found.stated, (found.earliest, found.latest)
    assert (first is None, last is None) == (early is None, late is None)
    if first is not None:
        assert "1000-01-01" <= early <= first
    if last is not None:
        assert last <= late <= "9999-12-31"
    doubtful = found.is_uncertain or found.is_approximate
    assert doubtful == any(sign in found.edtf for sign in "?~%")
    if not doubtful:
        assert (early, late) == (first, last)
    elif "/" not in found.edtf and 1020 < int(first[:4]) < 9970:
        assert early < first
        assert last < late


@given(dates())
def test_json_keeps_a_date_whole(found):
    assert msgspec.json.decode(msgspec.json.encode(found), type=Date) == found


@given(dates())
def test_the_words_are_in_every_language_and_name_each_year(found):
    assert all(found.phrase.exact(language) for language in LANGUAGES)
    for year in {day[:4] for day in found.stated if day} if "X" not in found.edtf and "-24" not in found.edtf else ():
        assert all(year in text for _, text in found.phrase.items())
    doubt = {"about": found.is_approximate, "(uncertain)": found.is_uncertain}
    assert all((word in found.phrase.en) == shown for word, shown in doubt.items())


@given(dates(), st.dates(date(1000, 1, 1), date(9980, 12, 31)), st.integers(0, 4000))
def test_overlap_is_a_day_in_common(found, start, length):
    since, until = start.isoformat(), (start + timedelta(length)).isoformat()
    early, late = found.earliest or "0000", found.latest or "9999-99"
    assert found.overlaps(since, until) == (max(early, since) <= min(late, until))
    assert found.overlaps(None, None)
    assert found.overlaps(since, None) == (late >= since)
    assert found.overlaps(None, until) == (early <= until)


@given(st.lists(dates(), max_size=6))
def test_dates_are_ordered_by_the_first_day_they_name(several):
    ordered = sorted(several, key=lambda found: found.sort_key)
    starts = [found.stated[0] or found.stated[1] for found in ordered]
    assert starts == sorted(starts)


def test_one_day_in_common_is_enough():
    found = parse("2018-07/2018-08")
    assert found.overlaps("2018-08-31", "2019-01-01")
    assert found.overlaps("2018-01-01", "2018-07-01")
    assert not found.overlaps("2018-09-01", None)
    assert not found.overlaps(None, "2018-06-30")


def test_a_doubtful_date_stands_with_its_month_and_an_open_start_by_its_end():
    order = ["../2018-07", "2018-08", "2018-08~", "2018-08/..", "2018-08-01?", "2018-08-02"]
    found = sorted(map(parse, reversed(order)), key=lambda x: x.sort_key)
    assert [x.edtf for x in found] == ["../2018-07", "2018-08-01?", "2018-08", "2018-08~", "2018-08/..", "2018-08-02"]


@pytest.mark.parametrize(
    ("edtf", "years"),
    [
        ("2018-07", [2018]),
        ("2018~", [2018]),
        ("2018-12/2020-01", [2018, 2019, 2020]),
        ("2018-08/..", [2018]),
        ("../2018-08", [2018]),
        ("201X", list(range(2010, 2020))),
    ],
)
def test_the_years_are_those_the_words_name(edtf, years):
    assert list(parse(edtf).years()) == years


@pytest.mark.parametrize(
    "bad",
    [
        {"edtf": "soon"},
        {"earliest": "2018-02-30"},
        {"earliest": "20180101"},
        {"earliest": "2018-W01-1"},
        {"earliest": "2019-01-01"},
    ],
)
def test_a_date_out_of_a_pack_is_checked(bad):
    good = {"edtf": "2018", "earliest": "2018-01-01", "latest": "2018-12-31", "phrase": Localised(en="2018")}
    assert Date(**good) == Date(**good)
    with pytest.raises(ValueError):
        Date(**{**good, **bad})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2018", ("2018-01-01", "2018-12-31")),
        ("2018-07", ("2018-07-01", "2018-07-31")),
        (" 2018-07-27 ", ("2018-07-27", "2018-07-27")),
        ("2018-07..2018-08", ("2018-07-01", "2018-08-31")),
        ("2018-07/2019", ("2018-07-01", "2019-12-31")),
        ("2018-07..", ("2018-07-01", None)),
        ("..2018-07", (None, "2018-07-31")),
        ("/2018", (None, "2018-12-31")),
        ("2018/", ("2018-01-01", None)),
        ("2018/2018-03", ("2018-01-01", "2018-03-31")),
    ],
)
def test_a_range_of_a_question_has_its_days(text, found):
    assert parse_range(text) == found


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "dates.not_range"),
        ("..", "dates.not_range"),
        ("/", "dates.not_range"),
        ("2018..2019..2020", "dates.not_range"),
        ("July", "dates.not_range"),
        ("2018~", "dates.not_range"),
        ("201X", "dates.not_range"),
        ("2018-7", "dates.not_range"),
        ("２０１８", "dates.not_range"),
        ("\ud800", "dates.not_range"),
        ("2018-13", "dates.impossible"),
        ("2018-21", "dates.impossible"),
        ("2019-02-29", "dates.impossible"),
        ("0999", "dates.year_range"),
        ("2019..2018", "dates.reversed"),
    ],
)
def test_what_is_no_range_is_refused_with_its_reason(text, key):
    with pytest.raises(DateFault) as refused:
        parse_range(text)
    assert refused.value.key == key
    assert all(refused.value.sentence(language) for language in LANGUAGES)


@given(st.one_of(st.text(max_size=30), st.text("0123456789-./~?%X", max_size=24)))
def test_no_text_does_worse_than_a_fault(text):
    for read in (parse, parse_range):
        try:
            read(text)
        except DateFault as fault:
            assert str(fault)


def test_the_library_is_loaded_by_parse_alone():
    code = (
        "import sys; from jasic_desktop.core import dates, records; dates.parse_range('2018');"
        "dates.Date('2018', None, '2018-12-31', records.Localised(en='2018')).precision;"
        "assert 'edtf' not in sys.modules; dates.parse('2018'); assert 'edtf' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@given(made.date_values())
def test_a_date_is_parsed_once(found):
    assert parse(found.edtf) is parse(found.edtf)
