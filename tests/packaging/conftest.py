"""The start script as a module, laid over a small checkout of its own."""

import importlib.util
import sys
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
