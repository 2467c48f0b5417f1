"""Pictures of the archive in files to read: other programs find each of them, with the words that stand for it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from odfdo import Document as Odf
from PIL import Image
from pypdf import PdfReader

from jasic_desktop.core.paths import bundled_archive
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.packs.store import Store
from tests.export.test_docx import lines
from tests.export.test_formats import exported
from tests.helpers.office import converted
from tests.helpers.press import pressed

IDS = ("huizhou", "pingshan-district", "2018-07-27-mass-arrest")
FILES = {"map-pearl-river.png", "map-pingshan-daya-bay.png"}


def media(file: str) -> bytes:
    return (bundled_archive() / "media" / file).read_bytes()


@pytest.fixture(scope="module")
def said(bundled: Store) -> dict[str, str]:
    """What stands for each picture, in English."""
    return {medium.file: medium.alt.show("en") for medium in bundled.archive.media if medium.file in FILES}


def sizes(*pictures: bytes) -> set[tuple[int, int]]:
    return {Image.open(BytesIO(picture)).size for picture in pictures}


def test_word_has_each_file_once_and_tells_its_words(bundled: Store, said: dict[str, str]) -> None:
    data = exported(bundled, FORMATS["docx"], IDS, media=media)
    document = Document(BytesIO(data))
    with zipfile.ZipFile(BytesIO(data)) as file:
        embedded = [file.read(name) for name in file.namelist() if name.startswith("word/media/")]
    assert sizes(*embedded) == sizes(*map(media, FILES))
    assert len(embedded) == len(FILES)
    shapes = document.inline_shapes
    told = [shape._inline.docPr.get("descr") for shape in shapes]
    assert set(told) == set(said.values())
    assert len({shape._inline.docPr.get("id") for shape in shapes}) == len(shapes)
    room = document.sections[0].page_width - document.sections[0].left_margin - document.sections[0].right_margin
    assert all(0 < shape.width <= room for shape in shapes)
    assert not [line for line in lines(document) if any(alt in line for alt in told)]


def test_opendocument_has_each_file_once_and_tells_its_words(bundled: Store, said: dict[str, str]) -> None:
    data = exported(bundled, FORMATS["odt"], IDS, media=media)
    with zipfile.ZipFile(BytesIO(data)) as file:
        names = file.namelist()
        embedded = {name.removeprefix("Pictures/") for name in names if name.startswith("Pictures/")}
        assert embedded == FILES
        assert len(names) == len(set(names))
    document = Odf(BytesIO(data))
    assert {image.url for image in document.body.get_images()} == {f"Pictures/{file}" for file in FILES}
    assert {frame.svg_description for frame in document.body.get_frames()} == set(said.values())
    manifest = document.manifest
    assert {manifest.get_media_type(f"Pictures/{file}") for file in FILES} == {"image/png"}


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_libreoffice_shows_them(bundled: Store, form: str, tmp_path: Path) -> None:
    data = exported(bundled, FORMATS[form], IDS[:1], media=media)
    shown = converted(data, form, "fodt", tmp_path)
    assert shown.count("<draw:image") == shown.count("<office:binary-data>") == 1


def test_paper_draws_each_where_it_first_stands_and_leads_to_it_after(bundled: Store, said: dict[str, str]) -> None:
    data = pressed(bundled, IDS, media=media)
    reader = PdfReader(BytesIO(data))
    shown = [image.image.size for leaf in reader.pages for image in leaf.images]
    assert sorted(shown) == sorted(sizes(*map(media, FILES)))
    words = "".join("".join(leaf.extract_text() for leaf in reader.pages).split())
    later = {file: words.count("".join(alt.split())) for file, alt in said.items()}
    assert later["map-pearl-river.png"] == 1  # the second place of the two that it shows
    assert pressed(bundled, IDS, media=media) == data
    assert not any(leaf.images for leaf in PdfReader(BytesIO(pressed(bundled, IDS))).pages)


def test_a_zim_file_has_them_beside_its_pages(bundled: Store, said: dict[str, str], tmp_path: Path) -> None:
    archive_of = pytest.importorskip("libzim.reader").Archive
    path = tmp_path / "a.zim"
    path.write_bytes(exported(bundled, FORMATS["zim"], IDS, media=media))
    archive = archive_of(path)
    assert archive.check()
    for file, alt in said.items():
        assert bytes(archive.get_entry_by_path(f"media/{file}").get_item().content) == media(file)
        pages = [bytes(archive.get_entry_by_path(f"place/{i}").get_item().content).decode() for i in IDS[:2]]
        assert any(f'src="../media/{file}"' in page and alt in page for page in pages)
