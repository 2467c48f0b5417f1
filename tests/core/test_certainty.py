"""Certainty follows the number and independence of voices and the accounts, and nothing else."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jasic_desktop.core.certainty import Certainty, certainties, certainty, overall, voices
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Account, Answer, Statement
from tests.helpers import records as made

SIGNS = list(Certainty)
ANSWERS = (Answer(Localised(en="yes"), ("d1",)), Answer(Localised(en="no"), ("d2",)))

# Who speaks in each document: few voices, so that mirrors and reprints are common, and none for an encyclopedia.
worlds = st.dictionaries(made.ids(), st.sampled_from(["rfa", "jwsg", "scmp", None]), min_size=1, max_size=8)


@st.composite
def sourced(draw: st.DrawFn) -> tuple[Statement, dict[str, str | None]]:
    """A statement and the voices of the documents it rests on, and of others."""
    world = draw(worlds)
    sources = draw(st.lists(st.sampled_from(sorted(world)), min_size=1, unique=True))
    return msgspec.structs.replace(draw(made.statements()), sources=tuple(sources)), world


@given(sourced(), st.booleans())
def test_the_sign_is_the_first_that_applies(given_, disputed):
    statement, world = given_
    speaking = {world[s] for s in statement.sources} - {None}
    expected = (
        Certainty.DISPUTED
        if disputed
        else Certainty.ALLEGED
        if statement.alleged
        else Certainty.CORROBORATED
        if len(speaking) > 1
        else Certainty.SINGLE_SOURCE
    )
    assert certainty(statement, disputed, world.get) is expected
    assert voices(statement.sources, world.get) == speaking


@given(sourced(), st.randoms())
def test_the_order_of_sources_is_irrelevant(given_, random):
    statement, world = given_
    shuffled = list(statement.sources)
    random.shuffle(shuffled)
    again = msgspec.structs.replace(statement, sources=tuple(shuffled))
    assert certainty(again, disputed=False, voice_of=world.get) is certainty(
        statement, disputed=False, voice_of=world.get
    )


@given(sourced())
def test_another_independent_voice_corroborates_and_a_mirror_does_not(given_):
    statement, world = given_
    statement = msgspec.structs.replace(statement, alleged=False)
    before = certainty(statement, disputed=False, voice_of=world.get)
    for source in statement.sources:
        mirrored = msgspec.structs.replace(statement, sources=(*statement.sources, "mirror-of-it"))
        voice_of = {**world, "mirror-of-it": world[source]}.get
        assert certainty(mirrored, disputed=False, voice_of=voice_of) is before
    silent = msgspec.structs.replace(statement, sources=(*statement.sources, "encyclopedia"))
    assert certainty(silent, disputed=False, voice_of={**world, "encyclopedia": None}.get) is before
    if voices(statement.sources, world.get):
        more = msgspec.structs.replace(statement, sources=(*statement.sources, "another"))
        assert (
            certainty(more, disputed=False, voice_of={**world, "another": "a-voice-of-its-own"}.get)
            is Certainty.CORROBORATED
        )


@pytest.mark.no_cover
@given(made.records(), worlds)
@settings(max_examples=max(15, settings.default.max_examples // 3))  # a record takes long to draw
def test_an_account_that_names_a_statement_makes_it_disputed_whatever_else(record, world):
    plain = msgspec.structs.replace(record, accounts=())
    before = certainties(plain, world.get)
    assert list(before) == [s.id for s in record.statements]
    assert Certainty.DISPUTED not in before.values()
    for statement in record.statements:
        account = Account("a1", Localised(en="Who?"), ANSWERS, (statement.id,))
        after = certainties(msgspec.structs.replace(plain, accounts=(account,)), world.get)
        assert after == {**before, statement.id: Certainty.DISPUTED}
    general = Account("a1", Localised(en="Who?"), ANSWERS)
    assert certainties(msgspec.structs.replace(plain, accounts=(general,)), world.get) == before


@pytest.mark.parametrize(
    ("signs", "one"),
    [
        ([], None),
        ([Certainty.ALLEGED], Certainty.ALLEGED),
        ([Certainty.ALLEGED, Certainty.SINGLE_SOURCE], Certainty.SINGLE_SOURCE),
        ([Certainty.CORROBORATED, Certainty.SINGLE_SOURCE, Certainty.ALLEGED], Certainty.CORROBORATED),
        (SIGNS, Certainty.DISPUTED),
    ],
)
def test_a_record_is_disputed_if_anything_in_it_is_else_carried_as_its_best_statement(signs, one):
    assert overall(signs) is one
    assert overall(reversed(signs)) is one
