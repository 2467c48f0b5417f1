"""What is kept from the search for garbage, and looked through once more when it is kept again."""

import gc
import weakref

from jasic_desktop.core.garbage import keep


class Circle:
    """Holds itself, so that only a search for garbage finds it."""

    def __init__(self) -> None:
        self.itself = self


def test_a_search_for_garbage_passes_over_what_was_kept_until_it_is_kept_again():
    before, after = Circle(), None
    seen = weakref.ref(before)
    keep()
    after = Circle()
    seen_after = weakref.ref(after)
    del before, after
    gc.collect()
    assert seen() is not None
    assert seen_after() is None
    keep()
    assert seen() is None
