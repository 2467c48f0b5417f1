"""No name that the archive withholds stands anywhere in the project: texts, file names, the built pack."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from jasic_desktop.core.folding import fold
from tests.helpers.shared import bundled_pack

ROOT = Path(__file__).resolve().parents[2]
DIGESTS = ROOT / "tests" / "data" / "withheld-digests.txt"

_PHRASE = re.compile(r"[a-z]+(?:[\s_'’-]+[a-z]+)*")
"""Latin words that stand together; a comma, a full stop or a digit parts two names."""
_HAN = re.compile(r"[㐀-鿿]+")
_BETWEEN_HAN = re.compile(r"(?<=[㐀-鿿])[\s·・•]+(?=[㐀-鿿])")


def digest(folded: str) -> str:
    return hashlib.sha256(folded.encode()).hexdigest()


def withheld(text: str) -> frozenset[str]:
    """The digests listed in `text`, one a line; lines with # are for the reader."""
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def windows(text: str) -> Iterator[str]:
    """Every part of `text` that could be a name: 2 to 4 Han characters, 1 to 3 Latin words, folded."""
    folded = fold(unquote(text))
    for run in _HAN.findall(_BETWEEN_HAN.sub("", folded)):
        for size in (2, 3, 4):
            for start in range(len(run) - size + 1):
                yield run[start : start + size]
    for phrase in _PHRASE.findall(folded):
        bare = re.sub(r"['’]", "", phrase)
        # A hyphen may part words (an id, a file name) or the syllables of one name.
        for spelt in {bare.replace("-", " "), bare.replace("-", "")}:
            words = re.split(r"[\s_]+", spelt)
            for size in (1, 2, 3):
                for start in range(len(words) - size + 1):
                    yield " ".join(words[start : start + size])


def found(text: str, digests: frozenset[str], seen: dict[str, bool]) -> list[str]:
    """The windows of `text` that are withheld; `seen` remembers windows already asked about."""
    hits = []
    for window in set(windows(text)):
        if window not in seen:
            seen[window] = digest(window) in digests
        if seen[window]:
            hits.append(window)
    return hits


def tree() -> list[Path]:
    """The files of the project that are, or could be, committed."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        if listed.returncode == 0:
            names = [name for name in listed.stdout.decode().split("\0") if name]
            return [path for name in names if (path := ROOT / name).is_file()]
    kept = ("archive", "jasic_desktop", "packaging", "resources", "tests")
    return [
        path
        for folder in kept
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]


def texts(paths: list[Path], root: Path) -> Iterator[tuple[str, str]]:
    """Each file's name and content; what is no text is known by its name alone."""
    for path in paths:
        name = str(path.relative_to(root))
        yield name, name.replace("/", ", ")
        try:
            yield name, path.read_text("utf-8")
        except UnicodeDecodeError:
            continue


def test_no_withheld_name_in_the_project() -> None:
    digests = withheld(DIGESTS.read_text("utf-8"))
    seen: dict[str, bool] = {}
    hits = {name for name, text in texts(tree(), ROOT) if found(text, digests, seen)}
    assert hits == set(), "files that hold a withheld name"
    assert len(seen) > 10_000, "the search looked at too little"


def test_no_withheld_name_in_the_built_pack() -> None:
    pack = bundled_pack()
    digests = withheld(DIGESTS.read_text("utf-8"))
    files = [path for path in pack.rglob("*") if path.is_file()]
    seen: dict[str, bool] = {}
    assert {name for name, text in texts(files, pack) if found(text, digests, seen)} == set()
    assert len(seen) > 10_000, "the search looked at too little"


def test_digest_list_is_well_formed() -> None:
    digests = withheld(DIGESTS.read_text("utf-8"))
    assert len(digests) > 200
    assert all(re.fullmatch(r"[0-9a-f]{64}", line) for line in digests)


@pytest.mark.parametrize(
    "text",
    [
        "A worker, Ouyang Lingfei, was detained.",
        "Lingfei Ouyang was detained.",
        "Ōuyáng Língfēi",
        "OUYANG Ling-fei",
        "Ling Fei Ouyang",
        "a file named ouyang-lingfei.md",
        "ouyang_lingfei",
        "https://example.org/OuyangLingfei/",
        "records/person/ouyang-ling-fei",
        "工人欧阳灵飞被拘",
        "工人歐陽靈飛被拘",
        "工人欧阳 灵飞被拘",
        "https://example.org/%E6%AC%A7%E9%98%B3%E7%81%B5%E9%A3%9E/",
    ],
)
def test_planted_name_is_found(text: str) -> None:
    # An invented name, in the forms in which the list holds the real ones.
    invented = ["ouyang lingfei", "lingfei ouyang", "ouyang ling fei", "ling fei ouyang", "ouyanglingfei", "欧阳灵飞"]
    assert found(text, frozenset(digest(form) for form in invented), {})


def test_names_of_two_people_in_a_list_are_not_joined() -> None:
    assert not found("Yan Lingfei, Ouyang Mo and others", frozenset({digest("lingfei ouyang")}), {})


def test_planted_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "ouyang-lingfei.md").write_text("nothing here", encoding="utf-8")
    (tmp_path / "other.bin").write_bytes(b"\xff\xfe\x00")
    digests = frozenset({digest("ouyang lingfei")})
    hits = [name for name, text in texts(sorted(tmp_path.iterdir()), tmp_path) if found(text, digests, {})]
    assert hits == ["ouyang-lingfei.md"]
