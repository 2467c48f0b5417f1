"""A page in a text document: all its words, its names and numbers, and nothing that leads out."""

import itertools
import re
from dataclasses import replace

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument, QTextTable

from jasic_desktop.core.blocks import (
    AccountsBlock,
    Address,
    InLanguage,
    Paragraph,
    PictureBlock,
    Sign,
    StatementBlock,
    Text,
    plain,
)
from jasic_desktop.core.certainty import Certainty
from jasic_desktop.core.settings import Settings
from jasic_desktop.render.numbering import texts
from jasic_desktop.render.page import page
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Words
from jasic_desktop.ui.document import JOINER, LONGEST_PARAGRAPH, NARROW, ROWS_AT_ONCE, Link, Writing, fill
from jasic_desktop.ui.document_format import Formats, Look, reading_width
from jasic_desktop.ui.theme import Theme
from tests.helpers.stores import bundled_store

ONE_OF_EACH = (
    "mi-jiuping",
    "jasic-workers-solidarity-group",
    "2018-07-27-mass-arrest",
    "pingshan-district",
    "bbc-2018-08-16-jasic",
    "how-to-read-this-archive",
    "mass-arrests-and-raids",
)


def written(record, language="en", theme="light", width=560, scale=1.0):
    document = QTextDocument()
    shown = page(bundled_store(), record, language) if isinstance(record, str) else record
    writing = fill(document, shown, Formats(Theme(theme, language), scale), width)
    return document, shown, writing


def text_of(document):
    return document.toPlainText().replace(JOINER, "").replace("\u00a0", " ")


def text_of_block(block):
    return block.text().replace("\u00a0", " ")


def runs(inlines):
    """The characters of each run of text."""
    for inline in inlines:
        if hasattr(inline, "inlines"):
            yield from runs(inline.inlines)
        else:
            yield plain((inline,))


def between(document, start, end):
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


def tables(document):
    return [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("record", ONE_OF_EACH)
def test_every_word_of_a_page_stands_in_its_document(qapp, record, language):
    document, shown, _ = written(record, language)
    text = text_of(document)
    assert one_line(shown.title) in text
    drawn = [block for block in shown.blocks if not isinstance(block, PictureBlock)]
    for words in (words for inlines in texts(drawn) for words in runs(inlines)):
        assert one_line(words).strip() in text
    for block in shown.blocks:
        if isinstance(block, AccountsBlock):
            assert Words(language).say("accounts_differ", question=block.question) in text
        if isinstance(block, StatementBlock):
            assert (block.date or "") in text


@pytest.mark.parametrize("record", ONE_OF_EACH)
def test_names_and_numbers_lead_where_they_say(qapp, record):
    document, shown, writing = written(record)
    before = 0
    for link in writing.links:
        assert before <= link.start < link.end
        before = link.end
        is_picture = link.target.startswith("picture:")
        assert between(document, link.start, link.end) == ("\ufffc" if is_picture else link.text)
        cursor = QTextCursor(document)
        cursor.setPosition(link.start + 1)
        assert cursor.charFormat().anchorHref() == link.target
        if is_picture:
            assert writing.pictures[int(link.target.removeprefix("picture:"))].block.alt in link.text
        elif link.record is None:
            assert link.target == f"cite:{link.text}" and 0 < int(link.text) <= len(shown.sources)
        else:
            assert link.record in bundled_store().ordinals
    cited = {int(link.text) for link in writing.links if link.number is not None}
    assert cited == {source.number for source in shown.sources}


@pytest.mark.parametrize("record", ONE_OF_EACH)
@pytest.mark.parametrize("width", [560, 300])
def test_nothing_in_a_document_leads_out_of_the_archive(qapp, record, width):
    document, *_ = written(record, width=width)
    for form in document.allFormats():
        # What stands for a picture names a place of the page, never a file; nothing is loaded by its name.
        assert not form.isImageFormat() or re.fullmatch("picture:[0-9]+", form.toImageFormat().name())
        if form.isCharFormat():
            target = form.toCharFormat().anchorHref()
            assert target == "" or target.startswith(("record:", "cite:", "picture:"))


def test_addresses_are_text(qapp):
    document, shown, writing = written("bbc-2018-08-16-jasic")
    addresses = [inline.url for inlines in texts(shown.blocks) for inline in inlines if isinstance(inline, Address)]
    assert addresses
    for address in addresses:
        at = document.toPlainText().index(address)
        assert not any(link.start <= at < link.end for link in writing.links)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_colour_is_one_of_the_theme(qapp, theme):
    document, *_ = written("2018-07-27-mass-arrest", theme=theme)
    known = set(Theme(theme).tokens.values())
    used = {
        form.foreground().color().name().upper()
        for form in document.allFormats()
        if form.isCharFormat() and form.hasProperty(form.Property.ForegroundBrush)
    }
    assert {Theme(theme).color(name).name().upper() for name in ("ink", "link", "accent")} <= used <= known


def test_blocks_begin_where_the_document_says(qapp):
    document, shown, writing = written("2018-07-27-mass-arrest")
    assert len(writing.starts) == len(shown.blocks)
    assert writing.starts == sorted(writing.starts)
    for start, block in zip(writing.starts, shown.blocks, strict=True):
        if isinstance(block, StatementBlock) and block.date:
            assert between(document, start, start + len(block.date)) == block.date


def test_signs_stand_before_their_words(qapp):
    for language in ("en", "zh-Hans"):
        document, _shown, writing = written("mi-jiuping", language)
        assert {certainty for _, certainty in writing.signs} == {"single-source", "disputed", "corroborated"}
        for position, certainty in writing.signs:
            word = Words(language).say(f"certainty.{certainty}")
            block = document.findBlock(position)
            behind = text_of_block(block)[position - block.position() :].replace(JOINER, "")
            assert behind.startswith((f" {word}", " " + Words(language).say("accounts_differ", question="")))


def test_an_unknown_certainty_is_a_word_without_a_sign(qapp):
    shown = page(bundled_store(), "mi-jiuping", "en")
    odd = StatementBlock("s1", None, (Text("Said."),), "odd")
    document, _, writing = written(with_blocks(shown, odd))
    assert "Said." in text_of(document) and writing.signs == []


def test_accounts_stand_side_by_side_or_under_one_another(qapp):
    for width, columns in ((NARROW + 100, 2), (NARROW - 100, 1)):
        document, shown, _ = written("2018-07-27-mass-arrest", width=width)
        answers = next(block.answers for block in shown.blocks if isinstance(block, AccountsBlock))
        box = next(table for table in tables(document) if "Accounts differ" in cell_text(table, 0, 0))
        assert box.columns() == columns and box.rows() == 1 + -(-len(answers) // columns)
        edges = [box.cellAt(row, 0).format().toTableCellFormat().leftBorder() for row in range(box.rows())]
        assert edges == [3] * box.rows()
        assert cell_text(box, 1, 0).startswith(plain(answers[0]))


@pytest.mark.parametrize("width", [560, 300])
@pytest.mark.parametrize(("record", "has_dates"), [("2018-07-27-mass-arrest", True), ("2005-jasic-founded", False)])
def test_room_is_left_for_dates_where_a_statement_has_one(qapp, record, has_dates, width):
    document, shown, writing = written(record, width=width)
    columns = {
        QTextCursor(document.findBlock(start)).currentTable().columns()
        for start, block in zip(writing.starts, shown.blocks, strict=True)
        if isinstance(block, StatementBlock)
    }
    boxes = [table for table in tables(document) if "Accounts differ" in cell_text(table, 0, 0)]
    is_beside = has_dates and width > NARROW
    assert columns == {2 if is_beside else 1}
    assert boxes and all((table.format().leftMargin() > 0) == is_beside for table in boxes)


def cell_text(table, row, column):
    cell = table.cellAt(row, column)
    return between(table.document(), cell.firstPosition(), cell.lastPosition())


def with_blocks(shown, *blocks):
    return replace(shown, blocks=blocks)


def test_a_long_table_is_several(qapp):
    shown = page(bundled_store(), "mi-jiuping", "en")
    many = [
        StatementBlock(f"s{n}", "2018", (Text(f"Number {n}."), Sign("alleged")), "alleged")
        for n in range(5 * ROWS_AT_ONCE + 1)
    ]
    document, _, writing = written(with_blocks(shown, *many))
    assert [table.rows() for table in tables(document)] == [ROWS_AT_ONCE] * 5 + [1]
    assert len(writing.starts) == len(many) == len(writing.signs)


def test_a_page_is_written_in_small_steps(qapp):
    shown = page(bundled_store(), "jasic-workers-solidarity-group", "en")
    document = QTextDocument()
    writing = Writing(document, shown, Formats(Theme()), 560)
    sizes = [document.characterCount() for _ in writing.steps()]
    assert len(sizes) > 50
    assert max(later - before for before, later in itertools.pairwise(sizes)) < 6000


def test_no_paragraph_is_longer_than_qt_can_lay_out(qapp):
    shown = page(bundled_store(), "mi-jiuping", "en")
    long = "x" * (3 * LONGEST_PARAGRAPH), "word " * LONGEST_PARAGRAPH, "\u202e" * LONGEST_PARAGRAPH
    document, *_ = written(with_blocks(shown, *(Paragraph((Text(text),)) for text in long)))
    block, lengths = document.begin(), []
    while block.isValid():
        lengths.append(block.length())
        block = block.next()
    assert max(lengths) <= LONGEST_PARAGRAPH + 1
    for text in long:
        assert one_line(text).replace(" ", "") in document.toPlainText().replace("\n", "").replace(" ", "")


def test_a_sentence_that_goes_on_in_another_paragraph_is_cut_between_words(qapp):
    shown = page(bundled_store(), "mi-jiuping", "en")
    document, *_ = written(with_blocks(shown, Paragraph((Text("words and more " * 600),))))
    lines = [line for line in document.toPlainText().split("\n") if line.startswith("words")]
    assert len(lines) > 1 and all(line.rstrip().endswith(("words", "and", "more")) for line in lines)


def test_what_would_begin_a_paragraph_or_turn_the_text_is_shown(qapp):
    shown = page(bundled_store(), "mi-jiuping", "en")
    document, *_ = written(with_blocks(shown, Paragraph((Text("a\nb\u2029c\u202ed\u0000e"),))))
    assert "a b c\u27e8U+202E\u27e9d\u2400e" in document.toPlainText()


def test_chinese_is_set_in_the_fonts_of_its_script(qapp):
    shown = page(bundled_store(), "mi-jiuping", "en")
    for language, script in (("zh-Hans", "SC"), ("zh-Hant", "TC")):
        document, *_ = written(with_blocks(shown, Paragraph((InLanguage(language, (Text("岳昕“说”"),)),))))
        cursor = document.find("岳昕")
        families = cursor.charFormat().font().families()
        assert families[0] == f"Noto Serif CJK {script}"


def test_sizes_follow_the_text_size(qapp, tmp_path):
    settings = Settings.load(tmp_path)
    small, large = (Formats(Theme(), scale) for scale in (1.0, 2.0))
    assert large.characters(Look()).font().pixelSize() == 2 * small.characters(Look()).font().pixelSize()
    assert large.line_height("reading") == 2 * small.line_height("reading") == 52
    assert reading_width(large, settings) == pytest.approx(2 * reading_width(small, settings), rel=0.05)
    assert Certainty.DISPUTED in dict(written("mi-jiuping")[2].signs).values()


def test_a_link_knows_a_record_from_a_number():
    assert Link(0, 1, "record:yue-xin", "Yue Xin").record == "yue-xin"
    assert Link(0, 1, "cite:3", "3").record is None
