"""A file of the index or the store that is not as it was made: noticed when it is read, and never answered from."""

import os
import random
import shutil
from pathlib import Path

import pytest

from jasic_desktop.app import derived_files
from jasic_desktop.app.context import open_archive
from jasic_desktop.core.errors import DamagedFault
from jasic_desktop.core.paths import Places
from jasic_desktop.packs.store import Store
from jasic_desktop.search.answer import Answer
from jasic_desktop.search.arrays import ArrayFile, write_arrays
from jasic_desktop.search.mapped import BLOCK, MappedFile, sums_path, write_sums
from jasic_desktop.search.request import Filters, Request
from jasic_desktop.search.whoosh import open_engine
from tests.helpers.shared import bundled_pack

QUESTIONS = (
    Request("yue xin", facets=True, language="zh-Hans"),
    Request("佳士工人", Filters(types=("document",)), facets=True),
    Request('"open letter to"', sort="title"),
    Request("solidar*", sort="date"),
    Request("Mi Jiupin"),
    Request("detaned~1 like:mi-jiuping"),
    Request("poli", live=True),
)
FLIPS = 300 if os.environ.get("LONG_TESTS") else 40


def answers(store: Store, index: Path, *, prepared: bool = True) -> list[tuple[object, ...]]:
    """All that is told, but for the time it took; asked at once, or when all was read that is read ahead."""
    engine = open_engine(store, index)
    try:
        if prepared:
            for _ in engine.prepare():
                pass
        return [told(engine.search(request)) for request in QUESTIONS]
    finally:
        engine.close()


def told(answer: Answer) -> tuple[object, ...]:
    return (answer.total, answer.hits, answer.facets, answer.suggestion, answer.events, answer.notes)


def flip(path: Path, chance: random.Random) -> None:
    with path.open("r+b") as file:
        at = chance.randrange(path.stat().st_size)
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1 << chance.randrange(8)]))


@pytest.mark.no_cover
def test_a_flipped_bit_in_the_index_is_never_answered_from(derived: Path, store: Store, tmp_path: Path) -> None:
    right = answers(store, derived / "index")
    assert answers(store, derived / "index", prepared=False) == right
    chance = random.Random(7)
    noticed = 0
    for number in range(FLIPS):
        folder = shutil.copytree(derived / "index", tmp_path / str(number))
        flip(chance.choice([path for path in sorted(folder.iterdir()) if path.stat().st_size]), chance)
        try:
            assert answers(store, folder, prepared=number % 2 == 0) == right
        except DamagedFault as fault:
            assert fault.key == "search.damaged"
            noticed += 1
        shutil.rmtree(folder)
    assert noticed > FLIPS // 3


@pytest.mark.parametrize("change", [-1, 1, -BLOCK // 2])
def test_a_file_of_another_length_is_not_opened(derived: Path, store: Store, tmp_path: Path, change: int) -> None:
    for name in sorted(path.name for path in (derived / "index").iterdir()):
        folder = shutil.copytree(derived / "index", tmp_path / name)
        size = (folder / name).stat().st_size + change
        if size < 0:
            continue
        os.truncate(folder / name, size)
        with pytest.raises(DamagedFault):
            answers(store, folder)


@pytest.mark.no_cover
def test_a_flipped_bit_in_the_store_is_never_read_as_whole(derived: Path, tmp_path: Path) -> None:
    def everything(store: Store) -> object:
        chosen = store.ids[:: max(1, store.count // 120)]
        one = [(store.get(i), store.title(i), store.type(i), store.voice(i), store.certainties(i)) for i in chosen]
        other = [(store.connections(i), store.cited_by(i), store.resolve(i)) for i in chosen]
        columns = [store.facet(name) for name in ("type", "source", "year")]
        return one, other, columns, store.events(), store.archive, [store.dates(n) for n in range(store.count)]

    with Store.open(derived / "store.sqlite") as store:
        right = everything(store)
    chance = random.Random(11)
    noticed = 0
    for _ in range(FLIPS):
        path = Path(shutil.copy(derived / "store.sqlite", tmp_path / "store"))
        flip(path, chance)
        try:
            with Store.open(path) as store:
                assert everything(store) == right
        except DamagedFault as fault:
            assert fault.key == "packs.store_damaged"
            noticed += 1
    assert noticed > FLIPS // 10


def test_a_block_is_compared_once_and_only_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(bytes(3 * BLOCK))
    write_sums(path)
    mapped = MappedFile(path)
    with path.open("r+b") as file:
        file.seek(2 * BLOCK + 5)
        file.write(b"x")
    assert bytes(mapped.bytes(0, 2 * BLOCK)) == bytes(2 * BLOCK)
    with pytest.raises(DamagedFault):
        mapped.bytes(2 * BLOCK, 2 * BLOCK + 1)
    with pytest.raises(DamagedFault):
        mapped.compare_all()
    sums_path(path).unlink()
    with pytest.raises(DamagedFault):
        MappedFile(path)


def test_what_is_no_file_of_arrays_is_refused(tmp_path: Path) -> None:
    import numpy as np

    write_arrays(tmp_path / "good", {"a": np.arange(5), "none": np.zeros(0, np.uint8)}, {"x": 1})
    opened = ArrayFile(tmp_path / "good")
    assert opened.array("a").tolist() == [0, 1, 2, 3, 4]
    assert opened.array("none").tolist() == []
    assert opened.about == {"x": 1}
    for number, data in enumerate((b"", b"x", b"jarrays1\xff\xff\xff\x7f", b"jarrays1\x02\0\0\0[]")):
        path = tmp_path / f"bad{number}"
        path.write_bytes(data)
        write_sums(path)
        with pytest.raises(DamagedFault):
            ArrayFile(path)


# A large archive, of which only sizes are compared at the start -----------------------------------------------------


@pytest.mark.no_cover
@pytest.mark.parametrize("name", ["index/records_1.ids", "index/records_1.terms", "store.sqlite"])
def test_what_is_found_damaged_is_derived_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    from jasic_desktop.cli import main

    monkeypatch.setattr(derived_files, "WHOLE", 0)
    profile, pack = tmp_path / "profile", str(bundled_pack())
    words = ["--profile", str(profile), "--archive", pack, "--json", "search", "police detained"]
    assert main(words) == 0
    right = capsys.readouterr().out
    with open_archive(pack, Places.of(profile)) as archive:
        path = archive.store_path.parent / name
    data = bytearray(path.read_bytes())
    step = 16 if name == "store.sqlite" else 512
    for at in range(len(data) // 2, len(data), step):
        data[at] ^= 1
    path.write_bytes(data)
    assert main(words) == 0
    shown = capsys.readouterr()
    assert without_time(shown.out) == without_time(right)
    assert "prepared again" in shown.err
    assert main(words) == 0
    assert "prepared again" not in capsys.readouterr().err


def without_time(out: str) -> str:
    return "\n".join(line for line in out.splitlines() if "took_ms" not in line)
