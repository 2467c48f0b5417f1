"""LibreOffice as a judge of what was written, where it is installed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def converted(data: bytes, extension: str, to: str, folder: Path, read_as: str | None = None) -> str:
    """A file as LibreOffice converts it to text; `to` and `read_as` name filters. Skips where it is not installed."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed (libreoffice-writer, libreoffice-calc)")
    source = folder / f"file.{extension}"
    source.write_bytes(data)
    out = folder / "out"
    run = subprocess.run(
        [
            *(SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"),
            *([f"--infilter={read_as}"] if read_as else []),
            *("--convert-to", to, "--outdir", str(out), str(source)),
        ],
        env={**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"},
        capture_output=True,
        text=True,
        timeout=180,
    )
    made = list(out.glob("*")) if out.exists() else []
    assert made, run.stdout + run.stderr
    return "".join(path.read_text("utf-8-sig") for path in sorted(made))
