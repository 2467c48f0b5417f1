"""Back and Forward: the row of moments, and what stands beside a record."""

from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.app.navigation import MOST_MOMENTS, History, Moment, beside
from jasic_desktop.search.request import Filters
from tests.helpers.stores import bundled_store


def test_the_first_moment_is_the_start_page():
    history = History()
    assert history.current == Moment(view="start")
    assert not history.can_back and not history.can_forward
    assert history.back() is None and history.forward() is None


def test_back_and_forward_bring_the_whole_moment_back():
    history = History()
    searched = Moment("yuexin", Filters(types=("person",)), "date", view="browse")
    read = Moment("yuexin", Filters(types=("person",)), "date", "yue-xin", "peking-university", "browse", 0.4)
    history.move(searched)
    history.move(read)
    assert (history.back(), history.back(), history.back()) == (searched, Moment(), None)
    assert (history.forward(), history.forward(), history.forward()) == (searched, read, None)


def test_going_on_from_an_earlier_moment_drops_what_lay_ahead():
    history = History()
    history.move(Moment("a"))
    history.move(Moment("b"))
    history.back()
    history.move(Moment("c"))
    assert not history.can_forward
    assert history.back() == Moment("a")


def test_the_same_moment_again_is_no_step_and_a_change_of_it_keeps_what_lies_ahead():
    history = History()
    history.move(Moment("a"))
    history.move(Moment("a"))
    history.back()
    assert not history.can_back
    history.replace(Moment(scroll=0.7))
    assert history.current.scroll == 0.7
    assert history.forward() == Moment("a")


@given(st.lists(st.sampled_from(["back", "forward", "move", "replace"]), max_size=60))
def test_history_is_a_row_with_a_place(steps):
    history, row, place = History(), [Moment()], 0
    for number, step in enumerate(steps):
        new = Moment(str(number))
        if step == "back":
            place = max(place - 1, 0)
            history.back()
        elif step == "forward":
            place = min(place + 1, len(row) - 1)
            history.forward()
        elif step == "move":
            row[place + 1 :] = [new]
            place += 1
            history.move(new)
        else:
            row[place] = new
            history.replace(new)
        assert history.current == row[place]
        assert (history.can_back, history.can_forward) == (place > 0, place < len(row) - 1)


def test_a_long_way_forgets_its_beginning():
    history = History()
    for number in range(MOST_MOMENTS + 10):
        history.move(Moment(str(number)))
    while history.back():
        pass
    assert history.current == Moment("10")


def test_only_text_filters_and_order_decide_what_is_found():
    assert Moment("a", record="x").question == Moment("a", profile="y", view="browse", scroll=1).question
    assert Moment("a", sort="date").question != Moment("a").question


def test_who_an_event_is_about_stands_beside_it_and_others_stand_beside_themselves():
    store = bundled_store()
    assert beside(store, "yue-xin") == "yue-xin"
    event = next(row for row in store.events() if row.people)
    assert store.type(beside(store, event.id)) == "person"
    assert beside(None, "anything") == "anything"
