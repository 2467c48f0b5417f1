"""The pictures of the bundled archive: maps that a script draws, described in both languages, without metadata."""

import importlib.util
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

from jasic_desktop.core.records import Record
from jasic_desktop.packs.source import Source

ROOT = Path(__file__).resolve().parents[2]
MEDIA = ROOT / "archive" / "media"


@pytest.fixture(scope="module")
def maps() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_maps", ROOT / "packaging" / "make_maps.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module


def test_the_maps_are_what_the_script_draws(maps: ModuleType) -> None:
    if not all(font.is_file() for font in maps.DIGESTS):
        pytest.skip("the fonts of Debian 12 are not here")
    assert {path.stem for path in MEDIA.glob("*.png")} == {plan.name for plan in maps.MAPS}
    for plan in maps.MAPS:
        assert maps.drawn(plan) == (MEDIA / f"{plan.name}.png").read_bytes(), plan.name


def test_each_picture_is_described_in_both_languages_and_leads_to_records(
    source: Source, records: Mapping[str, Record]
) -> None:
    assert [medium.file for medium in source.archive.media] == sorted(path.name for path in MEDIA.glob("*.png"))
    for medium in source.archive.media:
        for text in (medium.caption, medium.alt):
            assert text.en
            assert text.zh_hans
            assert text.en != text.zh_hans
            assert text.zh_hant
        assert medium.creator
        assert medium.date
        assert medium.about
        assert set(medium.about) <= set(records)


def test_the_maps_place_only_what_has_a_place_of_its_own_in_the_records(
    maps: ModuleType, records: Mapping[str, Record]
) -> None:
    """No mark is nearer to anybody than the archive's own coordinates, which are those of towns."""
    for plan in maps.MAPS:
        west, south, east, north = plan.box
        for label in plan.labels:
            place = records[label.place]
            assert place.kind in {"city", "district", "town"}, label.place
            assert west < float(place.lon) < east
            assert south < float(place.lat) < north


@pytest.mark.parametrize("path", sorted(MEDIA.glob("*.png")), ids=lambda path: path.stem)
def test_a_map_holds_pixels_and_nothing_else(path: Path) -> None:
    with Image.open(path, formats=("PNG",)) as picture:
        picture.load()
        assert picture.size[0] == 1600
        assert picture.info == {}
        assert not picture.getexif()
    assert path.stat().st_size < 150_000
