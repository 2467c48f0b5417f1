"""What stands in place of results: nothing found and what to do, or an error and how to go on."""

from __future__ import annotations

from functools import partial

from jasic_desktop.app.narrowing import chosen, worth_dropping
from jasic_desktop.search.answer import Answer
from jasic_desktop.search.request import Filters
from jasic_desktop.ui.chips import choice_label, drop
from jasic_desktop.ui.notice import Notice

_LONGEST = 80


class ResultsNotice(Notice):
    """Says why there are no rows."""

    def show_nothing_open(self) -> None:
        """There is no archive to search."""
        self.say(self._coordinator.words("window.results.nothing_open"))

    def show_nothing_selected(self) -> None:
        """No record is ticked."""
        self.say(self._coordinator.words("window.results.nothing_selected", key=self._coordinator.way("select")))

    def show_no_result(self, answer: Answer) -> None:
        """Nothing answers the question: another spelling, and filters to drop."""
        coordinator, filters = self._coordinator, self._coordinator.moment.filters
        choices = chosen(filters)
        asked = answer.query.strip()
        shown = asked if len(asked) <= _LONGEST else f"{asked[:_LONGEST]}…"
        keys = ("none_left", "none_at_all") if not asked else ("none_filtered", "none")
        key = keys[0] if choices else keys[1]
        hint = coordinator.words("window.results.hint_filters" if choices else "window.results.hint_words")
        self.say(coordinator.words(f"window.results.{key}", question=shown), hint)
        if answer.suggestion:
            self._suggestion(answer.suggestion)
        for facet in worth_dropping(filters, answer):
            labels = [choice_label(coordinator, choice) for choice in choices if choice.facet == facet]
            text = coordinator.words("window.results.drop", value=" / ".join(labels))
            self.add_button(text, partial(drop, coordinator, facet))
        if len(choices) > 1:
            self.add_button(coordinator.words("window.results.clear_filters"), lambda: coordinator.narrow(Filters()))

    def show_error(self, sentence: str, details: str) -> None:
        """The search failed; the question can be asked again."""
        words = self._coordinator.words
        self.say(sentence, words("window.results.error_hint"), is_error=True)
        self.add_button(words("window.results.ask_again"), self._coordinator.search)
        self.add_copying(words("window.results.copy_details"), sentence, details)

    # ---------------------------------------------------------------- helpers

    def _suggestion(self, suggestion: str) -> None:
        def ask() -> None:
            self._coordinator.ask(suggestion, live=False)

        self.add_button(self._coordinator.words("window.results.did_you_mean", suggestion=suggestion), ask)
