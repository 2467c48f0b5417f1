"""A small archive with a document of every kind that is cited in its own way; titles, names, dates of every sort."""

from typing import Any

from jasic_desktop.core import records as r
from jasic_desktop.core.dates import parse
from jasic_desktop.core.localised import Localised
from tests.helpers.sample import ARCHIVE as SAMPLE
from tests.helpers.sample import ARREST, JASIC, LETTER, MI, PINGSHAN, PROFILE, QUARRELS, WIRE, text

ARCHIVE = SAMPLE


def _document(record_id: str, kind: str, title: Localised, date: str | None = None, **fields: Any) -> r.Document:
    return r.Document(
        id=record_id, kind=kind, title=title, rights="described", date=parse(date) if date else None, **fields
    )


DOCUMENTS = (
    _document(
        *("news", "news-article", text("Inspired by #MeToo, students target inequality in China"), "2018-11-02"),
        authors=("Christian Shepherd", "Yuan Yang"),
        publisher="Reuters",
        language="en",
        url="https://example.org/metoo",
    ),
    _document(
        *("news-unsigned", "news-article", text("Where did the students go?"), "2018-08~"),
        publisher="The Daily",
        language="en",
        url="https://example.org/where",
    ),
    _document(
        *("open-letter-zh", "open-letter", text("Shen Mengyu: letter to “the General Secretary”"), "2018-08-19"),
        authors=("沈梦雨",),
        publisher="佳士工人声援团网站",
        language="zh-Hans",
        original_title="沈梦雨：致总书记的公开信",
        url="https://example.org/letter",
    ),
    _document(
        *("statement-interval", "statement", text("Daily statements"), "2018-07-30/2018-08-15"),
        authors=("Jasic Workers Solidarity Group",),
        publisher="Solidarity group website",
        language="en",
    ),
    _document(
        *("report", "report", text("Locked up: labour rights in Shenzhen"), "2019-06"),
        authors=("Amnesty International",),
        publisher="Amnesty International",
        language="en",
        url="https://example.org/report.pdf",
    ),
    _document(
        *("report-unsigned", "report", text("A fact sheet (interview account)"), "2018"),
        publisher="Labour Watch",
        language="en",
    ),
    _document(
        *("article", "journal-article", text("Worker-student alliances in China"), "2020"),
        authors=("Pun Ngai", "Chris Chan", "Jenny Chan"),
        publisher="Globalizations",
        language="en",
    ),
    _document(
        *("blog", "blog-post", text("Notes of a reading group on November 15th"), "2018-02-13~"),
        authors=("Zhang Yunfan",),
        publisher="Chuang",
        language="en",
        url="https://example.org/blog",
    ),
    _document(
        *("page", "web-page", text("A call to action"), "2018-11/2019-01"),
        authors=("Scholars’ campaign",),
        publisher="Supporting Jasic Workers",
        language="en",
        url="https://example.org/",
    ),
    _document(
        *("page-undated", "web-page", text("List of names", "人士名单")),
        publisher="laoquan18.github.io",
        language="en",
        url="https://example.org/list",
    ),
    _document(
        *("encyclopedia", "encyclopedia", text("Jasic incident")),
        authors=("Wikipedia contributors",),
        publisher="Wikipedia",
        language="en",
        url="https://example.org/wiki",
    ),
    _document(
        *("encyclopedia-unsigned", "encyclopedia", text("Jasic incident (snapshot)"), "2018-10"),
        publisher="Wikipedia",
        language="en",
        url="https://example.org/kiwix",
    ),
    _document(
        *("video", "video", text("Me and us, part two"), "2018-12-19"),
        authors=("Jasic Workers Solidarity Group",),
        publisher="Solidarity group website",
        language="zh-Hans",
        original_title="《我和我们》中",
        url="https://example.org/video",
    ),
    _document(
        *("page-german", "web-page", text("Trade unionists in custody"), "2018-12-01?"),
        authors=("Amnesty International",),
        publisher="Amnesty International",
        language="de",
        original_title="Gewerkschafter in Haft",
        url="https://example.org/haft",
    ),
    _document(
        *("open-end", "web-page", text("Diary of a campaign"), "2018-08/.."),
        authors=("A student",),
        language="en",
    ),
    _document(
        *("essay", "essay", text("How to read this archive", "如何阅读本档案库"), "2026-11-23"),
        authors=("The editors",),
        publisher="Jasic Desktop",
        language="en",
    ),
)
RECORDS = (*DOCUMENTS, MI, JASIC, PINGSHAN, ARREST, WIRE, LETTER, PROFILE, QUARRELS)
