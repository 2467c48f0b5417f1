"""A small archive with a record of every type, two accounts, a narrative and texts in one language only."""

from jasic_desktop.core import blocks as b
from jasic_desktop.core import records as r
from jasic_desktop.core.archive import Archive, Lane, Reason, Term
from jasic_desktop.core.dates import parse
from jasic_desktop.core.localised import Localised


def text(en: str | None = None, zh: str | None = None, hant: str | None = None) -> Localised:
    """A text in English, Chinese or both."""
    return Localised(en=en, zh_hans=zh, zh_hant=hant or zh)


def _term(en: str, zh: str) -> Term:
    return Term(text(en, zh))


ARCHIVE = Archive(
    id="sample",
    title=text("Sample Archive", "样本档案", "樣本檔案"),
    version="1.2",
    sequence=3,
    date="2026-11-23",
    rights_note=text("Our own text: CC BY 4.0.", "自撰文字：CC BY 4.0。"),
    curation=text("What published sources say."),
    languages=("en", "zh-Hans", "zh-Hant"),
    editor="The editors",
    contact=text("Write to the editors."),
    kinds={
        "person": {"worker": _term("Worker", "工人")},
        "organisation": {"company": _term("Company", "公司")},
        "event": {"arrest": _term("Arrests", "抓捕"), "protest": _term("Protest", "抗议")},
        "place": {"district": _term("District", "区")},
        "document": {
            "news-article": _term("News article", "新闻报道"),
            "report": _term("Report", "报告"),
            "open-letter": _term("Open letter", "公开信"),
            "essay": _term("Essay", "文章"),
        },
        "topic": {"subject": _term("Subject", "主题")},
    },
    lanes=(
        Lane("labour", text("Work and union", "劳动与工会"), ("protest",)),
        Lane("state", text("Police and courts", "警方与司法"), ("arrest",)),
    ),
    reasons={"member-of": Reason(text("member of", "成员"), text("has as member", "成员有"))},
    roles={"worker": _term("Worker", "工人"), "organiser": _term("Organiser", "组织者")},
    facts={"born": _term("Born", "出生"), "role": _term("Role", "身份")},
    rights={"described": _term("Described only; rights with the publisher.", "仅作著录，权利属发布者。")},
)

MI = r.Person(
    id="mi-jiuping",
    kind="worker",
    title=text("Mi Jiuping", "米久平"),
    names=r.Names(
        display="Mi Jiuping",
        zh_hans="米久平",
        zh_hant="米久平",
        pinyin="Mǐ Jiǔpíng",
        others=(r.OtherName("Uncle Jiu", text("among workers")), r.OtherName("阿九")),
    ),
    roles=("worker", "organiser"),
    affiliations=("jasic",),
    summary=text("A worker and organiser.", "工人、组织者。"),
    statements=(
        r.Statement("s1", text("He was dismissed."), ("profile", "wire"), parse("2018-07-18")),
        r.Statement(
            "s2", text("He was born in Hunan.", "他生于湖南。"), ("profile",), parse("1982"), None, False, "born"
        ),
        r.Statement(
            *("s3", text("He wrote verse."), ("letter",)), None, None, True, "role", text("Union organiser", "建会工人")
        ),
        r.Statement("s4", text("He was detained."), ("wire", "profile"), parse("2018-07-27"), "pingshan"),
    ),
    accounts=(
        r.Account(
            "a1",
            text("When was he dismissed?"),
            (r.Answer(text("On 16 July."), ("wire",)), r.Answer(text("On 18 July."), ("profile",))),
            ("s1",),
        ),
        r.Account(
            "a2",
            text("Was there a hearing?", "是否开庭？"),
            (r.Answer(text("Yes.", "是。"), ("letter",)), r.Answer(text("No.", "否。"), ("wire",))),
        ),
    ),
    links=(r.Link("jasic", "member-of", ("profile",)),),
)
JASIC = r.Organisation(
    id="jasic",
    kind="company",
    title=text("Jasic Technology", "佳士科技"),
    names=r.Names("Jasic Technology", "佳士科技"),
)
PINGSHAN = r.Place(
    id="pingshan",
    kind="district",
    title=text("Pingshan District", "坪山区", "坪山區"),
    names=r.Names("Pingshan District", "坪山区", "坪山區", "Píngshān Qū"),
    lat="22.69",
    lon="-114.35",
)
ARREST = r.Event(
    id="2018-07-27-mass-arrest",
    kind="arrest",
    title=text("Mass arrest in Pingshan", "7·27大抓捕"),
    short=text("Mass arrest, 27 July"),
    date=parse("2018-07-27"),
    places=("pingshan",),
    people=("mi-jiuping",),
    organisations=("jasic",),
    topics=("quarrels",),
    summary=text("About thirty people were detained."),
    statements=(
        r.Statement("s1", text("Police detained about thirty people."), ("wire", "profile")),
        r.Statement("s2", text("Two weeks before, a petition was handed in."), ("letter",), parse("2018-07-13")),
    ),
    narrative=b.Narrative(
        en=(
            b.Heading(1, (b.Text("The day"),)),
            b.Paragraph(
                (
                    b.Text("Among them was "),
                    b.RecordLink("mi-jiuping", (b.Text("Mi Jiuping"),)),
                    b.Citation((b.CitedSource("letter", "para. 3"), b.CitedSource("wire"))),
                    b.Text("; "),
                    b.Emphasis((b.Text("all"),), strong=True),
                    b.Text(" were "),
                    b.Emphasis((b.Text("held"),)),
                    b.Text("."),
                )
            ),
            b.ListBlock(((b.Paragraph((b.Text("first"),)),), (b.Paragraph((b.Text("second"),)),)), ordered=True),
            b.Quote((b.Paragraph((b.Text("We are workers."),)),)),
        )
    ),
)
PROTEST = r.Event(
    id="2018-07-protest", kind="protest", title=text("Protest at the gate"), date=parse("2018-07~/2018-08-24")
)
WIRE = r.Document(
    id="wire",
    kind="news-article",
    title=text("Thirty held & “missing”"),
    rights="described",
    date=parse("2018-08-01"),
    publisher="Radio One",
    voice="radio-one",
    language="en",
    url="https://example.org/a_b?c=1&d=2",
    abstract=text("A report on the arrests."),
    about=("2018-07-27-mass-arrest",),
    topics=("quarrels",),
    seen=text("archived copy, November 2026"),
)
PROFILE = r.Document(
    id="profile",
    kind="report",
    title=text("Profile of Mi", "米久平简介"),
    original_title="米久平简介",
    rights="described",
    authors=("余浚聪", "Concern Group"),
    publisher="Concern Group",
    voice="group",
    language="zh",
    date=parse("2018-07~"),
    note=text("The title is as given."),
)
LETTER = r.Document(id="letter", kind="open-letter", title=text("A letter"), rights="described")
QUARRELS = r.Topic(
    id="quarrels",
    kind="subject",
    title=text("Picking quarrels", "寻衅滋事", "尋釁滋事"),
    names=r.Names("Picking quarrels", "寻衅滋事", "尋釁滋事"),
    scope_note=text("A charge in Chinese criminal law."),
    broader="charges",
)
CHARGES = r.Topic(
    id="charges", kind="subject", title=text("Charges"), names=r.Names("Charges"), scope_note=text("Criminal charges.")
)

RECORDS: tuple[r.Record, ...] = (MI, JASIC, PINGSHAN, ARREST, PROTEST, WIRE, PROFILE, LETTER, QUARRELS, CHARGES)
