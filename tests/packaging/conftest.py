"""The start script as a module, laid over a small checkout of its own; the parts of the build, and a small bundle."""

import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a lock and a program that says what it was given."""
    folder = tmp_path / "check out 岳"
    (folder / "jasic_desktop").mkdir(parents=True)
    (folder / "jasic_desktop" / "__main__.py").write_text(
        "import json, os, sys\n"
        "print(json.dumps([sys.argv[1:], os.getcwd()]))\n"
        "sys.exit(4 if 'four' in sys.argv else 0)\n"
    )
    (folder / "requirements.lock").write_text("whoosh3==3.54.0 --hash=sha256:00\n")
    return folder


@pytest.fixture
def dev(root: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """packaging/dev.py, which takes `checkout` for its own."""
    spec = importlib.util.spec_from_file_location("dev_under_test", root / "packaging" / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    for name, path in (("ROOT", ""), ("VENV", ".venv"), ("LOCK", "requirements.lock")):
        monkeypatch.setattr(module, name, checkout / path)
    return module


@pytest.fixture
def part(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], ModuleType]]:
    """Loads a module of packaging/ by its name, and forgets it afterwards."""
    monkeypatch.syspath_prepend(str(root / "packaging"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    before = set(sys.modules)
    yield importlib.import_module
    for name in set(sys.modules) - before:
        if name.startswith("build_") or name in ("dev", "build"):
            del sys.modules[name]


@pytest.fixture
def small(part: Callable[[str], ModuleType], tmp_path: Path) -> Callable[[str], object]:
    """Makes a bundle of a few files in a folder of its own: a starter that tells of itself, and something to read."""

    def make(name: str) -> object:
        folder = tmp_path / name / "bundle"
        (folder / "program" / "in").mkdir(parents=True)
        (folder / "program" / "in" / "岳 é").write_text("x")
        (folder / "licences").mkdir()
        (folder / "licences" / "LICENSE.txt").write_text("as you like\n")
        starter = folder / "jasic-desktop"
        starter.write_text("#!/bin/sh\necho 'usage: jasic-desktop'\necho\necho 'Reads an archive.'\n")
        starter.chmod(0o755)
        (folder / "FILES.sha256").touch()
        part("build_tree").settle(folder, 1_000_000_000)
        return part("build_bundle").Bundle(folder, (), (), "", folder / "FILES.sha256")

    return make
