"""A reading room opens only with the program that was installed: a small installed tree, and what is done to it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jasic_desktop.app import keeper, own_program
from jasic_desktop.app.keeper import Keeper
from jasic_desktop.app.own_program import Installed, differences, installed, require_unchanged
from jasic_desktop.app.selftest import _program
from jasic_desktop.cli import main
from jasic_desktop.core import ownership
from jasic_desktop.core.errors import ExitCode, RefusedFault
from jasic_desktop.core.languages import LANGUAGES

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="modes are those of POSIX; test_windows.py asks Windows"
)

FILES = (
    "jasic-desktop",
    "jasic-desktop.bin",
    "program/libpython3.11.so.1.0",
    "program/resources/en 佳士.toml",
    "README.txt",
)
SOMEBODY = 54321


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The program file of a small installed program, with its list."""
    folder = tmp_path / "jasic desktop é"
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode() * 100)
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in FILES]
    (folder / "FILES.sha256").write_text("".join(lines), encoding="utf-8")
    return folder / "jasic-desktop.bin"


@pytest.fixture
def own(program: Path, monkeypatch: pytest.MonkeyPatch) -> Installed:
    """The same, as the program that runs; who runs it is neither who installed it nor an administrator."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setattr(ownership, "own_number", lambda: SOMEBODY)
    monkeypatch.setattr(ownership.os, "access", lambda *_: False)
    found = installed()
    assert found is not None
    return found


def refusal(own: Installed, sums: tuple[str, ...] | None = None) -> RefusedFault:
    with pytest.raises(RefusedFault) as told:
        require_unchanged(own, sums, "/etc/jasic-desktop/policies.json")
    return told.value


def test_the_program_that_was_installed_is_let_through(own: Installed) -> None:
    digest = hashlib.sha256(own.listed.read_bytes()).hexdigest()
    for beside in ("portable", "uninstall.sh", "installed-files.txt", "share/man/x.1", "data/settings.json"):
        (own.folder / beside).parent.mkdir(parents=True, exist_ok=True)
        (own.folder / beside).touch()
    for sums in (None, (digest,), ("0" * 64, digest)):
        require_unchanged(own, sums, "")
    assert differences(own) == (len(FILES), [])


def _same_size_and_hour(path: Path) -> None:
    status = path.stat()
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


CHANGES: dict[str, tuple[str, str, Callable[[Path], object]]] = {
    "changed": ("changed", FILES[2], _same_size_and_hour),
    "cut off": ("changed", FILES[1], lambda path: path.write_bytes(b"")),
    "a link to the same bytes": ("changed", FILES[0], _link),
    "a folder in its place": ("changed", FILES[3], lambda path: (path.unlink(), path.mkdir())),
    "missing": ("missing", FILES[3], Path.unlink),
    "a module more": ("strange", "program/brotli.py", Path.touch),
    "a plug-in more": ("strange", "styles/libother.so", lambda path: (path.parent.mkdir(), path.touch())),
    "a library beside": ("strange", "version.dll", Path.touch),
    "a link more": ("strange", "program/more", lambda path: path.symlink_to("/")),
    "no list": ("no_list", "FILES.sha256", Path.unlink),
    "a list that is none": ("no_list", "FILES.sha256", lambda path: path.write_bytes(b"\xff\xfe\n")),
    "an empty list": ("no_list", "FILES.sha256", lambda path: path.write_bytes(b"")),
    "a list that leads out": ("no_list", "FILES.sha256", lambda path: path.write_text("0" * 64 + "  ../x\n")),
    "everybody may write": ("writable", FILES[1], lambda path: path.chmod(0o646)),
    "everybody may add": ("writable", "program", lambda path: path.chmod(0o757)),
    "everybody may write the list": ("writable", "FILES.sha256", lambda path: path.chmod(0o666)),
    "it is one's own": ("writable", FILES[1], lambda path: os.chown(path, SOMEBODY, -1)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_otherwise_is_told_in_one_sentence_with_a_code(own: Installed, name: str) -> None:
    what, place, change = CHANGES[name]
    if name == "it is one's own" and os.geteuid() != 0:
        pytest.skip("only an administrator gives files away")
    change(own.folder / place)
    fault = refusal(own)
    assert (fault.key, fault.exit_code) == (f"room.program.{what}", 5)
    for language in LANGUAGES:
        said = fault.sentence(language)
        assert str(own.folder / place) in said
        assert len(re.findall(r"[.。](?:\s|$)", said)) == 1, said


@pytest.mark.parametrize("way", ["the folder above", "a folder with a bar to renaming"])
def test_a_program_that_can_be_put_in_its_place_is_not_started(
    own: Installed, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    above = own.folder.parent
    above.chmod(0o777 if way == "the folder above" else 0o1777)
    if way == "the folder above":
        assert refusal(own).values["path"] == str(above)
        monkeypatch.setattr(Path, "is_mount", lambda path: path == own.folder)
        require_unchanged(own, None, "")
    else:
        require_unchanged(own, None, "")


def test_an_appimage_is_as_good_as_its_file(own: Installed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image = tmp_path / "x.AppImage"
    image.touch()
    image.chmod(0o757)
    monkeypatch.setenv("APPIMAGE", str(image))
    require_unchanged(own, None, "")  # a variable of some other program: this folder is no image

    class ReadOnly:
        f_flag = os.ST_RDONLY

    monkeypatch.setattr(own_program.os, "statvfs", lambda _: ReadOnly)
    assert refusal(own).values["path"] == str(image)


def test_a_policy_says_which_builds_count(own: Installed) -> None:
    digest = hashlib.sha256(own.listed.read_bytes()).hexdigest()
    fault = refusal(own, ("0" * 64,))
    assert fault.key == "room.program.not_allowed"
    assert all(digest in fault.sentence(language) for language in LANGUAGES)
    # Whoever changes a file and writes its new sum into the list is told apart by that alone.
    _same_size_and_hour(own.folder / FILES[1])
    changed = hashlib.sha256((own.folder / FILES[1]).read_bytes()).hexdigest()
    listed = own.listed.read_text(encoding="utf-8")
    own.listed.write_text(re.sub(f"[0-9a-f]{{64}}  {re.escape(FILES[1])}\n", f"{changed}  {FILES[1]}\n", listed))
    require_unchanged(own, None, "")
    assert refusal(own, (digest,)).key == "room.program.not_allowed"


def test_an_application_of_macos_has_its_list_within_its_seal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contents = tmp_path / "Jasic Desktop.app" / "Contents"
    files = ("Frameworks/libx.dylib", "Resources/resources/x.toml", "Info.plist")
    for name in (*files, "MacOS/jasic-desktop", "_CodeSignature/CodeResources"):
        (contents / name).parent.mkdir(parents=True, exist_ok=True)
        (contents / name).write_text(name)
    (contents / "Frameworks" / "resources").symlink_to("../Resources/resources")
    lines = [f"{hashlib.sha256(name.encode()).hexdigest()}  {name}\n" for name in files]
    (contents / "Resources" / "FILES.sha256").write_text("".join(lines))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(contents / "MacOS" / "jasic-desktop"))
    own = installed()
    assert own is not None
    assert differences(own) == (3, [])
    (contents / "MacOS" / "other").touch()
    (contents / "Frameworks" / "out").symlink_to("/usr")
    assert sorted(Path(str(fault.values["path"])).name for fault in differences(own)[1]) == ["other", "out"]


def test_the_self_test_names_what_was_changed(own: Installed) -> None:
    assert _program(None) == (True, f"{len(FILES)} files")  # type: ignore[arg-type]
    (own.folder / FILES[2]).unlink()
    passed, detail = _program(None)  # type: ignore[arg-type]
    assert not passed and detail.endswith(FILES[2])


# ------------------------------------------------------------------------------------------------- the room itself


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The sessions that a keeper opened, none of which is one."""
    sessions: list[object] = []

    def session(folder: Path, words: list[str]) -> list[str]:
        sessions.append(words)
        return [real, "-c", ""]

    real = sys.executable
    monkeypatch.setattr(keeper, "own_session", session)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return sessions


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_window_opens_with_a_changed_program(
    opened: list[object], own: Installed, capsys: pytest.CaptureFixture[str], tmp_path: Path, language: str
) -> None:
    (own.folder / FILES[1]).write_bytes(b"?")
    for more in ((), ("--screenshot", str(tmp_path / "x.png"))):
        assert main(["--kiosk", "--profile", str(tmp_path / "home"), "--lang", language, *more]) == ExitCode.REFUSED
        said = capsys.readouterr().err
        assert said.count("\n") == 1 and str(own.folder / FILES[1]) in said
    assert opened == [] and not (tmp_path / "x.png").exists() and not (tmp_path / "home").exists()


def test_a_change_between_two_readers_closes_the_room(opened: list[object], own: Installed) -> None:
    def check() -> None:
        if len(opened) == 2:
            shutil.rmtree(own.folder / "program")
        require_unchanged(own, None, "")

    with pytest.raises(RefusedFault, match="missing"):
        Keeper([], [], lambda *_: None, check).run()
    assert len(opened) == 2


def test_a_normal_start_looks_at_no_list(own: Installed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shutil.rmtree(own.folder)
    monkeypatch.setattr(own_program, "_stated", None)
    assert main(["--profile", str(tmp_path / "home"), "archive", "list"]) == ExitCode.DONE


def test_from_the_source_it_says_that_there_is_no_list(
    opened: list[object], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert installed() is None
    assert _program(None)[0]  # type: ignore[arg-type]
    ran = Keeper.run
    monkeypatch.setattr(Keeper, "run", lambda self, **options: ran(self, **options, once=True))
    assert main(["--kiosk", "--profile", str(tmp_path / "home"), "--lang", "en"]) == ExitCode.DONE
    assert len(opened) == 1
    assert "has no list of its files" in capsys.readouterr().err
