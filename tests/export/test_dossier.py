"""The dossier: other people's BagIt tool finds it whole, every file opens, and two runs are the same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import resource
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import bagit
import bibtexparser
import msgspec
import pytest
from pypdf import PdfReader

from jasic_desktop.app import exporting
from jasic_desktop.core.archive import Archive, Medium
from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Cancelled, NotWrittenFault
from jasic_desktop.core.languages import LANGUAGES, Language
from jasic_desktop.export.notes import Note
from jasic_desktop.export.options import Options
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.packs.store import Store
from jasic_desktop.ui.paper.press import press
from jasic_desktop.ui.toolkit import make_application
from tests.export.test_html import assert_inert
from tests.helpers.press import pressed
from tests.helpers.sample import ARCHIVE, RECORDS, text
from tests.helpers.stores import forged_store

IDS = ("mi-jiuping", "2018-07-27-mass-arrest")
HOSTILE = "=cmd|' /C calc'!A0 <script>alert(1)</script> \u202e\u200b\n\x1b[31m"
NOTES = (
    Note(
        "11111111-1111-4111-8111-111111111111", "mi-jiuping", "Mine.", "He was dismissed.", made="2026-11-23T10:00:00Z"
    ),
    Note("22222222-2222-4222-8222-222222222222", "jasic", "Of another record."),
    Note("33333333-3333-4333-8333-333333333333", "2018-07-27-mass-arrest", HOSTILE),
)


def unpacked(data: bytes, folder: Path) -> Path:
    """The one folder of a zip, written out entry by entry."""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        assert packed.testzip() is None
        for entry in packed.infolist():
            assert entry.compress_type == zipfile.ZIP_STORED
            assert ".." not in entry.filename
            path = folder / entry.filename
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(packed.read(entry))
    (top,) = folder.iterdir()
    return top


def folder_of(store: Store, target: Path, **options: object) -> Path:
    make_application()
    exporting.write(store, IDS, "dossier", Options(press=press, **options), target)  # type: ignore[arg-type]
    return target


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_zip_and_the_folder_are_the_same_whole_bag(store: Store, tmp_path: Path, language: Language) -> None:
    data = pressed(store, IDS, "dossier", language=language, notes=NOTES)
    top = unpacked(data, tmp_path / "zip")
    folder = folder_of(store, tmp_path / "folder", language=language, notes=NOTES)
    assert contents(top) == contents(folder)
    bag = bagit.Bag(str(folder))
    assert bag.is_valid()
    assert bag.version_info == (1, 0)
    assert bag.info["Archive-Fingerprint"] == store.fingerprint
    assert pressed(store, IDS, "dossier", language=language, notes=NOTES) == data


def test_a_changed_and_a_missing_file_are_found(store: Store, tmp_path: Path) -> None:
    folder = folder_of(store, tmp_path / "a")
    with (folder / "data" / "records.html").open("ab") as file:
        file.write(b" ")
    assert not bagit.Bag(str(folder)).is_valid()
    other = folder_of(store, tmp_path / "b")
    (other / "index.html").unlink()
    assert not bagit.Bag(str(other)).is_valid()


def test_every_part_is_read_by_somebody_elses_program(store: Store, tmp_path: Path) -> None:
    folder = folder_of(store, tmp_path / "dossier", notes=NOTES)
    data = folder / "data"
    lines = [json.loads(line) for line in (data / "records.jsonl").read_bytes().splitlines()]
    assert [line["id"] for line in lines[1:]] == list(IDS)
    table = list(csv.DictReader(io.StringIO((data / "records.csv").read_text("utf-8-sig"), newline="")))
    assert [row["id"] for row in table] == list(IDS)
    cited = {"wire", "profile", "letter"}
    assert {item["id"] for item in json.loads((data / "sources.csl.json").read_bytes())} == cited
    entries = bibtexparser.parse_string((data / "sources.bib").read_text("utf-8")).entries
    assert {entry.key for entry in entries} == cited
    words = "".join(leaf.extract_text() for leaf in PdfReader(data / "records.pdf").pages)
    assert "Mi Jiuping" in words
    assert_inert((data / "records.html").read_text("utf-8"))
    start = (folder / "index.html").read_text("utf-8")
    led = re.findall('href="([^"#]*)', start)
    assert all((folder / target).exists() for target in led)
    assert_inert(re.sub('href="[^"#]+(#[^"]*)?"', "", start))
    for path in data.rglob("*"):
        if path.is_file():
            assert path.relative_to(folder).as_posix() in start
    assert "CC BY 4.0" in (data / "RIGHTS.txt").read_text("utf-8")
    assert store.fingerprint in (folder / "README.txt").read_text("utf-8")


def test_only_notes_on_these_records_leave_and_none_acts(store: Store, tmp_path: Path) -> None:
    data = folder_of(store, tmp_path / "dossier", notes=NOTES) / "data" / "notes"
    found = [json.loads(line) for line in (data / "notes.jsonl").read_bytes().splitlines()]
    assert [note["record"] for note in found] == list(IDS)
    assert found[1]["text"] == HOSTILE
    graph = json.loads((data / "annotations.jsonld").read_bytes())
    assert graph["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert graph["@graph"][0]["target"] == {
        "source": "sample:person/mi-jiuping@1.2",
        "selector": {"type": "TextQuoteSelector", "exact": "He was dismissed."},
    }
    assert "\x1b" not in (data / "notes.txt").read_text("utf-8")
    assert not (folder_of(store, tmp_path / "without") / "data" / "notes").exists()


def test_without_a_press_there_is_no_pdf_and_the_rest_is_whole(store: Store, tmp_path: Path) -> None:
    exporting.write(store, IDS, "dossier", Options(), tmp_path / "plain")
    assert not (tmp_path / "plain" / "data" / "records.pdf").exists()
    assert "records.pdf" not in (tmp_path / "plain" / "index.html").read_text("utf-8")
    assert bagit.Bag(str(tmp_path / "plain")).is_valid()


def test_media_of_the_people_leave_when_asked_for(tmp_path: Path) -> None:
    picture = b"\xff\xd8\xff of him"

    def medium(name: str, *people: str) -> Medium:
        digest = hashlib.sha512(picture).hexdigest()
        return Medium(name, text("He"), text("He"), "A photographer", "described", digest, None, people)

    archive = msgspec.structs.replace(ARCHIVE, media=(medium("he.jpg", "mi-jiuping"), medium("else.jpg", "jasic")))
    assert isinstance(archive, Archive)
    with forged_store(archive, RECORDS, tmp_path) as store:
        asked: list[str] = []

        def read(name: str) -> bytes:
            asked.append(name)
            return picture

        exporting.write(store, IDS, "dossier", Options(media=read), tmp_path / "with")
        exporting.write(store, IDS, "dossier", Options(), tmp_path / "without")
    assert asked == ["he.jpg"]
    assert (tmp_path / "with" / "data" / "media" / "he.jpg").read_bytes() == picture
    assert "A photographer" in (tmp_path / "with" / "data" / "RIGHTS.txt").read_text("utf-8")
    assert bagit.Bag(str(tmp_path / "with")).is_valid()
    assert not (tmp_path / "without" / "data" / "media").exists()


@pytest.mark.parametrize("name", ["dossier", "dossier.zip"])
def test_cancel_at_any_point_leaves_nothing(store: Store, tmp_path: Path, name: str) -> None:
    make_application()
    for most in (0, 1, 2, 5, 9, 14, 20):
        left = [most]

        def enough(left: list[int] = left) -> bool:
            left[0] -= 1
            return left[0] < 0

        options = Options(press=press, progress=Progress(cancelled=enough))
        with pytest.raises(Cancelled):
            exporting.write(store, IDS, "dossier", options, tmp_path / name)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("key", "name"), [("dossier", "a"), ("dossier", "a.zip"), ("pdf", "a.pdf")])
def test_a_disk_that_takes_no_more_leaves_nothing(store: Store, tmp_path: Path, key: str, name: str) -> None:
    make_application()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, hard))
    try:
        with pytest.raises(NotWrittenFault):
            exporting.write(store, store.ids, key, Options(press=press), tmp_path / name)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_never_overwritten_unasked(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes").write_text("kept")
    (tmp_path / "mine.zip").write_text("kept")
    for name, force in (("mine", False), ("mine", True), ("mine.zip", False)):
        with pytest.raises(NotWrittenFault):
            exporting.write(store, IDS, "dossier", Options(), tmp_path / name, force=force)
    assert (tmp_path / "mine" / "notes").read_text() == (tmp_path / "mine.zip").read_text() == "kept"


def test_the_progress_goes_up_to_the_end(store: Store) -> None:
    told: list[float] = []
    progress = Progress(lambda _step, done, total: told.append(done / total if total else 0))
    pressed(store, IDS, "dossier", progress=progress)
    shown = [share for share in told if share]
    assert shown == sorted(shown)
    assert shown[-1] == 1


@pytest.mark.skipif(not (shutil.which("chromium") and shutil.which("unshare")), reason="no Chromium to open it here")
def test_chromium_opens_it_where_there_is_no_network_and_asks_for_nothing(store: Store, tmp_path: Path) -> None:
    folder = folder_of(store, tmp_path / "dossier")
    for page in ("index.html", "data/records.html"):
        log = tmp_path / "log.json"
        done = subprocess.run(
            [
                *("unshare", "-rn", "chromium", "--headless", "--no-sandbox", "--disable-gpu"),
                *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
                *(f"--user-data-dir={tmp_path / 'profile'}", f"--log-net-log={log}", "--dump-dom"),
                (folder / page).as_uri(),
            ],
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        if done.returncode and "unshare" in done.stderr:
            pytest.skip("this system lets nobody leave the network")
        assert "Mi Jiuping" in done.stdout
        events = log.read_text("utf-8")
        ours = [line for line in events.splitlines() if '"url"' in line and "google" not in line and "gvt1" not in line]
        assert [line for line in ours if "http" in line] == []


def test_a_format_that_is_a_file_stays_one(store: Store, tmp_path: Path) -> None:
    exporting.write(store, IDS, "html", Options(), tmp_path / "page")
    assert (tmp_path / "page").is_file()
    assert FORMATS["dossier"].write_folder is not None
