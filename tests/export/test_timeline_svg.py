"""The timeline as SVG: well formed, alone, every event in it."""

import re
import xml.etree.ElementTree as ET

import pytest

from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.export.timeline_svg import timeline_svg
from jasic_desktop.packs.store import Store
from jasic_desktop.render.theme import tokens

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg: str) -> ET.Element:
    root = ET.fromstring(svg)
    names = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert names <= {"svg", "title", "desc", "rect", "circle", "line", "text", "g", "linearGradient", "stop", "path"}
    for element in root.iter():
        for value in element.attrib.values():
            assert "://" not in value
            assert not re.search(r"url\((?!#)", value)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    return root


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_of_the_bundled_archive_is_named(bundled: Store, language: str) -> None:
    events = bundled.events()
    root = parsed(timeline_svg(bundled, events, language))
    titles = "\n".join(element.text or "" for element in root.iter(f"{SVG}title"))
    for event in events:
        assert event.title.show(language) in titles
        assert event.date.phrase.show(language) in titles
    assert bundled.fingerprint[:4] in (root.findtext(f"{SVG}desc") or "")
    assert timeline_svg(bundled, events, language) == timeline_svg(bundled, events, language)


def test_nothing_stands_outside_the_picture(bundled: Store) -> None:
    root = parsed(timeline_svg(bundled, bundled.events(), "en", width=800))
    height = float(root.get("height", "0"))
    for element in root.iter(f"{SVG}circle"):
        assert 0 <= float(element.get("cx", "-1")) <= 800
        assert 0 <= float(element.get("cy", "-1")) <= height
    for element in root.iter(f"{SVG}rect"):
        assert float(element.get("x", "0")) + float(element.get("width", "0")) <= 800.01


def test_the_colours_are_those_given(store: Store) -> None:
    dark = timeline_svg(store, store.events(), "en", colours=tokens("dark"))
    assert set(re.findall("#[0-9A-F]{6}", dark)) <= set(tokens("dark").values())
    assert tokens("dark")["paper"] in dark


def test_the_selected_event_has_a_ring_and_its_name(store: Store) -> None:
    root = parsed(timeline_svg(store, store.events(), "en", selected="2018-07-27-mass-arrest"))
    group = next(g for g in root.iter(f"{SVG}g") if "Mass arrest" in (g.findtext(f"{SVG}title") or ""))
    assert [circle.get("r") for circle in group.iter(f"{SVG}circle")] == ["6", "8.5"]
    assert group.findall(f"{SVG}text")[-1].text == "Mass arrest, 27 July"
    assert group.findall(f"{SVG}text")[-1].get("fill") == tokens()["accent"]


def test_soft_ends_fade_and_no_events_are_a_picture_too(store: Store) -> None:
    root = parsed(timeline_svg(store, store.events(), "en"))
    fade = next(g for g in root.iter(f"{SVG}linearGradient") if g.get("id") == "fade-2018-07-protest")
    assert [stop.get("stop-opacity") for stop in fade] == ["0.15", "1", "1", "1"]
    parsed(timeline_svg(store, (), "en"))


def test_accounts_that_differ_are_drawn_as_such(bundled: Store) -> None:
    root = parsed(timeline_svg(bundled, bundled.events(), "en", width=40_000))
    drawn = {
        title: bool(group.findall(f"{SVG}path"))
        for group in root.iter(f"{SVG}g")
        if (title := group.findtext(f"{SVG}title")) and group.find(f"{SVG}rect[@rx='7']") is None
    }
    told = {f"{row.date.phrase.show('en')}: {row.title.show('en')}": row.certainty for row in bundled.events()}
    assert sum(drawn.values()) > 10
    assert all(has == (told[title] == "disputed") for title, has in drawn.items())
