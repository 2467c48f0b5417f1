"""Many machines alike: a folder laid down on one, whole or not at all and again without harm; and their reports."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jasic_desktop.app import archives, context, fleet
from jasic_desktop.app.context import open_archive
from jasic_desktop.app.fleet import apply
from jasic_desktop.app.fleet_report import compare, read, report, write
from jasic_desktop.app.permissions import policy_in_force
from jasic_desktop.core.errors import DamagedFault, Fault, NotFoundFault, RefusedFault
from jasic_desktop.core.ownership import is_administrators
from jasic_desktop.core.paths import Places
from jasic_desktop.packs.minisign import new_key, write_public_key
from jasic_desktop.packs.refusals import DamagedPack
from tests.helpers.archives import make_source
from tests.helpers.editions import make_edition

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs an administrator")
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    make_source(folder / "bundled")
    make_edition(folder, archive_id="loom", suffix=".jasicpack")
    make_edition(folder, "1.1", 2, archive_id="loom", suffix=".jasicpack")
    return folder


@pytest.fixture
def machine(tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """The places of a machine that has nothing yet."""
    monkeypatch.setattr(context, "bundled_archive", lambda: built / "bundled")
    own = Places.of(tmp_path / "profile")
    return replace(own, system=tmp_path / "var" / "jasic", machine=tmp_path / "etc" / "jasic")


@pytest.fixture
def share(tmp_path: Path, built: Path) -> Path:
    """A folder as an administrator puts it on a share, with a space and Chinese in its name."""
    folder = tmp_path / "the share, 共享"
    (folder / "keys").mkdir(parents=True)
    (folder / "keys" / "editors.pub").write_bytes(write_public_key(new_key().public_key))
    shutil.copy(built / "loom-1.0.jasicpack", folder)
    (folder / "policies.json").write_text(json.dumps({"export": False, "archives_allowed": ["loom"]}))
    return folder


def below(*folders: Path) -> dict[str, bytes]:
    """Every file below the folders with its bytes."""
    return {str(path): path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


def test_a_folder_is_laid_down_and_again_without_harm(machine: Places, share: Path) -> None:
    done = apply(share, machine)
    assert [(one.what, one.name, one.state) for one in done] == [
        ("key", "editors.pub", "new"),
        ("archive", "loom@1.0", "new"),
        ("policy", "policies.json", "new"),
    ]
    for path in (machine.machine / "policies.json", machine.machine / "keys" / "editors.pub", machine.machine):
        assert is_administrators(path)
        assert path.stat().st_mode & 0o044 == 0o044  # everybody reads it
    policy = policy_in_force(machine.machine)
    assert policy.faults == ()
    assert not policy.allows("export")
    with open_archive(None, replace(machine, policy=policy)) as opened:
        assert (opened.store.archive.id, opened.notes) == ("loom", ())
    before = below(machine.machine, machine.system)
    assert {one.state for one in apply(share, machine)} == {"same"}
    assert below(machine.machine, machine.system) == before


def test_an_update_takes_the_place_of_what_was_there(machine: Places, share: Path, built: Path) -> None:
    apply(share, machine)
    (share / "loom-1.0.jasicpack").unlink()
    shutil.copy(built / "loom-1.1.jasicpack", share)
    (share / "policies.json").write_text(json.dumps({"print": False}))
    assert [one.state for one in apply(share, machine)] == ["same", "new", "changed"]
    with open_archive(None, machine) as opened:
        assert opened.store.archive.version == "1.1"
    assert policy_in_force(machine.machine).allows("export")


@pytest.mark.parametrize("wrong", ["policy", "pack", "key", "archive not allowed", "nothing", "link"])
def test_of_a_folder_that_is_no_good_nothing_is_laid_down(machine: Places, share: Path, wrong: str) -> None:
    expected: type[Fault] = Fault
    if wrong == "policy":
        (share / "policies.json").write_text('{"exprot": false}')
    elif wrong == "link":
        (share / "policies.json").rename(share / "real.json")
        (share / "policies.json").symlink_to("real.json")
    elif wrong == "pack":
        pack = share / "loom-1.0.jasicpack"
        pack.write_bytes(pack.read_bytes().replace(b"Spinners stood", b"Spinners stand", 1))
        expected = DamagedPack
    elif wrong == "key":
        (share / "keys" / "other.pub").write_text("no key")
        expected = DamagedFault
    elif wrong == "archive not allowed":
        (share / "policies.json").write_text('{"archives_allowed": []}')
        expected = RefusedFault
    else:
        shutil.rmtree(share)
        share.mkdir()
        expected = NotFoundFault
    with pytest.raises(expected):
        apply(share, machine)
    assert below(machine.machine, machine.system / "packs") == {}
    assert [entry.name for entry in archives.archives(machine)] == ["mill"]


@pytest.mark.parametrize("first", [True, False])
def test_what_was_done_is_taken_back_where_a_later_step_fails(
    machine: Places, share: Path, built: Path, monkeypatch: pytest.MonkeyPatch, first: bool
) -> None:
    if not first:
        apply(share, machine)
    before = below(machine.machine, machine.system / "packs")
    memory = machine.system / "library.json"
    remembered = memory.read_bytes() if memory.exists() else None
    (share / "loom-1.0.jasicpack").unlink()
    shutil.copy(built / "loom-1.1.jasicpack", share)
    (share / "keys" / "editors.pub").write_bytes(write_public_key(new_key().public_key))
    (share / "policies.json").write_text(json.dumps({"print": False}))
    lay = fleet._lay

    def fail(target: Path, *rest: object) -> object:
        if target.name == "policies.json":
            raise OSError(28, "No space left on device")
        return lay(target, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(fleet, "_lay", fail)
    with pytest.raises(OSError, match="No space"):
        apply(share, machine)
    assert below(machine.machine, machine.system / "packs") == before
    assert (memory.read_bytes() if memory.exists() else None) == remembered


def test_a_folder_that_others_can_write_to_takes_no_policy(machine: Places, share: Path) -> None:
    machine.machine.mkdir(parents=True)
    machine.machine.chmod(0o777)
    with pytest.raises(Fault, match="others than an administrator"):
        apply(share, machine)
    assert below(machine.machine, machine.system / "packs") == {}


def test_reports_tell_which_machine_holds_what(machine: Places, share: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    apply(share, machine)
    places = replace(machine, policy=policy_in_force(machine.machine))
    own = report(places, NOON)
    assert {(held.name, held.whose, held.in_use) for held in own.archives} == {
        ("loom", "system", True),
        ("mill", "program", False),
    }
    assert own.policy_good
    assert len(own.policy) == 64
    for name in ("desk-1", "desk-2", "desk/3 阅"):
        write(replace_struct(own, machine=name), reports)
    other = replace_struct(own, machine="desk-4", policy="", archives=own.archives[1:])
    write(other, reports)
    write(replace_struct(own, machine="desk-5", policy_good=False), reports)
    write(replace_struct(other, machine="desk-4"), reports)  # again: one file for each machine
    (reports / "broken.machine.json").write_text("{}")
    (reports / "link.machine.json").symlink_to("desk-1.machine.json")
    found, faults = read(reports)
    assert [made.machine for made in found] == ["desk-1", "desk-2", "desk-4", "desk-5", "desk/3 阅"]
    assert len(faults) == 2
    assert {line.report.machine: line.differs for line in compare(found)} == {
        "desk-1": (),
        "desk-2": (),
        "desk-4": ("archives", "policy"),
        "desk-5": ("policy",),
        "desk/3 阅": (),
    }


def test_a_report_with_a_look_at_every_byte_finds_damage(machine: Places, share: Path) -> None:
    apply(share, machine)
    pack = next((machine.system / "packs").iterdir())
    media = sorted(path for path in pack.rglob("*.jsonl"))[0]
    assert {held.state for held in report(machine, NOON, look=True).archives} == {"complete"}
    media.write_bytes(media.read_bytes().replace(b"stood", b"stand", 1))
    states = {held.name: held.state for held in report(machine, NOON, look=True).archives}
    assert states["loom"] == "damaged"
    with pytest.raises(NotFoundFault):
        read(machine.machine)


def replace_struct(made, **values):
    import msgspec

    return msgspec.structs.replace(made, **values)
