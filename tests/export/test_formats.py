"""Every format: listed, the same bytes twice, with its provenance, told of progress, stopped when asked."""

import hashlib
import os
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest

from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Cancelled, NotFoundFault
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.export.registry import FORMATS, Format, Options
from jasic_desktop.packs.store import Store
from tests.helpers.exported import readable

LIBRARIES_HAVE_A_SAY = ("docx", "odt", "xlsx", "zim", "eac-cpf")  # and zlib
IN_ORDER_OF_DATE = ("svg", "timeline-csv")
GOLDEN = Path(__file__).parent / "golden"
TEXTS = {key: form for key, form in FORMATS.items() if key not in ("pdf", "dossier")}
"""A PDF holds the fonts of the machine, a dossier all of these: test_pdf.py and test_dossier.py are theirs."""
every_format = pytest.mark.parametrize("form", TEXTS.values(), ids=TEXTS)


def exported(store: Store, form: Format, ids: tuple[str, ...] | None = None, **options: object) -> bytes:
    return b"".join(form.write(store, store.ids if ids is None else ids, Options(**options)))


def test_the_formats_are_listed_with_words_in_every_language() -> None:
    assert list(FORMATS) == [
        *("pdf", "dossier", "html", "docx", "odt", "zim", "markdown", "svg"),
        *("xlsx", "csv", "csv-statements", "timeline-csv"),
        *("bibtex", "ris", "csl-json"),
        *("ead3", "eac-cpf", "dc"),
        *("json", "jsonl", "jsonld", "graphml", "bulk", "bulk-solr"),
    ]
    groups = [form.group for form in FORMATS.values()]
    assert len(set(groups)) == sum(before != after for before, after in pairwise(["", *groups])), (
        "each group stands once"
    )
    for key, form in FORMATS.items():
        assert form.key == key
        assert form.media_type.count("/") == 1
        assert len({translate(form.label, language) for language in LANGUAGES}) == 3
        assert len({translate(f"export.group.{form.group}", language) for language in LANGUAGES}) > 1
        assert form.shown_as is None or FORMATS[form.shown_as].shown_as is None


@every_format
def test_the_same_records_give_the_same_bytes_as_before(store: Store, form: Format) -> None:
    """Set GOLDEN_UPDATE=1 to write the files anew, and read the difference."""
    if form.key in LIBRARIES_HAVE_A_SAY:
        pytest.skip("its own test reads it with another program; other versions of the library write it otherwise")
    data = exported(store, form).replace(store.fingerprint.encode(), b"FINGERPRINT")
    data = data.replace(" ".join(store.fingerprint[at : at + 4] for at in range(0, 16, 4)).encode(), b"SHORT")
    # Line ends are the business of the tests of each format: a checkout may change those of a file.
    data = data.replace(b"\r\n", b"\n")
    golden = GOLDEN / f"{form.key}.{form.extension}"
    if os.environ.get("GOLDEN_UPDATE"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(data)
    assert data == golden.read_bytes().replace(b"\r\n", b"\n")


@every_format
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_runs_over_the_bundled_archive_are_identical(bundled: Store, form: Format, language: str) -> None:
    ids = bundled.ids[:: 1 if os.environ.get("JASIC_WHOLE") else 20]
    first, second = (hashlib.sha256(exported(bundled, form, ids, language=language)).hexdigest() for _ in range(2))
    assert first == second


def test_nothing_of_the_machine_or_the_moment_is_in_an_export(tmp_path: Path) -> None:
    """Two processes with other users, homes, time zones, hash seeds and locales write the same."""
    script = (
        "import hashlib, sys, tempfile; from pathlib import Path\n"
        "from tests.helpers.exported import readable\n"
        "from tests.helpers.sample import ARCHIVE, RECORDS\n"
        "from tests.helpers.stores import store_of\n"
        "from jasic_desktop.export.registry import FORMATS, Options\n"
        "with tempfile.TemporaryDirectory() as folder, store_of(ARCHIVE, RECORDS, Path(folder)) as store:\n"
        "    for form in FORMATS.values():\n"
        "        if form.key in ('pdf', 'dossier'): continue\n"
        "        data = b''.join(form.write(store, store.ids, Options()))\n"
        "        text = readable(data)\n"
        "        assert 'canary' not in text and folder not in text\n"
        "        print(form.key, hashlib.sha256(data).hexdigest())\n"
    )
    outputs = []
    for number, zone in enumerate(("UTC", "Asia/Shanghai")):
        env = {
            **os.environ,
            "HOME": str(tmp_path / f"canary{number}"),
            "USER": f"canary{number}",
            "TZ": zone,
            "PYTHONHASHSEED": str(number),
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        }
        run = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, timeout=120)
        assert run.returncode == 0, run.stderr
        outputs.append(run.stdout)
    assert outputs[0] == outputs[1]


@every_format
def test_every_format_carries_the_archive_its_version_and_its_fingerprint(store: Store, form: Format) -> None:
    text = readable(exported(store, form, ("mi-jiuping", "wire", "2018-07-27-mass-arrest")))
    assert "Sample Archive" in text
    assert "1.2" in text
    assert store.fingerprint[:4] in text
    if form.key not in ("jsonl", *IN_ORDER_OF_DATE):
        # JSON Lines keeps records as the pack has them; their identifiers follow from its first line.
        assert "sample:person/mi-jiuping@1.2" in text.replace("\\@", "@").replace("{@}", "@")
    assert "CC BY 4.0" in text or form.key in IN_ORDER_OF_DATE


@every_format
def test_a_record_named_twice_leaves_once_in_the_order_asked_for(store: Store, form: Format) -> None:
    event, person = "2018-07-27-mass-arrest", "mi-jiuping"
    once = exported(store, form, (event, person))
    assert exported(store, form, (event, person, event)) == once
    # An authority file tells of people and organisations only.
    other = "jasic" if form.key == "eac-cpf" else event
    assert form.key in IN_ORDER_OF_DATE or exported(store, form, (person, other)) != exported(
        store, form, (other, person)
    )


@every_format
def test_progress_is_told_and_cancel_ends_the_work(
    store: Store, form: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # what other processes export is not looked at
    told: list[tuple[str, int, int]] = []
    exported(store, form, progress=Progress(lambda step, done, total: told.append((step, done, total))))
    assert told == [("export.step", done, store.count) for done in range(store.count + 1)]
    with pytest.raises(Cancelled):
        exported(store, form, progress=Progress(cancelled=lambda: True))
    assert list(tmp_path.iterdir()) == []


@every_format
def test_an_unknown_record_is_not_found(store: Store, form: Format) -> None:
    with pytest.raises(NotFoundFault):
        exported(store, form, ("nobody",))


@every_format
def test_no_records_are_a_whole_file_too(store: Store, form: Format) -> None:
    readable(exported(store, form, ()))
