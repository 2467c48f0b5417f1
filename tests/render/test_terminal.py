"""What a terminal and a pipe get: widths, colour, side by side, nothing that acts."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from jasic_desktop.core import blocks as b
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.localised import Localised
from jasic_desktop.packs.coverage import coverage
from jasic_desktop.packs.store import Store
from jasic_desktop.render.page import page
from jasic_desktop.render.terminal import (
    render_coverage,
    render_facets,
    render_facts,
    render_hits,
    render_page,
    render_timeline,
)
from tests.helpers.sample import ARCHIVE, LETTER, MI, RECORDS
from tests.helpers.stores import forged_store, store_of


class Span(NamedTuple):
    text: str
    match: bool


class Hit(NamedTuple):
    id: str
    snippet: tuple[Span, ...] = ()
    matched: tuple[str, ...] = ("text",)


def drawn(renderable: RenderableType, width: int = 80, *, terminal: bool = False) -> str:
    file = io.StringIO()
    console = Console(
        file=file,
        width=width,
        force_terminal=terminal,
        color_system="truecolor" if terminal else None,
        highlight=False,
        legacy_windows=False,
    )
    console.print(renderable)
    return file.getvalue()


def test_a_page_in_a_pipe_is_plain_text_of_the_width(store: Store) -> None:
    text = drawn(render_page(page(store, "mi-jiuping", "en")))
    assert "\x1b" not in text
    lines = text.splitlines()
    assert lines[:3] == ["Mi Jiuping", "米久平 · Mǐ Jiǔpíng", "Person · Worker, Organiser"]
    assert all(cell_len(line) <= 80 and line == line.rstrip() for line in lines)
    assert "27 July 2018        He was detained. [1,3] ✓ corroborated" in lines or "corroborated" in text
    assert "sample:person/mi-jiuping@1.2" in text


def test_statements_of_a_record_without_dates_begin_at_the_edge(bundled: Store) -> None:
    lines = drawn(render_page(page(bundled, "1998-gao-yan-case", "en"))).splitlines()
    at = lines.index("Statements")
    assert all(not line.startswith(" ") for line in lines[at : lines.index("", at)])


def test_a_page_on_a_terminal_has_colour_but_the_same_words(store: Store) -> None:
    plain = drawn(render_page(page(store, "mi-jiuping", "en")))
    colour = drawn(render_page(page(store, "mi-jiuping", "en")), terminal=True)
    assert "\x1b[" in colour
    from rich.text import Text

    assert Text.from_ansi(colour).plain.split() == plain.split()


@pytest.mark.parametrize(("width", "beside"), [(100, True), (80, True), (79, False), (40, False)])
def test_accounts_stand_side_by_side_where_there_is_room(store: Store, width: int, beside: bool) -> None:
    lines = drawn(render_page(page(store, "mi-jiuping", "en")), width).splitlines()
    assert any("On 16 July." in line and "On 18 July." in line for line in lines) == beside
    assert any("◆ Accounts differ: When was he dismissed?" in " ".join(line.split()) for line in lines) or width == 40


def test_chinese_is_aligned_by_cells(store: Store) -> None:
    lines = drawn(render_page(page(store, "mi-jiuping", "zh-Hans"))).splitlines()
    born = next(line for line in lines if line.startswith("出生"))
    others = next(line for line in lines if line.startswith("别名"))
    assert cell_len(born[: born.index("他")]) == cell_len(others[: others.index("U")])


def test_many_accounts_fill_several_rows(tmp_path: Path) -> None:
    answers = tuple(
        msgspec.structs.replace(MI.accounts[0].answers[0], text=Localised(en=f"Answer {n}.")) for n in range(7)
    )
    account = msgspec.structs.replace(MI.accounts[0], answers=answers)
    person = msgspec.structs.replace(MI, accounts=(account,))
    with store_of(ARCHIVE, (person, *RECORDS[1:]), tmp_path) as store:
        lines = drawn(render_page(page(store, MI.id, "en")), 90).splitlines()
    rows = [line.split("]")[:-1] for line in lines if "Answer" in line and "]" in line]
    assert [len(row) for row in rows] == [3, 3, 1]


@pytest.mark.parametrize("width", [20, 40, 80, 133])
def test_every_page_of_the_bundled_archive_keeps_to_the_width(bundled: Store, width: int) -> None:
    for number, record_id in enumerate(bundled.ids[:: 40 if width != 80 else 15]):
        text = drawn(render_page(page(bundled, record_id, LANGUAGES[number % 3])), width)
        assert all(cell_len(line) <= width for line in text.splitlines()), record_id


def test_narrative_lists_quotes_and_locators(store: Store) -> None:
    text = drawn(render_page(page(store, "2018-07-27-mass-arrest", "en")))
    assert "Among them was Mi Jiuping [1, para. 3; 2]; all were held." in text
    assert "1.  first" in text
    assert "2.  second" in text
    assert "\n    We are workers.\n" in text


HOSTILE = "\x1b]0;title\x07\x1b[2J\x9b1m[bold]x[/bold]\u202eevil\u2066\r\nnext :smile:"


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Store]:
    document = msgspec.structs.replace(
        LETTER,
        title=Localised(en=HOSTILE, zh_hans=HOSTILE + "中"),
        authors=(HOSTILE,),
        publisher=HOSTILE,
        url=HOSTILE,
        original_title=HOSTILE + "2",
        abstract=Localised(en=HOSTILE),
        seen=Localised(en=HOSTILE),
        language=HOSTILE,
        narrative=b.Narrative(en=(b.Paragraph((b.Text(HOSTILE),)),)),
    )
    with forged_store(ARCHIVE, (*RECORDS[:7], document, *RECORDS[8:]), tmp_path) as store:
        yield store


def test_a_hostile_record_cannot_act_on_the_terminal(hostile: Store) -> None:
    outputs = [
        render_page(page(hostile, "letter", "en")),
        render_page(page(hostile, "mi-jiuping", "zh-Hans")),
        render_hits(hostile, [Hit("letter", (Span(HOSTILE, True),), ("text", "pinyin"))], "en"),
        render_facets(hostile, {"source": [(HOSTILE, 1), ("letter", 2)], HOSTILE: [("x", 1)]}, "en"),
        render_facts(HOSTILE, [(HOSTILE, HOSTILE)]),
    ]
    for renderable in outputs:
        text = drawn(renderable)
        assert not set(text) & set("\x1b\x07\x9b\r\u202e\u2066")
        assert "[bold]x[/bold]" in text
        assert ":smile:" in text
    coloured = drawn(outputs[0], terminal=True)
    assert "\x1b]0;" not in coloured
    assert "\x1b[2J" not in coloured


def test_hits_say_what_why_and_where(store: Store) -> None:
    hits = [
        Hit("mi-jiuping", (Span("He was ", False), Span("detained", True), Span(".", False)), ("pinyin", "text")),
        Hit("mi-jiuping", (), ("pinyin", "name-zh")),
        Hit("wire", (Span("A report", False),), ("title",)),
    ]
    text = drawn(render_hits(store, hits, "en"))
    assert text.splitlines() == [
        "Person  Mi Jiuping  米久平",
        "  Worker, Organiser · mi-jiuping",
        "  He was detained.",
        f"  matched by: {translate('search.matched.pinyin', 'en')}",
        "",
        "Person  Mi Jiuping  米久平",
        "  Worker, Organiser · mi-jiuping",
        f"  matched by: {translate('search.matched.pinyin', 'en')}, {translate('search.matched.name-zh', 'en')}",
        "",
        "Document  Thirty held & “missing”",
        "  1 August 2018 · Radio One · wire",
        "  A report",
    ]
    assert "\x1b[1;33mdetained" in drawn(render_hits(store, hits, "en"), terminal=True)


def test_facets_are_named_in_the_language_of_the_reader(store: Store) -> None:
    facets = {
        "type": [("person", 3)],
        "kind": [("arrest", 2), ("unknown", 1)],
        "certainty": [("disputed", 4)],
        "language": [("zh", 2)],
        "accounts": [("yes", 1)],
        "place": [("pingshan", 5), ("elsewhere", 1)],
        "year": [(str(year), 1) for year in range(2010, 2020)],
        "topic": [],
    }
    text = drawn(render_facets(store, facets, "zh-Hans"))
    for words in ("人物 3", "抓捕 2 · unknown 1", "有争议 4", "中文 2", "坪山区 5 · elsewhere 1", "2017 1 · 另有 2 项"):
        assert words in text
    assert "主题" not in text


def test_the_timeline_lists_events_in_order(store: Store) -> None:
    assert drawn(render_timeline(store, store.events(), "en")).splitlines() == [
        "from about July     Protest at the gate",
        "2018 to 24 August   Work and union · 2018-07-protest",
        "2018",
        "27 July 2018        Mass arrest in Pingshan  7·27大抓捕",
        "                    ✓ corroborated · Police and courts · 2018-07-27-mass-arrest",
    ]


def test_coverage_shows_every_number() -> None:
    text = drawn(render_coverage(coverage(RECORDS), "en"))
    assert "Documents" in text
    assert "corroborated: 2" in text
    assert "2: 3" in text


def test_labelled_values_are_aligned() -> None:
    assert drawn(render_facts("Archive", [("Version", "1.0"), ("Edition of", "2026")])).splitlines() == [
        "Archive",
        "Version     1.0",
        "Edition of  2026",
    ]
