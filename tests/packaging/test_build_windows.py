"""The build for Windows: what is locked, what stays, what is asked of the system, how the installer lists its files."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

COMPILER = shutil.which("x86_64-w64-mingw32-gcc")
compiled = pytest.mark.skipif(
    not (COMPILER and shutil.which("objdump")), reason="gcc-mingw-w64-x86-64 and binutils are not installed"
)
packed = pytest.mark.skipif(shutil.which("makensis") is None, reason="nsis is not installed")


def pins(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    found = [Requirement(line.split(" --hash")[0]) for line in lines]
    return {canonicalize_name(pin.name): str(pin.specifier) for pin in found}


# ------------------------------------------------------------------------------------------------------------ the locks


def test_windows_gets_the_libraries_of_the_program_in_the_same_versions(root: Path) -> None:
    windows = pins(root / "packaging" / "windows" / "requirements.lock")
    program = pins(root / "requirements.lock")
    assert {name: version for name, version in windows.items() if program.get(name, version) != version} == {}
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {canonicalize_name(Requirement(line).name) for line in project["dependencies"]} <= windows.keys()


@pytest.mark.parametrize("name", ["requirements.lock", "python.lock"])
def test_every_file_is_checked_by_its_hash_and_no_place_is_named(root: Path, name: str) -> None:
    text = (root / "packaging" / "windows" / name).read_text(encoding="utf-8")
    entries = re.findall(r"^[a-z0-9-]+==[^ ;]+ \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", text, re.MULTILINE)
    assert "".join(entries) == text


# -------------------------------------------------------------------------------------------------------- the keep-list


def test_the_list_keeps_no_network_no_tools_and_no_part_twice(part, root: Path) -> None:
    real = part("build_keep").Keep.read(root / "packaging" / "windows" / "keep.toml")
    patterns = [pattern for each in real.parts for pattern in each.files]
    assert len(patterns) == len(set(patterns))
    for name in (
        *("_ssl.pyd", "libssl-3.dll", "python.exe", "pythonw.exe"),
        *("PySide6/Qt6Network.dll", "PySide6/QtNetwork.pyd", "PySide6/opengl32sw.dll", "PySide6/designer.exe"),
        *("PySide6/plugins/tls/qschannelbackend.dll", "opencc/clib/bin/opencc.exe"),
    ):
        assert real.part(name) is None, name
    assert real.part("PySide6/plugins/platforms/qwindows.dll") == "Qt"
    assert real.part("jasic_desktop/core/paths.pyc") == "program"


# -------------------------------------------------------------------------------------------------------- the launchers


@pytest.fixture
def launcher(root: Path, tmp_path: Path) -> Path:
    """The launcher for a console, without icon and version."""
    made = tmp_path / "launcher.exe"
    source = root / "packaging" / "windows" / "launcher.c"
    words = ["-municode", "-std=c11", "-Os", "-Wall", "-Wextra", "-Werror", "-Wl,--no-insert-timestamp"]
    subprocess.run([COMPILER, *words, str(source), "-o", str(made)], check=True)
    return made


@compiled
def test_the_launcher_asks_for_nothing_that_could_lie_beside_it(part, launcher: Path) -> None:
    pe = part("build_windows_pe")
    assert pe.is_pe(launcher)
    assert pe.imports(launcher) == ["kernel32.dll", "msvcrt.dll"]


@compiled
def test_what_neither_the_bundle_nor_windows_has_is_told(part, launcher: Path, tmp_path: Path) -> None:
    pe = part("build_windows_pe")
    (tmp_path / "text").write_text("no program")
    found = sorted(tmp_path.iterdir())
    assert pe.lacking(found, ["KERNEL32.dll"]) == {"msvcrt.dll": "launcher.exe"}
    assert pe.lacking(found, ["kernel32.dll", "msvcrt.dll"]) == {}


def test_a_version_is_four_numbers_for_windows(part) -> None:
    tree = part("build_windows_tree")
    assert tree.numbers("0.1.0") == ["0", "1", "0", "0"]
    assert tree.numbers("12.3.4+local.5") == ["12", "3", "4", "0"]


# -------------------------------------------------------------------------------------------------------- the installer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bundle of two files."""
    folder = tmp_path / "a" / "bundle"
    (folder / "program" / "in").mkdir(parents=True)
    (folder / "licences").mkdir()
    (folder / "licences" / "LICENSE.txt").write_text("as you like\n")
    (folder / "program" / "in" / "岳 é").write_text("x")
    return folder


def test_the_uninstaller_removes_each_file_by_its_name_and_folders_from_within(part, folder: Path) -> None:
    text = part("build_windows_setup").file_list(folder)
    macros = dict(re.findall(r"!macro (\w+)\n(.*?)!macroend\n", text, re.DOTALL))
    assert list(macros) == ["MAKE_FOLDERS", "UNPACK_FILES", "PLACE_ALL", "REMOVE_FILES", "REMOVE_FOLDERS"]
    assert 'Delete "$INSTDIR\\program\\in\\岳 é"' in macros["REMOVE_FILES"]
    assert macros["REMOVE_FOLDERS"].splitlines() == [
        'RMDir "$INSTDIR\\program\\in"',
        'RMDir "$INSTDIR\\program"',
        'RMDir "$INSTDIR\\licences"',
    ]
    assert "/r" not in text


def test_nothing_is_written_in_its_place_before_all_is_unpacked_beside_it(part, folder: Path, root: Path) -> None:
    text = part("build_windows_setup").file_list(folder)
    macros = dict(re.findall(r"!macro (\w+)\n(.*?)!macroend\n", text, re.DOTALL))
    assert "$INSTDIR" not in macros["MAKE_FOLDERS"] + macros["UNPACK_FILES"]
    assert macros["PLACE_ALL"].splitlines() == [
        f'!insertmacro putInPlace "{path.name}"' for path in sorted(folder.iterdir())
    ]
    script = (root / "packaging" / "windows" / "setup.nsi").read_text(encoding="utf-8")
    order = [
        "!insertmacro UNPACK_FILES",
        'ExecWait \'"$INSTDIR\\uninstall.exe"',
        "!insertmacro PLACE_ALL",
        "WriteRegStr",
    ]
    assert sorted(order, key=script.index) == order


def test_modules_are_compiled_the_same_in_every_folder(part, tmp_path: Path) -> None:
    """A single letter that is the name of a folder is interned, and what is compiled would tell of it."""
    made = []
    for name in ("a", "é"):
        folder = tmp_path / name / "x"
        folder.mkdir(parents=True)
        (folder / "letters.py").write_text("letters = {'é': 'è', '/': '-'}\n", encoding="utf-8")
        sitecustomize = tmp_path / name / "sitecustomize.py"
        sitecustomize.write_text(f"import sys\nsys.intern({name!r})\n", encoding="utf-8")
        variables = {"PYTHONPATH": str(sitecustomize.parent), "SOURCE_DATE_EPOCH": "1000000000"}
        part("build_windows_tree")._compile(folder, Path(sys.executable), variables)
        assert [path.name for path in folder.iterdir()] == ["letters.pyc"]
        made.append((folder / "letters.pyc").read_bytes())
    assert made[0] == made[1]


def test_a_name_that_cannot_be_quoted_stops_the_build(part, folder: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no such names")
    setup = part("build_windows_setup")
    for name in ('a"b', "cost$1"):
        (folder / name).touch()
        with pytest.raises(part("dev").Stop, match="installer for Windows"):
            setup.file_list(folder)
        (folder / name).unlink()


@packed
@pytest.mark.skipif(sys.platform != "linux", reason="the installer is packed on Linux")
def test_two_folders_give_the_same_installer(part, root: Path, folder: Path, tmp_path: Path) -> None:
    setup = part("build_windows_setup")
    bundle, tree = part("build_bundle").Bundle, part("build_tree")
    icon = b"\0\0\1\0\1\0\1\1\0\0\1\0\x20\0\x30\0\0\0\x16\0\0\0" + b"\x28\0\0\0\1\0\0\0\2\0\0\0\1\0\x20\0" + b"\0" * 32
    made = []
    for name in ("one", "another folder"):
        copy = tmp_path / name / "bundle"
        shutil.copytree(folder, copy)
        tree.settle(copy, 1_000_000_000)
        drawn = tmp_path / name / "windows" / "launchers" / "jasic-desktop.ico"
        drawn.parent.mkdir(parents=True)
        drawn.write_bytes(icon)
        done = setup.make_setup(
            bundle(copy, (), (), "", copy / "FILES.sha256"), tmp_path / name, tmp_path / name, "1.2", 1_000_000_000
        )
        made.append(done)
    assert [path.name for path in made] == ["jasic-desktop-1.2-windows-x86_64-setup.exe"] * 2
    assert made[0].read_bytes() == made[1].read_bytes()


def test_the_page_and_the_script_know_the_same_switches(root: Path) -> None:
    page = (root / "packaging" / "README.md").read_text(encoding="utf-8")
    script = (root / "packaging" / "windows" / "setup.nsi").read_text(encoding="utf-8")
    lines = [line for line in page.splitlines() if line.startswith("    jasic-desktop-VERSION-windows")]
    told = {word for line in lines for word in re.findall(r" /([A-Za-z]+)", line)}
    assert told == {"S", "D", "AllUsers", "CurrentUser"}
    assert all(f'"/{word}"' in script for word in told - {"S", "D"})  # NSIS itself knows these two


def test_each_sentence_of_the_installer_is_there_in_three_languages(root: Path) -> None:
    script = (root / "packaging" / "windows" / "setup.nsi").read_text(encoding="utf-8")
    said = re.findall(r"^LangString (\w+) \$\{LANG_(\w+)\} ", script, re.MULTILINE)
    names = {name for name, _ in said}
    assert sorted(said) == sorted((name, lang) for name in names for lang in ("ENGLISH", "SIMPCHINESE", "TRADCHINESE"))
    assert names >= set(re.findall(r"\$\(([A-Z_]+)\)", script))
