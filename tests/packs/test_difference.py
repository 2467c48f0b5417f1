"""What changes from one edition to the next: nothing is missed, nothing invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Cancelled, NotFoundFault
from jasic_desktop.packs.bag import open_pack
from jasic_desktop.packs.difference import Difference, difference
from jasic_desktop.packs.refusals import DamagedPack
from tests.helpers.archives import RECORDS, make_pack, make_source, make_store
from tests.helpers.editions import REASON, make_edition, make_second


def between(old: Path, new: Path) -> Difference:
    with open_pack(old) as was, open_pack(new) as now:
        return difference(was, now)


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_second(tmp_path_factory.mktemp("second"))


def test_each_record_that_differs_is_told_with_what_differs(small_pack: Path, second: Path) -> None:
    found = between(small_pack, second)
    assert (found.old.version, found.new.version, found.count) == ("1.0", "1.1", 7)
    assert [(entry.id, entry.type) for entry in found.added] == [("lin-yue", "person")]
    assert {entry.id: set(entry.fields) for entry in found.changed} == {
        "2018-04-protest": {"summary", "people"},
        "willow-town": {"summary"},
        # They name the clerk, who was known by initials and is no more.
        "gazette-report": {"original_title", "readings"},
        "circle-letter": {"abstract"},
    }
    gone = {entry.id: entry for entry in found.withdrawn}
    assert gone.keys() == {"unnamed-clerk", "essay-mill"}
    assert gone["unnamed-clerk"].replaced_by == "lin-yue"
    assert gone["essay-mill"].replaced_by is None
    assert gone["essay-mill"].reason is not None
    assert gone["essay-mill"].reason.en == REASON


def test_the_other_way_is_the_other_way(small_pack: Path, second: Path) -> None:
    there, back = between(small_pack, second), between(second, small_pack)
    assert {entry.id for entry in there.added} == {entry.id for entry in back.withdrawn}
    assert {entry.id for entry in there.withdrawn} == {entry.id for entry in back.added}
    assert {entry.id for entry in there.changed} == {entry.id for entry in back.changed}
    assert all(entry.replaced_by is None and entry.reason is None for entry in back.withdrawn)


def test_a_pack_and_its_file_do_not_differ(small_pack: Path, small_file: Path) -> None:
    assert between(small_pack, small_file).count == 0


@settings(max_examples=8)
@given(chosen=st.sets(st.sampled_from(["shan-xin", "willow-mill", "spinners-circle", "labour"])))
def test_whatever_summaries_change_those_records_are_named(
    chosen: set[str], small_pack: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    changes = {name: {"summary": "Another."} for name in RECORDS if name.split("/")[1] in chosen}
    found = between(small_pack, make_pack(folder, make_source(folder / "source", changes)))
    assert {entry.id for entry in found.changed} == chosen
    assert all(entry.fields == ("summary",) for entry in found.changed)
    assert not found.added and not found.withdrawn


def test_a_damaged_pack_is_named(small_pack: Path, second: Path, pack: Path) -> None:
    record = pack / "data/records/0001.jsonl"
    record.write_bytes(record.read_bytes().replace(b"Willow", b"Wilsow"))
    with pytest.raises(DamagedPack, match="0001"):
        between(pack, second)


def test_it_can_be_ended(small_pack: Path, second: Path) -> None:
    with open_pack(small_pack) as was, open_pack(second) as now, pytest.raises(Cancelled):
        difference(was, now, Progress(cancelled=lambda: True))


def test_a_withdrawn_record_is_asked_for(second: Path, tmp_path: Path) -> None:
    with make_store(tmp_path, second) as store:
        with pytest.raises(NotFoundFault) as caught:
            store.resolve("mill:document/essay-mill@1.0#s1")
        assert REASON in caught.value.sentence("en")
        assert "1.1" in caught.value.sentence("en")
        assert "另一家纱厂" in caught.value.sentence("zh-Hans")
        assert store.resolve("mill:person/unnamed-clerk@1.0") == "lin-yue"


@pytest.mark.parametrize("record_id", ["shan-xin", "shan-xin-worker"])
def test_what_is_there_is_not_withdrawn(tmp_path: Path, record_id: str) -> None:
    from jasic_desktop.packs.check import check
    from tests.helpers.editions import archive_text

    source = make_source(tmp_path / "source", archive=archive_text("1.1", 2, withdrawn=f'{record_id} = "gone"'))
    assert [problem.code for problem in check(source).errors] == ["withdrawn_is_here"]


def test_an_edition_without_changes(small_pack: Path, tmp_path: Path) -> None:
    found = between(small_pack, make_edition(tmp_path, "1.1", 2))
    assert (found.count, found.new.sequence) == (0, 2)
