"""What the timeline shows as pages: its picture, then its events in order of date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from jasic_desktop.app.overview import own_rights
from jasic_desktop.core.errors import Cancelled
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language
from jasic_desktop.export.options import Options
from jasic_desktop.export.timeline_svg import timeline_svg
from jasic_desktop.packs.store import EventRow, Store
from jasic_desktop.render.citation import short_fingerprint
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Words
from jasic_desktop.ui.paper.blocks import LABEL, NOTE, SMALL, BlockSetter, beside, bound
from jasic_desktop.ui.paper.flow import Flow
from jasic_desktop.ui.paper.letters import Letters
from jasic_desktop.ui.paper.setting import Run, Setter
from jasic_desktop.ui.paper.sheet import SHEETS, Leaf, Look, Picture, Row

_WIDE: Final = 760
"""Pixels of the picture over the width of the text: its smallest letters are some seven points high then."""
_DATE: Final = 1100
_SIZE: Final = re.compile(r'width="([0-9.]+)" height="([0-9.]+)"')
_TITLE: Final = Look(200, strong=True)


class Chronicle:
    """Lays out events, page by page."""

    def __init__(self, store: Store, rows: Sequence[EventRow], options: Options) -> None:
        self._store, self._rows, self._options = store, tuple(rows), options
        self._words = Words(options.language)
        self._sheet = SHEETS[options.paper]
        self._setter = Setter(Letters(options.language))
        self._blocks = BlockSetter(self._setter, self._words, self._sheet.room)
        self.titles: list[tuple[str, str]] = []

    @property
    def language(self) -> Language:
        """The language of the program's own words."""
        return self._options.language

    @property
    def title(self) -> str:
        """What the whole is called."""
        return one_line(f"{self._say('timeline')}. {self._store.archive.title.show(self.language)}")

    def pages(self) -> Iterator[Leaf]:
        """The pages. Raises Cancelled."""
        archive = self._store.archive
        rights = own_rights(self._store, self.language) or archive.rights_note.show(self.language)
        name = f"{archive.title.show(self.language)} {archive.version}"
        foot = one_line(self._words.say("punctuation.dot").join((name, rights)))
        yield from Flow(self._sheet, self._setter, foot).pages(self._all())

    def _all(self) -> Iterator[Row]:
        archive = self._store.archive
        over = f"{archive.title.show(self.language)} {archive.version}"
        yield from self._blocks.paragraph([Run(one_line(over), LABEL._replace(strong=True))])
        yield from self._blocks.paragraph([Run(self._say("timeline"), _TITLE)], 40)
        counted = self._words.say("timeline.events", number=len(self._rows))
        yield from self._blocks.paragraph([Run(counted, NOTE)], 30)
        told = self._say("fingerprint", fingerprint=short_fingerprint(self._store.fingerprint))
        yield from self._blocks.paragraph([Run(told, NOTE)])
        if self._rows:
            yield self._picture()
        for row in self._rows:
            if self._options.progress.cancelled():
                raise Cancelled
            yield from self._event(row)

    def _picture(self) -> Row:
        svg = timeline_svg(self._store, self._rows, self.language, width=_WIDE)
        found = _SIZE.search(svg)
        wide, high = (float(found[1]), float(found[2])) if found is not None else (_WIDE, _WIDE)
        scale = min(self._sheet.room / wide, 0.9 * self._sheet.depth / high)
        picture = Picture(0, 0, wide * scale, high * scale, svg.encode("utf-8", "replace"))
        return Row(high * scale, pictures=[picture], above=150)

    def _event(self, row: EventRow) -> Iterator[Row]:
        title, language = row.title.pick(self.language)
        look = SMALL._replace(language="" if language == self.language else language)
        other = row.title.en if language != "en" else row.title.zh_hans
        runs = [Run(one_line(title), look._replace(strong=True))]
        if other is not None and other != title:
            runs.append(Run(one_line(f"  {other}"), NOTE._replace(language="zh-Hans" if language == "en" else "en")))
        if row.certainty is not None:
            runs.append(Run(f" ({self._words.known(f'certainty.{row.certainty}', str(row.certainty))})", NOTE))
        date = self._setter.lines([Run(one_line(row.date.phrase.show(self.language)), NOTE)], _DATE - 60, 120)
        text = self._setter.lines(runs, self._sheet.room - _DATE, 120)
        yield from bound(beside((0, date), (_DATE, text)), 35)

    def _say(self, key: str, **values: object) -> str:
        return translate(f"export.paper.{key}", self.language, **values)
