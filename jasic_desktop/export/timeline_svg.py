"""The timeline as one SVG picture that stands alone: lanes, marks, labels, axis, legend and provenance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape as _escape
from typing import Final

from jasic_desktop.core.languages import Language
from jasic_desktop.packs.store import EventRow, Store
from jasic_desktop.render.citation import cite_archive
from jasic_desktop.render.theme import lane_token, tokens
from jasic_desktop.render.timeline import (
    BAR,
    DOT,
    GAP,
    LONG_BAR,
    RING,
    ROW_HEIGHT,
    Arrangement,
    LaneLayout,
    Mark,
    Pill,
    Shape,
    approximate_width,
    items,
)
from jasic_desktop.render.timeline_scale import Scale, Tick, density, ticks, unit_for
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Words

_MARGIN: Final = 16
_LANE_LABEL: Final = 152
_TOP: Final = 104
_DENSITY: Final = 40
_LANE_PADDING: Final = 6
_FONT: Final = "Inter, 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"


def timeline_svg(
    store: Store,
    rows: Sequence[EventRow],
    language: Language,
    *,
    colours: Mapping[str, str] | None = None,
    width: int = 1440,
    selected: str | None = None,
) -> str:
    """The events as an SVG text `width` pixels wide, as high as they need.

    `colours` are those of a mode of the theme (render.theme.tokens), light where none are given.
    """
    return "".join(_Picture(store, rows, language, colours or tokens(), width, selected).lines())


class _Picture:
    def __init__(
        self,
        store: Store,
        rows: Sequence[EventRow],
        language: Language,
        colours: Mapping[str, str],
        width: int,
        selected: str | None,
    ) -> None:
        self._store, self._rows, self._language, self._colours = store, rows, language, colours
        self._words = Words(language)
        self._left, self._right = _MARGIN + _LANE_LABEL, max(width, 480) - _MARGIN
        self._width = max(width, 480)
        events = items(rows, language)
        days = [day for event in events for day in (event.first, event.last)]
        self._scale = Scale.broken(days or [1, 365], self._right - self._left)
        known = [lane.id for lane in store.archive.lanes]
        self._labels = {lane.id: lane.label.show(language) for lane in store.archive.lanes}
        lanes = Arrangement(events, self._scale, selected=selected, lanes=known).view(0, self._right - self._left)
        self._lanes = [lane for lane in lanes if lane.count]
        self._order = {lane: number for number, lane in enumerate(dict.fromkeys([*known, *self._labels]))}
        self._titles = {row.id: f"{row.date.phrase.show(language)}: {row.title.show(language)}" for row in rows}
        self._body = sum(self._height(lane) for lane in self._lanes)

    @staticmethod
    def _height(lane: LaneLayout) -> int:
        return lane.rows * ROW_HEIGHT + 2 * _LANE_PADDING

    def _colour(self, token: str) -> str:
        return self._colours[token]

    def lines(self) -> Iterator[str]:
        height = _TOP + self._body + 72
        title = self._store.archive.title.show(self._language)
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self._width}" height="{height}" '
            f'viewBox="0 0 {self._width} {height}" role="img" lang="{self._language}" '
            f'font-family="{_escape(_FONT)}" font-size="11">\n'
        )
        yield f"<title>{_text(title)}</title>\n<desc>{_text(cite_archive(self._store, self._language))}</desc>\n"
        yield f'<rect width="{self._width}" height="{height}" fill="{self._colour("paper")}"/>\n'
        yield self._label(_MARGIN, 32, title, "ink", size=20, weight=600)
        count = self._words.say("timeline.events", number=len(self._rows))
        yield self._label(_MARGIN, 52, count, "ink-2")
        axis = ticks(*self._scale.core, unit_for(self._scale.pixels_per_day), self._language)
        yield from self._density()
        yield from self._axis(axis)
        top = _TOP
        for lane in self._lanes:
            yield from self._lane(lane, top)
            top += self._height(lane)
        yield self._line(_MARGIN, top, self._right, top, "line")
        yield from self._legend(top + 24)
        yield self._label(_MARGIN, top + 56, cite_archive(self._store, self._language), "ink-3")
        yield "</svg>\n"

    def _x(self, day: float) -> float:
        return self._left + self._scale.x(day)

    def _density(self) -> Iterator[str]:
        unit = unit_for(self._scale.pixels_per_day, room=6)
        buckets, _ = density([row.date for row in self._rows], unit, *self._scale.core)
        tallest = max((bucket.count for bucket in buckets), default=1)
        for bucket in buckets:
            left, right = max(self._x(bucket.first), self._left), min(self._x(bucket.last + 1), self._right)
            height = _DENSITY * bucket.count / tallest
            top = _TOP - 24 - height
            yield (
                f'<rect x="{_number(left + 0.5)}" y="{_number(top)}" width="{_number(max(right - left - 1, 1))}" '
                f'height="{_number(height)}" fill="{self._colour("edge")}"/>\n'
            )

    def _axis(self, axis: Sequence[Tick]) -> Iterator[str]:
        yield from self._breaks()
        for tick in axis:
            x = self._x(tick.day)
            yield self._line(x, _TOP - 20, x, _TOP + self._body, "edge" if tick.major else "line")
            if x + approximate_width(tick.label) + GAP <= self._right:
                yield self._label(x + GAP, _TOP - 8, tick.label, "ink", weight=600 if tick.major else 400)

    def _breaks(self) -> Iterator[str]:
        """Where the axis is broken: two strokes, and the years that the close stretch holds."""
        first, last = self._scale.core
        stretches = ((self._scale.days[0], first, first), (last, self._scale.days[-1], last))
        for begin, end, edge in stretches:
            if begin < end:
                x = self._x(edge)
                for shift in (-2, 2):
                    yield self._line(x + shift - 2, _TOP + 5, x + shift + 2, _TOP - 5, "ink-2")
                years = [date.fromordinal(int(day)).year for day in (begin, end - 1)]
                words = self._words.say("timeline.years", first=years[0], last=years[1])
                yield self._label(self._x(begin) + GAP, _TOP - 8, words, "ink-2")

    def _lane(self, lane: LaneLayout, top: float) -> Iterator[str]:
        colour = self._colour(lane_token(self._order.get(lane.id, len(self._order))))
        yield self._line(_MARGIN, top, self._right, top, "line")
        yield f'<rect x="{_MARGIN}" y="{_number(top + 11)}" width="8" height="8" rx="2" fill="{colour}"/>\n'
        yield self._label(_MARGIN + 16, top + 19, self._labels.get(lane.id, lane.id), "ink")
        yield self._label(_MARGIN + 16, top + 34, self._words.say("timeline.events", number=lane.count), "ink-3")
        for mark in lane.marks:
            yield self._mark(mark, top + _LANE_PADDING + mark.row * ROW_HEIGHT + ROW_HEIGHT / 2, colour)
        for pill in lane.pills:
            yield self._pill(pill, top + _LANE_PADDING + pill.row * ROW_HEIGHT + ROW_HEIGHT / 2, colour)

    def _mark(self, mark: Mark, middle: float, colour: str) -> str:
        parts = [f"<g>\n<title>{_text(self._titles[mark.item.id])}</title>\n"]
        fill = self._colour("accent") if mark.selected else colour
        if mark.item.shape is Shape.BAR:
            parts.append(self._bar(mark, middle, fill))
        else:
            x = _number(self._left + (mark.left + mark.right) / 2)
            about = mark.item.shape is Shape.ABOUT
            paint = (
                f'fill="none" stroke="{fill}" stroke-width="1.5" stroke-dasharray="2 2"' if about else f'fill="{fill}"'
            )
            radius = 6 if mark.selected else (DOT - about) / 2
            if not mark.item.differs:
                parts.append(f'<circle cx="{x}" cy="{_number(middle)}" r="{_number(radius)}" {paint}/>\n')
            if mark.selected:
                ring = f'r="{RING / 2}" fill="none" stroke="{fill}" stroke-width="1.5"'
                parts.append(f'<circle cx="{x}" cy="{_number(middle)}" {ring}/>\n')
        if mark.item.differs:
            left, right = max(mark.left, 0), min(mark.right, self._right - self._left)
            dashed = mark.item.shape is Shape.ABOUT
            halo = mark.item.shape is not Shape.BAR or right - left > LONG_BAR
            parts.append(self._diamond(self._left + (left + right) / 2, middle, fill, dashed=dashed, halo=halo))
        if mark.label_left is not None:
            weight = 600 if mark.selected or mark.matched else 400
            token = "accent" if mark.selected else "ink"
            parts.append(self._label(self._left + mark.label_left, middle + 4, mark.item.label, token, weight=weight))
        return "".join([*parts, "</g>\n"])

    def _diamond(self, x: float, middle: float, colour: str, *, dashed: bool = False, halo: bool = True) -> str:
        """The sign of accounts that differ: half of it filled, as beside a statement. A `halo` sets it off."""
        radius = DOT / 2 + 1
        top, bottom = f"{_number(x)} {_number(middle - radius)}", f"{_number(x)} {_number(middle + radius)}"
        left, right = f"{_number(x - radius)} {_number(middle)}", f"{_number(x + radius)} {_number(middle)}"
        stroke = f'stroke="{colour}" stroke-width="1.5"' + (' stroke-dasharray="2 2"' if dashed else "")
        ground = self._colour("paper")
        around = f' stroke="{ground}" stroke-width="4"' if halo else ""
        return (
            f'<path d="M{top}L{right}L{bottom}L{left}Z" fill="{ground}"{around}/>\n'
            f'<path d="M{top}L{right}L{bottom}L{left}Z" fill="none" {stroke}/>\n'
            f'<path d="M{top}L{bottom}L{left}Z" fill="{colour}"/>\n'
        )

    def _bar(self, mark: Mark, middle: float, colour: str) -> str:
        """A bar that fades over a quarter of its length at each soft end."""
        left, right = max(mark.left, 0), min(mark.right, self._right - self._left)
        corner = f'x="{_number(self._left + left)}" y="{_number(middle - BAR / 2)}"'
        box = f'{corner} width="{_number(right - left)}" height="{BAR}"'
        if not (mark.item.soft_start or mark.item.soft_end):
            return f'<rect {box} rx="2" fill="{colour}"/>\n'
        fade = f"fade-{_escape(mark.item.id)}"
        stops = [
            (0, 0.15 if mark.item.soft_start else 1),
            (25, 1),
            (75, 1),
            (100, 0.15 if mark.item.soft_end else 1),
        ]
        inner = "".join(
            f'<stop offset="{offset}%" stop-color="{colour}" stop-opacity="{opacity}"/>' for offset, opacity in stops
        )
        return f'<linearGradient id="{fade}">{inner}</linearGradient>\n<rect {box} rx="2" fill="url(#{fade})"/>\n'

    def _pill(self, pill: Pill, middle: float, colour: str) -> str:
        names = "; ".join(self._titles[event] for event in pill.ids)
        left, width = self._left + pill.left, pill.right - pill.left
        box = f'x="{_number(left)}" y="{_number(middle - 7)}" width="{_number(width)}" height="14" rx="7"'
        return (
            f"<g>\n<title>{_text(names)}</title>\n"
            f'<rect {box} fill="{self._colour("surface")}" stroke="{colour}"/>\n'
            + self._label(
                left + width / 2, middle + 4, f"+{len(pill.ids)}", "ink", weight=600, anchor="middle", halo=False
            )
            + "</g>\n"
        )

    def _legend(self, middle: float) -> Iterator[str]:
        colour = self._colour("ink-2")
        x: float = self._left
        box = f'y="{_number(middle - BAR / 2)}" width="24" height="{BAR}" rx="2"'
        stops = "".join(
            f'<stop offset="{offset}%" stop-color="{colour}" stop-opacity="{opacity}"/>'
            for offset, opacity in ((0, 0.15), (25, 1), (75, 1), (100, 0.15))
        )
        yield f'<linearGradient id="fade--legend">{stops}</linearGradient>\n'
        signs = {
            "day": f'<circle cx="{{x}}" cy="{_number(middle)}" r="{DOT / 2}" fill="{colour}"/>\n',
            "interval": f'<rect x="{{x}}" {box} fill="{colour}"/>\n',
            "soft": f'<rect x="{{x}}" {box} fill="url(#fade--legend)"/>\n',
            "about": (
                f'<circle cx="{{x}}" cy="{_number(middle)}" r="4" fill="none" stroke="{colour}" '
                'stroke-width="1.5" stroke-dasharray="2 2"/>\n'
            ),
            "differ": f'<g transform="translate({{x}})">\n{self._diamond(0, middle, colour)}</g>\n',
        }
        for key, sign in signs.items():
            words = self._words.say(f"timeline.{key}")
            yield sign.replace("{x}", _number(x))
            start = x + (32 if "rect" in sign else 12)
            yield self._label(start, middle + 4, words, "ink-2")
            x = start + approximate_width(words) + 32

    def _label(
        self,
        x: float,
        y: float,
        text: str,
        token: str,
        *,
        size: int = 11,
        weight: int = 400,
        anchor: str = "start",
        halo: bool = True,
    ) -> str:
        """Words over a halo of the ground, so that no line crosses them."""
        place = f'x="{_number(x)}" y="{_number(y)}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}"'
        words = f'{place} fill="{self._colour(token)}">{_text(text)}</text>\n'
        if not halo:
            return f"<text {words}"
        # Painted twice: not every program knows paint-order, and a halo over its words would hide them.
        ground = f'fill="none" stroke="{self._colour("paper")}" stroke-width="4" stroke-linejoin="round"'
        return f'<text {place} {ground} aria-hidden="true">{_text(text)}</text>\n<text {words}'

    def _line(self, x1: float, y1: float, x2: float, y2: float, token: str) -> str:
        ends = f'x1="{_number(x1)}" y1="{_number(y1)}" x2="{_number(x2)}" y2="{_number(y2)}"'
        return f'<line {ends} stroke="{self._colour(token)}"/>\n'


def _text(text: str) -> str:
    return _escape(one_line(text))


def _number(value: float) -> str:
    """At most two decimals, the same on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
