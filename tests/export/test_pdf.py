"""PDF: other programs read every word back, links and outline lead where they say, and two runs are the same bytes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from jasic_desktop.core.blocks import StatementBlock, plain
from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Cancelled, DisplayFault, NotFoundFault
from jasic_desktop.core.languages import LANGUAGES, Language
from jasic_desktop.export.options import Options
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.packs.store import Store
from jasic_desktop.render.page import page
from tests.helpers.press import pressed

PERSON, EVENT = "mi-jiuping", "2018-07-27-mass-arrest"


def told(data: bytes) -> str:
    """All words of a PDF without the spaces and line ends that only the layout made."""
    return "".join("".join(leaf.extract_text() for leaf in PdfReader(BytesIO(data)).pages).split())


def close(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_every_record_comes_back(store: Store, language: Language) -> None:
    words = told(pressed(store, store.ids, language=language))
    for record_id in store.ids:
        drawn = page(store, record_id, language)
        assert close(drawn.title) in words
        assert close(plain(drawn.subtitle)) in words
        assert f"@{store.archive.version}" in words
        for block in drawn.blocks:
            if isinstance(block, StatementBlock):
                assert close(plain(block.inlines[:1])) in words


def test_the_commonest_characters_are_themselves_and_not_radicals(bundled: Store) -> None:
    ids = tuple(i for i in bundled.ids if bundled.type(i) == "person")[:25]
    words = told(pressed(bundled, ids, language="zh-Hans"))
    assert "工人" in words
    assert re.findall("[\u2e80-\u2fdf]", words) == []
    for record_id in ids:
        assert close(bundled.title(record_id).show("zh-Hans")) in words


def test_links_lead_to_the_page_on_which_their_end_stands(bundled: Store) -> None:
    ids = (EVENT, PERSON, "yu-juncong", "shen-mengyu")
    reader = PdfReader(BytesIO(pressed(bundled, ids)))
    words_of = {leaf.indirect_reference: leaf.extract_text() for leaf in reader.pages}
    first = {bundled.title(i).show("en"): i for i in ids}
    led: set[str] = set()
    numbers = 0
    for leaf in reader.pages:
        for annotation in (one.get_object() for one in leaf.get("/Annots", ())):
            assert annotation["/Subtype"] == "/Link"
            assert "/A" not in annotation  # nothing in the file goes out
            target, fit, _, top, _ = annotation["/Dest"]
            words = words_of[target.indirect_reference]
            assert fit == "/XYZ"
            assert 0 < float(top) <= 842
            led |= {record for title, record in first.items() if title in words}
            numbers += bool(re.search(r"Sources \(\d+\)", words))
    assert led == set(ids)
    assert numbers > 20  # the list of sources is short: most numbers lead to its first page


def test_the_outline_has_every_record_in_order_at_its_page(bundled: Store) -> None:
    ids = (EVENT, PERSON, "yu-juncong")
    reader = PdfReader(BytesIO(pressed(bundled, ids)))
    titles = [entry.title for entry in reader.outline]  # type: ignore[union-attr]
    assert titles == [*(bundled.title(i).show("en") for i in ids), "Sources"]
    for entry, record_id in zip(reader.outline, ids, strict=False):
        number = reader.get_destination_page_number(entry)  # type: ignore[arg-type]
        assert number is not None
        assert bundled.title(record_id).show("en") in reader.pages[number].extract_text()


def test_the_file_says_what_it_is_and_nothing_of_who_made_it(store: Store) -> None:
    data = pressed(store, store.ids, language="zh-Hans")
    reader = PdfReader(BytesIO(data))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("样本档案", "The editors")
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.strftime("%Y-%m-%d") == store.archive.date
    assert reader.root_object["/Lang"] == "zh-Hans"
    assert store.fingerprint in told(data)
    assert "CC BY 4.0" in reader.pages[0].extract_text()
    assert b"Qt" not in data.split(b"endobj")[-4]
    assert b"/Metadata" not in data


def test_a_page_has_its_number_and_the_archive_at_its_foot(bundled: Store) -> None:
    reader = PdfReader(BytesIO(pressed(bundled, (PERSON, EVENT))))
    assert len(reader.pages) > 2
    for number, leaf in enumerate(reader.pages, 1):
        words = leaf.extract_text()
        assert str(number) in words.split()
        assert close("Solidarity Group 1.0") in close(words)


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    script = (
        "import hashlib, tempfile; from pathlib import Path\n"
        "from tests.helpers.press import pressed\n"
        "from tests.helpers.sample import ARCHIVE, RECORDS\n"
        "from tests.helpers.stores import store_of\n"
        "with tempfile.TemporaryDirectory() as folder, store_of(ARCHIVE, RECORDS, Path(folder)) as store:\n"
        "    one, two = (pressed(store, store.ids, language='zh-Hant') for _ in range(2))\n"
        "    assert one == two and b'canary' not in one\n"
        "    print(hashlib.sha256(one).hexdigest())\n"
    )
    outputs = []
    for number, zone in enumerate(("UTC", "Asia/Shanghai")):
        env = {
            **os.environ,
            "USER": f"canary{number}",
            "TZ": zone,
            "PYTHONHASHSEED": str(number),
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        }
        run = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, timeout=120)
        assert run.returncode == 0, run.stderr
        outputs.append(run.stdout)
    assert outputs[0] == outputs[1]


def test_paper_and_layout_are_as_asked_for(store: Store) -> None:
    letter = PdfReader(BytesIO(pressed(store, (PERSON,), paper="letter")))
    assert [float(side) for side in letter.pages[0].mediabox[2:]] == [612, 792]
    beside, under = (pressed(store, (PERSON,), side_by_side=value) for value in (True, False))
    assert beside != under
    assert sorted(told(beside)) == sorted(told(under))
    styled = told(pressed(store, (PERSON, "wire"), style="gb7714"))
    assert "missing”[N" in styled or "missing”[EB" in styled, styled
    own = told(pressed(store, (PERSON, EVENT), sources_at_end=False))
    assert own.count("Radio One".replace(" ", "")) >= 2  # under each record that cites it
    assert told(pressed(store, (PERSON, EVENT))).count("Thirtyheld&“missing””.") == 1


def test_progress_is_told_and_cancel_leaves_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    steps: list[tuple[str, int, int]] = []
    pressed(store, store.ids, progress=Progress(lambda step, done, total: steps.append((step, done, total))))
    written = [("export.step", done, store.count) for done in range(store.count + 1)]
    assert [step for step in steps if step[0] == "export.step"] == written
    for most in (0, 1, 3, 8, store.count, store.count + 1, store.count + 2):
        left = [most]

        def enough(left: list[int] = left) -> bool:
            left[0] -= 1
            return left[0] < 0

        with pytest.raises(Cancelled):
            pressed(store, store.ids, progress=Progress(cancelled=enough))
        assert list(tmp_path.iterdir()) == []


def test_without_a_press_the_format_says_so(store: Store) -> None:
    with pytest.raises(DisplayFault, match="PySide6"):
        FORMATS["pdf"].write(store, store.ids, Options())
    with pytest.raises(NotFoundFault):
        pressed(store, ("nobody",))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_record_and_a_single_one_are_whole_files_too(store: Store, language: Language) -> None:
    assert len(PdfReader(BytesIO(pressed(store, (), language=language))).pages) == 1
    assert "米久平" in told(pressed(store, (PERSON,), language=language))


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed here")
def test_poppler_reads_the_words_and_finds_every_font_inside(bundled: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pressed(bundled, (PERSON, EVENT), language="zh-Hans"))
    words = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, encoding="utf-8", check=True).stdout
    assert "米久平" in words
    assert "工人" in words
    fonts = subprocess.run(["pdffonts", str(path)], capture_output=True, encoding="utf-8", check=True).stdout
    rows = fonts.splitlines()[2:]
    assert rows
    for row in rows:
        assert row.split()[-5:-2] in (["yes", "no", "yes"], ["yes", "yes", "yes"]), row


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed here")
def test_qpdf_finds_nothing_wrong(bundled: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pressed(bundled, (PERSON, EVENT, "shen-mengyu")))
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
