"""Which archives a policy lets in: by name, edition, fingerprint and maker; what came with the program always is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jasic_desktop.app import archives, context
from jasic_desktop.app.context import open_archive, rebuild
from jasic_desktop.app.maker import standing_of
from jasic_desktop.core.errors import ExitCode, RefusedFault
from jasic_desktop.core.paths import Places
from jasic_desktop.packs.bag import open_pack
from jasic_desktop.packs.minisign import new_key, write_public_key, written
from jasic_desktop.packs.signing import sign_pack
from jasic_desktop.packs.trust import trusted_keys
from tests.helpers.archives import make_source
from tests.helpers.editions import make_edition
from tests.helpers.policies import laid_down


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source to be the bundled one, two editions of another archive, and a third one that is signed."""
    folder = tmp_path_factory.mktemp("built")
    make_source(folder / "bundled")
    make_edition(folder, archive_id="loom")
    make_edition(folder, "1.1", 2, archive_id="loom")
    make_edition(folder, archive_id="wheel")
    return folder


@pytest.fixture
def places(tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setattr(context, "bundled_archive", lambda: built / "bundled")
    return replace(Places.of(tmp_path / "profile"), system=tmp_path / "system")


def under(places: Places, **values: object) -> Places:
    return replace(places, policy=laid_down(**values))


def fingerprint(path: Path) -> str:
    with open_pack(path) as pack:
        return pack.fingerprint


def is_open(path: Path, places: Places) -> bool:
    """Whether a pack may be opened where it stands, and installed: both or neither."""
    try:
        with open_archive(str(path), places):
            pass
    except RefusedFault as fault:
        assert fault.exit_code == ExitCode.REFUSED
        for work in (lambda: rebuild(str(path), places).close(), lambda: archives.install(path, places, force=True)):
            with pytest.raises(RefusedFault):
                work()
        return False
    return True


def test_an_archive_is_allowed_by_name_edition_or_fingerprint(places: Places, built: Path) -> None:
    loom, second, wheel = (built / name for name in ("loom-1.0", "loom-1.1", "wheel-1.0"))
    for allowed, opened in (
        (["loom"], (True, True, False)),
        (["loom@1.0"], (True, False, False)),
        ([fingerprint(second)[:16]], (False, True, False)),
        ([fingerprint(wheel), "loom@1.1"], (False, True, True)),
        ([], (False, False, False)),
    ):
        policed = under(places, archives_allowed=allowed)
        assert tuple(is_open(path, policed) for path in (loom, second, wheel)) == opened, allowed


def test_what_came_with_the_program_always_opens(places: Places, built: Path) -> None:
    for values in ({"archives_allowed": []}, {"pack_states": []}, {"downgrade": False}):
        for selector in (None, "mill", str(built / "bundled")):
            with open_archive(selector, under(places, **values)) as opened:
                assert opened.store.archive.id == "mill"


def test_an_archive_in_use_that_is_allowed_no_more_makes_room_for_the_programs_own(places: Places, built: Path) -> None:
    archives.install(built / "loom-1.0", places)
    archives.use("loom", places)
    policed = under(places, archives_allowed=["wheel"])
    with open_archive(None, policed) as opened:
        assert opened.store.archive.id == "mill"
        assert [note.key for note in opened.notes] == ["policy.archive"]
    for work in (lambda: open_archive("loom", policed), lambda: archives.use("loom", policed)):
        with pytest.raises(RefusedFault, match="loom"):
            work()
    with open_archive(None, places) as opened:
        assert opened.store.archive.id == "loom"


def test_a_source_is_never_signed_and_goes_by_its_name(places: Places, tmp_path: Path) -> None:
    other = make_source(tmp_path / "other")
    with open_archive(str(other), under(places, archives_allowed=["mill"])) as opened:
        assert opened.store.archive.id == "mill"
    for values in ({"archives_allowed": ["loom"]}, {"pack_states": ["signed"]}):
        with pytest.raises(RefusedFault):
            open_archive(str(other), under(places, **values))


def test_no_older_edition_takes_the_place_of_a_newer_one(places: Places, built: Path) -> None:
    archives.install(built / "loom-1.0", places)
    archives.install(built / "loom-1.1", places)
    policed = under(places, downgrade=False)
    archives.use("loom@1.1", policed)
    with pytest.raises(RefusedFault, match=r"1\.0"):
        archives.use("loom@1.0", policed)
    archives.remove("loom@1.0", places)
    for work in (
        lambda: archives.install(built / "loom-1.0", policed, force=True),
        lambda: open_archive(str(built / "loom-1.0"), policed),
    ):
        with pytest.raises(RefusedFault, match=r"1\.1"):
            work()
    assert archives.install(built / "loom-1.0", places, force=True).entry.name == "loom@1.0"


def test_only_the_keys_of_the_policy_count(places: Places, built: Path, tmp_path: Path) -> None:
    ours, theirs = new_key(), new_key()
    pack = make_edition(tmp_path, archive_id="wheel")
    sign_pack(pack, ours)
    keys = places.config / "keys"
    keys.mkdir(parents=True)
    keys.chmod(0o700)
    for name, key in (("ours", ours), ("theirs", theirs)):
        (keys / f"{name}.pub").write_bytes(write_public_key(key.public_key))
    for trusted, expected in (
        (None, "verified"),
        ([written(ours.public_key)], "verified"),
        ([written(theirs.public_key)], "complete"),
        ([], "complete"),
    ):
        policed = places if trusted is None else under(places, trusted_keys=trusted)
        assert standing_of(pack, fingerprint(pack), policed).state == expected
        assert len(trusted_keys(policed).keys) == (2 if trusted is None else len(trusted))
        signed_only = {"pack_states": ["signed"], **({} if trusted is None else {"trusted_keys": trusted})}
        assert is_open(pack, under(places, **signed_only)) is (expected == "verified")
    assert not is_open(built / "loom-1.0", under(places, pack_states=["signed"]))
    assert not is_open(pack, under(places, pack_states=["unsigned"]))
