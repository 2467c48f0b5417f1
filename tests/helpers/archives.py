"""Small source archives, packs and stores for tests: one that uses every feature, and the means to change it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jasic_desktop.packs.bag import open_pack
from jasic_desktop.packs.build import build
from jasic_desktop.packs.store import Store, write_store

ARCHIVE = """
[archive]
id = "mill"
version = "1.0"
sequence = "1"
date = "2020-06-30"
title = {en = "The Mill Dispute", zh-Hans = "纱厂争议档案"}
description = {en = "A small archive for tests.", zh-Hans = "供测试用的小档案。"}
rights = {en = "Our own words: CC BY 4.0.", zh-Hans = "自撰文字：CC BY 4.0。"}
curation = {en = "Written for tests; nobody in it exists.", zh-Hans = "为测试而写，人物均属虚构。"}
languages = ["en", "zh-Hans", "zh-Hant"]
editor = "The Editors"
contact = {en = "Write to the editors.", zh-Hans = "请致函编者。"}

[kinds.person]
worker = {en = "Worker", zh-Hans = "工人"}
official = {en = "Official", zh-Hans = "官员"}
[kinds.organisation]
company = {en = "Company", zh-Hans = "公司"}
group = {en = "Group", zh-Hans = "团体"}
[kinds.event]
dismissal = {en = "Dismissal", zh-Hans = "开除"}
protest = {en = "Protest", zh-Hans = "抗议"}
[kinds.place]
province = {en = "Province", zh-Hans = "省"}
town = {en = "Town", zh-Hans = "镇"}
[kinds.document]
news = {en = "News report", zh-Hans = "新闻报道"}
open-letter = {en = "Open letter", zh-Hans = "公开信"}
essay = {en = "Essay", zh-Hans = "文章"}
[kinds.topic]
subject = {en = "Subject", zh-Hans = "主题"}

[roles]
spinner = {en = "Spinner", zh-Hans = "纺纱工"}

[reasons]
followed-by = {en = "Followed by", zh-Hans = "其后", inverse = {en = "Preceded by", zh-Hans = "此前"}}

[facts]
employer = {en = "Employer", zh-Hans = "雇主"}

[rights]
described = {en = "Described here; no text of it is held.", zh-Hans = "仅著录，不含原文。"}
own = {en = "CC BY 4.0", zh-Hans = "CC BY 4.0"}

[[lanes]]
id = "work"
label = {en = "At work", zh-Hans = "厂内"}
kinds = ["dismissal"]

[[lanes]]
id = "street"
label = {en = "In the street", zh-Hans = "街头"}
kinds = ["protest"]
"""

RECORDS: dict[str, dict[str, Any]] = {
    "person/shan-xin": {
        "kind": "worker",
        "summary": {"en": "Spinner at the mill.", "zh-Hans": "纱厂纺纱工。"},
        "names": {
            "display": "Shan Xin",
            "zh-Hans": "单昕",
            "zh-Hant": "單昕",
            "pinyin": "Shàn Xīn",
            "others": ["Sister Shan", {"name": "阿昕", "note": {"en": "among friends", "zh-Hans": "朋友间的称呼"}}],
        },
        "roles": ["spinner"],
        "affiliations": ["spinners-circle"],
        "aliases": ["shan-xin-worker"],
        "statements": [
            {
                "id": "s1",
                "text": {"en": "Shan Xin worked at the mill from 2015.", "zh-Hans": "单昕自2015年起在纱厂工作。"},
                "date": "2015",
                "fact": "employer",
                "short": {"en": "Willow Mill", "zh-Hans": "柳溪纱厂"},
                "sources": ["gazette-report", "circle-letter"],
            },
            {
                "id": "s2",
                "text": "The circle says that a foreman threatened her.",
                "date": "2018-03~",
                "sources": ["circle-letter"],
                "alleged": "true",
            },
        ],
    },
    "person/unnamed-clerk": {
        "kind": "official",
        "summary": "Clerk of the town, known by his initials.",
        "display": "initials",
        "names": {"display": "Yu Hai", "zh-Hans": "余海", "pinyin": "Yú Hǎi"},
        "statements": [
            {"id": "s1", "text": "Yu Hai received the letter.", "date": "2018-04-02", "sources": ["gazette-report"]}
        ],
    },
    "organisation/willow-mill": {
        "kind": "company",
        "summary": "Cotton mill in the town.",
        "names": {"display": "Willow Mill", "zh-Hans": "柳溪纱厂", "pinyin": "Liǔxī Shāchǎng"},
        "statements": [
            {"id": "s1", "text": "The mill opened in 2001.", "date": "2001", "sources": ["gazette-report"]},
        ],
    },
    "organisation/spinners-circle": {
        "kind": "group",
        "summary": "Circle of spinners at the mill.",
        "names": {"display": "Spinners’ Circle", "zh-Hans": "纺纱工小组", "pinyin": "Fǎngshāgōng Xiǎozǔ"},
        "parent": "willow-mill",
    },
    "place/river-province": {
        "kind": "province",
        "summary": "Province on the river.",
        "names": {"display": "River Province", "zh-Hans": "江河省", "pinyin": "Jiānghé Shěng"},
    },
    "place/willow-town": {
        "kind": "town",
        "summary": "Town where the mill stands.",
        "names": {"display": "Willow Town", "zh-Hans": "柳溪镇", "pinyin": "Liǔxī Zhèn"},
        "lat": "22.69",
        "lon": "114.35",
        "parent": "river-province",
    },
    "event/2018-03-20-dismissal": {
        "kind": "dismissal",
        "title": {"en": "Dismissal of a spinner, 20 March", "zh-Hans": "3月20日开除纺纱工"},
        "short": {"en": "Dismissal, 20 March", "zh-Hans": "3月20日开除"},
        "summary": {"en": "The mill dismissed Shan Xin.", "zh-Hans": "纱厂开除单昕。"},
        "date": "2018-03-20",
        "places": ["willow-town"],
        "people": ["shan-xin"],
        "organisations": ["willow-mill"],
        "topics": ["right-to-organise"],
        "statements": [
            {
                "id": "s1",
                "text": {"en": "The mill dismissed Shan Xin and six others.", "zh-Hans": "纱厂开除单昕等七人。"},
                "date": "2018-03-20",
                "place": "willow-town",
                "sources": ["gazette-report", "circle-letter"],
            },
            {
                "id": "s2",
                "text": "The mill gave no reason.",
                "date": "2018-03-20",
                "sources": ["gazette-report", "circle-letter"],
            },
        ],
        "accounts": [
            {
                "id": "a1",
                "question": {"en": "How many were dismissed?", "zh-Hans": "开除了多少人？"},
                "statements": ["s1"],
                "answers": [
                    {"text": {"en": "Seven.", "zh-Hans": "七人。"}, "sources": ["gazette-report"]},
                    {"text": {"en": "Nine.", "zh-Hans": "九人。"}, "sources": ["circle-letter"]},
                ],
            }
        ],
        "links": [{"to": "2018-04-protest", "reason": "followed-by", "sources": ["gazette-report"]}],
    },
    "event/2018-04-protest": {
        "kind": "protest",
        "title": {"en": "Protest at the gate, April", "zh-Hans": "4月厂门前的抗议"},
        "summary": "Spinners stood at the gate.",
        "date": "2018-04~",
        "places": ["willow-town"],
        "people": ["shan-xin", "unnamed-clerk"],
        "organisations": ["spinners-circle"],
        "topics": ["right-to-organise"],
        "statements": [
            {
                "id": "s1",
                "text": "Spinners stood at the gate for two days.",
                "date": "2018-04",
                "sources": ["gazette-report"],
            }
        ],
    },
    "document/gazette-report": {
        "kind": "news",
        "title": {"en": "Spinners dismissed", "zh-Hans": "纺纱工遭开除"},
        "date": "2018-04-20",
        "authors": ["A Reporter"],
        "publisher": "River Gazette",
        "voice": "river-gazette",
        "language": "zh-Hans",
        "url": "https://gazette.example/2018/04/20",
        "original_title": "纺纱工遭开除，余海未回应",
        "abstract": {"en": "Report on the dismissal.", "zh-Hans": "关于开除的报道。"},
        "seen": "archived copy, May 2020",
        "rights": "described",
        "about": ["2018-03-20-dismissal", "willow-mill"],
        "topics": ["labour"],
    },
    "document/circle-letter": {
        "kind": "open-letter",
        "title": "Letter of the circle",
        "date": "2018-04-02",
        "publisher": "Spinners’ Circle",
        "voice": "spinners-circle",
        "language": "en",
        "abstract": "The circle asks for the spinners to be taken back. Yu Hai received it.",
        "rights": "described",
        "about": ["shan-xin"],
        "topics": ["right-to-organise"],
    },
    "document/essay-mill": {
        "kind": "essay",
        "title": {"en": "What happened at the mill", "zh-Hans": "纱厂发生了什么"},
        "date": "2020-06",
        "authors": ["The Editors"],
        "language": "en",
        "summary": {"en": "A walk through the records.", "zh-Hans": "记录导读。"},
        "rights": "own",
        "topics": ["right-to-organise"],
    },
    "topic/labour": {
        "kind": "subject",
        "summary": "Work and those who do it.",
        "names": {"display": "Labour", "zh-Hans": "劳动", "pinyin": "láodòng"},
        "scope_note": {"en": "Work and those who do it.", "zh-Hans": "劳动与劳动者。"},
    },
    "topic/right-to-organise": {
        "kind": "subject",
        "summary": "Whether workers may form unions.",
        "names": {"display": "Right to organise", "zh-Hans": "结社权", "pinyin": "jiéshèquán"},
        "scope_note": "Whether workers may form unions of their own.",
        "broader": "labour",
    },
}

NARRATIVES = {
    "document/essay-mill.md": """## The dismissal

[Shan Xin](record:shan-xin) lost her work in *March* 2018 [@gazette-report, para. 3; @circle-letter].
The clerk, Yu Hai, said nothing.

- The mill gave **no reason** [@gazette-report].
- [The protest](record:2018-04-protest) followed.

> Nobody was taken back.

1. First the letter [@circle-letter].
2. Then the gate.
""",
    "document/essay-mill.zh-Hans.md": """## 开除

[单昕](record:shan-xin)于2018年*三月*被开除[@gazette-report]。
办事员余海没有回应。
""",
}


def write_record(folder: Path, name: str, fields: dict[str, Any], narrative: str = "") -> Path:
    """Write `records/<name>.md` (name is `type/id`) below `folder`; type and id are taken from the name."""
    kind, record_id = name.split("/")
    path = folder / "records" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    # JSON is YAML too, and written in no time.
    given = {name: value for name, value in fields.items() if value is not None}
    front = json.dumps({"id": record_id, "type": kind, **given}, ensure_ascii=False, indent=1)
    path.write_text(f"---\n{front}\n---\n{narrative}", "utf-8")
    return path


def make_source(folder: Path, changes: dict[str, dict[str, Any] | None] | None = None, archive: str = ARCHIVE) -> Path:
    """Write a small valid source archive into the new folder `folder` and return it.

    `changes` are records by `type/id`: their fields replace those of RECORDS; None takes a field or a record away.
    """
    folder.mkdir(parents=True)
    (folder / "archive.toml").write_text(archive, "utf-8")
    records = {**RECORDS}
    for name, fields in (changes or {}).items():
        if fields is None:
            records.pop(name, None)
        else:
            records[name] = {**records.get(name, {}), **fields}
    for name, fields in records.items():
        write_record(folder, name, fields, NARRATIVES.get(f"{name}.md", ""))
    for name, text in NARRATIVES.items():
        if name.endswith(".zh-Hans.md") and name.removesuffix(".zh-Hans.md") in records:
            (folder / "records" / name).write_text(text, "utf-8")
    return folder


def make_pack(folder: Path, source: Path | None = None, name: str = "pack") -> Path:
    """Build the pack of `source`, else of the small archive, as `folder/name` (one file if it ends in .jasicpack)."""
    if source is None:
        source = folder / "source"
        if not source.exists():
            make_source(source)
    return build(source, folder / name).path


def make_store(folder: Path, pack: Path | None = None) -> Store:
    """The open store of `pack`, else of the small archive; the caller closes it."""
    pack = pack or make_pack(folder)
    with open_pack(pack) as opened:
        write_store(opened, folder / "store.sqlite")
    return Store.open(folder / "store.sqlite")


def names(folder: Path) -> list[str]:
    """The names of what stands in `folder`, hidden ones too, sorted."""
    return sorted(path.name for path in folder.iterdir())
