"""Hypothesis strategies for every record type in its built form, shared by the tests of all packages."""

from functools import cache
from typing import TypeVar

from hypothesis import strategies as st

from jasic_desktop.core import blocks, dates
from jasic_desktop.core import records as r
from jasic_desktop.core.localised import Localised

# Every shape of date the archive takes, parsed once: the edtf library takes milliseconds for each.
EDTF = (
    "2018",
    "2018~",
    "2018-XX",
    "201X",
    "2018-22",
    "2018-07",
    "2018-07?",
    "2018-07-27",
    "2018-07-27%",
    "2018-07-27/2018-08-24",
    "2018-08/..",
    "../2019-01",
    "2018-07~/2018-09?",
)

T = TypeVar("T")

# A word of each sort, to be put together: strategies that draw every character take ten times as long.
_WORDS = (
    *("Police", "detained", "29", "Yuè Xīn", "“now”", "e\u0301", "o’clock", "\t", "<b>", "{x}", "a-b", "ﬁn", "ß", "İ"),
    *("岳昕", "米久平", "声援团", "聲援團", "，", "２０１８", "か\u3099", "훈"),
    *("\u200b", "\u00ad", "\u0000", "𠮷", "🙂"),
)
_IDS = ("a", "0", "mi-jiuping", "2018-07-27-mass-arrest", "rfa-2018-11-02-release", "con", "a1-b2-c3", "z" * 60)


@cache
def _parsed(edtf: str) -> dates.Date:
    return dates.parse(edtf)


def texts(max_words: int = 4) -> st.SearchStrategy[str]:
    """A text that is not blank: Latin, Han in either form, accents, characters beyond the first plane."""
    return st.lists(st.sampled_from(_WORDS), min_size=1, max_size=max_words).map(" ".join).filter(str.strip)


def ids() -> st.SearchStrategy[str]:
    """A record id, or a key of a vocabulary."""
    return st.sampled_from(_IDS)


def localised() -> st.SearchStrategy[Localised]:
    """A text in one, two or three languages."""
    one = st.one_of(st.none(), texts())
    return st.tuples(one, one, one).filter(any).map(lambda t: Localised(en=t[0], zh_hans=t[1], zh_hant=t[2]))


def date_values() -> st.SearchStrategy[dates.Date]:
    """A date of any shape."""
    return st.sampled_from(EDTF).map(_parsed)


def _some(values: st.SearchStrategy[str], **limits: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, unique=True, **{"max_size": 3, **limits}).map(tuple)


def _maybe(values: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.one_of(st.none(), values)


def sources() -> st.SearchStrategy[tuple[str, ...]]:
    """The documents a statement or an answer rests on."""
    return _some(ids(), min_size=1)


def statements(statement_id: str = "s1") -> st.SearchStrategy[r.Statement]:
    """One statement."""
    return st.builds(
        r.Statement,
        id=st.just(statement_id),
        text=localised(),
        sources=sources(),
        date=_maybe(date_values()),
        place=_maybe(ids()),
        alleged=st.booleans(),
        fact=_maybe(ids()),
        short=_maybe(localised()),
    )


def answers() -> st.SearchStrategy[r.Answer]:
    """One answer of an account."""
    return st.builds(r.Answer, text=localised(), sources=sources())


def accounts(account_id: str, statement_ids: list[str]) -> st.SearchStrategy[r.Account]:
    """An account that puts some of `statement_ids` in doubt."""
    named = _some(st.sampled_from(statement_ids)) if statement_ids else st.just(())
    return st.builds(
        r.Account,
        id=st.just(account_id),
        question=localised(),
        answers=st.lists(answers(), min_size=2, max_size=3).map(tuple),
        statements=named,
    )


def links() -> st.SearchStrategy[r.Link]:
    """A link to some record."""
    return st.builds(r.Link, to=ids(), reason=ids(), sources=_some(ids()))


def names() -> st.SearchStrategy[r.Names]:
    """A name in some of its scripts."""
    others = st.lists(st.builds(r.OtherName, name=texts(), note=_maybe(localised())), max_size=2).map(tuple)
    one = _maybe(texts())
    return st.builds(r.Names, display=texts(), zh_hans=one, zh_hant=one, pinyin=one, others=others)


def readings() -> st.SearchStrategy[r.Reading]:
    """How a name is read aloud."""
    return st.builds(r.Reading, han=texts(), pinyin=texts(), reviewed=st.booleans())


def inlines() -> st.SearchStrategy[tuple[blocks.PackInline, ...]]:
    """Running text as a pack may hold it."""
    cited = st.builds(blocks.CitedSource, id=ids(), locator=_maybe(texts(1)))
    leaf = st.one_of(
        st.builds(blocks.Text, text=texts()),
        st.builds(blocks.Citation, sources=st.lists(cited, min_size=1, max_size=2).map(tuple)),
    )
    one = st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.builds(blocks.Emphasis, inlines=st.tuples(inner), strong=st.booleans()),
            st.builds(blocks.RecordLink, id=ids(), inlines=st.tuples(inner)),
        ),
        max_leaves=3,
    )
    return st.lists(one, max_size=3).map(tuple)


def pack_blocks() -> st.SearchStrategy[tuple[blocks.PackBlock, ...]]:
    """Blocks as a pack may hold them."""
    leaf = st.one_of(
        st.builds(blocks.Paragraph, inlines=inlines()),
        st.builds(blocks.Heading, level=st.integers(1, 6), inlines=inlines(), anchor=_maybe(ids())),
    )
    one = st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.builds(blocks.Quote, blocks=st.tuples(inner)),
            st.builds(
                blocks.ListBlock,
                items=st.lists(st.tuples(inner), min_size=1, max_size=2).map(tuple),
                ordered=st.booleans(),
            ),
        ),
        max_leaves=3,
    )
    return st.lists(one, max_size=2).map(tuple)


def narratives() -> st.SearchStrategy[blocks.Narrative]:
    """A running text in some languages."""
    return st.builds(blocks.Narrative, en=pack_blocks(), zh_hans=pack_blocks(), zh_hant=pack_blocks())


@st.composite
def _of(draw: st.DrawFn, record_type: type[r.Record], **own: st.SearchStrategy[object]) -> r.Record:
    statement_ids = [f"s{n}" for n in range(1, draw(st.integers(0, 3)) + 1)]
    account_ids = [f"a{n}" for n in range(1, draw(st.integers(0, 2)) + 1)]
    common = st.fixed_dictionaries(
        {
            "id": ids(),
            "kind": ids(),
            "title": localised(),
            "short": _maybe(localised()),
            "summary": _maybe(localised()),
            "links": st.lists(links(), max_size=2).map(tuple),
            "display": st.sampled_from(["full", "initials", "withheld"]),
            "aliases": _some(ids()),
            "narrative": _maybe(narratives()),
            "readings": st.lists(readings(), max_size=2).map(tuple),
            **own,
        }
    )
    return record_type(
        **draw(common),
        statements=tuple(draw(statements(i)) for i in statement_ids),
        accounts=tuple(draw(accounts(i, statement_ids)) for i in account_ids),
    )


def people() -> st.SearchStrategy[r.Record]:
    """A person."""
    return _of(r.Person, names=names(), roles=_some(ids()), affiliations=_some(ids()))


def organisations() -> st.SearchStrategy[r.Record]:
    """An organisation."""
    return _of(r.Organisation, names=names(), parent=_maybe(ids()))


def places() -> st.SearchStrategy[r.Record]:
    """A place, on the map or not."""
    degrees = _maybe(st.floats(-90, 90).map(lambda value: f"{value:.2f}"))
    return _of(r.Place, names=names(), lat=degrees, lon=degrees, parent=_maybe(ids()))


def events() -> st.SearchStrategy[r.Record]:
    """An event."""
    return _of(
        r.Event,
        date=date_values(),
        places=_some(ids()),
        people=_some(ids()),
        organisations=_some(ids()),
        topics=_some(ids()),
    )


def documents() -> st.SearchStrategy[r.Record]:
    """A document."""
    return _of(
        r.Document,
        rights=ids(),
        date=_maybe(date_values()),
        authors=_some(texts()),
        publisher=_maybe(texts()),
        voice=_maybe(ids()),
        language=_maybe(texts(1)),
        url=_maybe(texts()),
        original_title=_maybe(texts()),
        abstract=_maybe(localised()),
        note=_maybe(localised()),
        about=_some(ids()),
        topics=_some(ids()),
        seen=_maybe(localised()),
    )


def topics() -> st.SearchStrategy[r.Record]:
    """A topic."""
    return _of(r.Topic, names=names(), scope_note=localised(), broader=_maybe(ids()))


BY_TYPE: dict[r.RecordType, st.SearchStrategy[r.Record]] = {
    "person": people(),
    "organisation": organisations(),
    "event": events(),
    "place": places(),
    "document": documents(),
    "topic": topics(),
}


def records() -> st.SearchStrategy[r.Record]:
    """A record of any type."""
    return st.one_of(*BY_TYPE.values())
