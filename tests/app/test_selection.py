"""What is ticked: in the order of ticking, each once."""

from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.app.selection import Selection

IDS = st.lists(st.sampled_from("abcdef"))


def test_ticking_twice_takes_the_tick_away():
    selection = Selection()
    assert selection.toggle("a") is True
    assert "a" in selection and len(selection) == 1
    assert selection.toggle("a") is False
    assert "a" not in selection and not len(selection)


@given(IDS, IDS, IDS)
def test_order_is_that_of_ticking(first, more, gone):
    selection = Selection(first)
    selection.add(more)
    selection.remove(gone)
    assert selection.ids == tuple(i for i in dict.fromkeys([*first, *more]) if i not in gone)
    assert list(selection) == list(selection.ids)
    selection.clear()
    assert selection.ids == ()
