"""ZIM files, read by libzim: pages, links, titles and full texts in Chinese; by zimdump where it is installed."""

import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import etree

from jasic_desktop.core.errors import NotWrittenFault
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.packs.store import Store
from tests.export.test_formats import exported

reader = pytest.importorskip("libzim.reader")
search = pytest.importorskip("libzim.search")
suggestion = pytest.importorskip("libzim.suggestion")


@pytest.fixture(scope="module")
def path(bundled: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("zim") / "archive.zim"
    target.write_bytes(exported(bundled, FORMATS["zim"], bundled.ids[::4], language="zh-Hans"))
    return target


def html(archive, name: str) -> etree._Element:
    return etree.fromstring(bytes(archive.get_entry_by_path(name).get_item().content).partition(b"\n")[2])


def test_every_record_is_a_page_and_every_link_leads_somewhere(bundled: Store, path: Path) -> None:
    archive = reader.Archive(path)
    assert archive.check()
    assert archive.main_entry.get_item().path == "index"
    names = [f"{bundled.type(i)}/{i}" for i in bundled.ids[::4]]
    assert [a.get("href") for a in html(archive, "index").iter("a")] == names
    for name in ("index", *names):
        assert "script" not in {element.tag for element in html(archive, name).iter()}
        for element in html(archive, name).iter("a", "link"):
            target = urljoin(f"http://zim/{name}", element.get("href")).removeprefix("http://zim/").partition("#")[0]
            assert archive.has_entry_by_path(target), (name, element.get("href"))


def test_provenance_is_in_the_file_and_on_each_page(bundled: Store, path: Path) -> None:
    archive = reader.Archive(path)
    told = {name: bytes(archive.get_metadata(name)).decode() for name in ("Title", "Language", "Source", "Date")}
    assert told["Language"] == "zho,eng"
    assert told["Source"] == f"sha512:{bundled.fingerprint}"
    name = f"{bundled.type(bundled.ids[0])}/{bundled.ids[0]}"
    assert bundled.fingerprint in "".join(html(archive, name).itertext())


@pytest.mark.parametrize("asked", ["拘留", "寻衅滋事", "detained", "尋釁滋事"])
def test_full_texts_are_found_in_each_language(path: Path, asked: str) -> None:
    archive = reader.Archive(path)
    assert archive.has_fulltext_index
    found = search.Searcher(archive).search(search.Query().set_query(asked))
    assert found.getEstimatedMatches() > 0
    hits = list(found.getResults(0, 3))
    assert all("/" in hit for hit in hits)


def test_titles_are_suggested(bundled: Store, path: Path) -> None:
    archive = reader.Archive(path)
    title = bundled.title(bundled.ids[0]).show("zh-Hans")
    found = suggestion.SuggestionSearcher(archive).suggest(title)
    assert f"{bundled.type(bundled.ids[0])}/{bundled.ids[0]}" in list(found.getResults(0, 5))


def test_nothing_is_said_on_standard_output(store: Store) -> None:
    script = (
        "import tempfile; from pathlib import Path\n"
        "from tests.helpers.sample import ARCHIVE, RECORDS\n"
        "from tests.helpers.stores import store_of\n"
        "from jasic_desktop.export.registry import FORMATS, Options\n"
        "with tempfile.TemporaryDirectory() as folder, store_of(ARCHIVE, RECORDS, Path(folder)) as store:\n"
        "    b''.join(FORMATS['zim'].write(store, store.ids, Options())); print('said')\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, cwd=Path(__file__).parents[2]
    )
    assert (run.returncode, run.stdout) == (0, "said\n"), run.stderr


def test_without_libzim_it_is_said_what_to_install(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "libzim.writer", None)
    monkeypatch.delitem(sys.modules, "jasic_desktop.export.zim_file", raising=False)
    monkeypatch.delattr("jasic_desktop.export.zim_file", raising=False)
    with pytest.raises(NotWrittenFault, match="pip install libzim"):
        exported(store, FORMATS["zim"])


def test_zimdump_lists_the_pages(bundled: Store, path: Path) -> None:
    zimdump = shutil.which("zimdump")
    if zimdump is None:
        pytest.skip("zimdump is not installed (zim-tools)")
    run = subprocess.run([zimdump, "list", str(path)], capture_output=True, text=True, timeout=60)
    names = {f"{bundled.type(i)}/{i}" for i in bundled.ids[::4]}
    assert names <= set(run.stdout.splitlines()), run.stderr
