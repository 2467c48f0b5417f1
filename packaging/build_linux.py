"""The Linux packages made of a bundle: a tar archive, a Debian package, a file that installs itself."""

from __future__ import annotations

import gzip
import hashlib
import lzma
import shutil
import tarfile
import textwrap
from email.utils import formatdate
from pathlib import Path

from build_bundle import Bundle, tool_variables
from build_share import LINUX, PROGRAM, write_share
from build_tree import copy, entries, files, settle, write
from dev import Stop, quietly, reason, say

TITLE = "Jasic Desktop"
ARCHITECTURE = "x86_64"
MAINTAINER = "The Jasic Desktop authors <jasic-desktop@localhost>"
_SUMMARY = "archive browser that searches and cites without a network"
_DESCRIPTION = """
An archive browser for one historical archive at a time. It searches in English, Chinese characters and pinyin; shows
who said what, where accounts differ and how certain a statement is; puts events in order; and lets records leave with
their sources.
.
The archive that comes with it is about the Jasic Workers Solidarity Group and the labour dispute of 2018 at Jasic
Technology in Shenzhen. Its index comes with it too: the first start is as quick as any other.
"""
_COPYRIGHT = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Jasic Desktop
Comment: The texts of all licences, those of the libraries and fonts included, are in
 /usr/lib/jasic-desktop/licences.

Files: *
Copyright: 2026 The Jasic Desktop authors
License: Expat

Files: usr/lib/jasic-desktop/program/pack/* usr/lib/jasic-desktop/program/derived/*
Copyright: 2026 The Jasic Desktop authors
License: CC-BY-4.0

License: Expat
 See /usr/lib/jasic-desktop/licences/LICENSE.txt

License: CC-BY-4.0
 See /usr/lib/jasic-desktop/licences/LICENSE.txt
"""


def make_tar(bundle: Bundle, work: Path, out: Path, version: str, time: int) -> Path:
    """The bundle with what a desktop is told of it, as a tar archive packed with xz."""
    packed = _packed(bundle, work, version, time)
    part = out / f"{packed.name}.part"
    shutil.copyfile(packed, part)
    return part.rename(out / packed.name)


def _packed(bundle: Bundle, work: Path, version: str, time: int) -> Path:
    """The tar archive below `work`, where it is packed once."""
    name = f"{PROGRAM}-{version}-linux-{ARCHITECTURE}"
    target = work / f"{name}.tar.xz"
    if target.exists():
        return target
    say(f"Packing {target.name}…")
    tree = work / "tar" / name
    shutil.copytree(bundle.folder, tree)
    write_share(tree / "share", bundle.folder, version, time)
    copy(LINUX / "uninstall.sh", tree / "uninstall.sh")
    settle(tree, time)
    part = target.with_suffix(".part")
    with (
        lzma.open(part, "wb", preset=6) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):
        for path in (tree, *entries(tree)):
            entry = tar.gettarinfo(path, path.relative_to(tree.parent).as_posix())
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = "root"
            entry.mtime = time
            if entry.isreg():
                with path.open("rb") as file:
                    tar.addfile(entry, file)
            else:
                tar.addfile(entry)
    part.rename(target)
    return target


def make_run(bundle: Bundle, work: Path, out: Path, version: str, time: int) -> Path:
    """A shell script with the tar archive behind it, which installs it."""
    payload = _packed(bundle, work, version, time).read_bytes()
    target = out / f"{PROGRAM}-{version}-linux-{ARCHITECTURE}.run"
    say(f"Writing {target.name}…")
    text = (LINUX / "installer.sh").read_text(encoding="utf-8")
    for key, value in (("TITLE", TITLE), ("VERSION", version), ("PROGRAM", PROGRAM)):
        text = text.replace(f"@{key}@", value)
    text = text.replace("@DIGEST@", hashlib.sha256(payload).hexdigest())
    # The offset counts its own digits, so its width is fixed.
    text = text.replace("@OFFSET@", f"{len(text.replace('@OFFSET@', '0' * 8).encode()) + 1:08d}")
    part = target.with_suffix(".part")
    part.write_bytes(text.encode() + payload)
    part.chmod(0o755)
    part.rename(target)
    return target


def make_deb(bundle: Bundle, work: Path, out: Path, version: str, time: int) -> Path:
    """A Debian package."""
    target = out / f"{PROGRAM}_{version}_amd64.deb"
    say(f"Packing {target.name}…")
    tree = work / "deb"
    shutil.copytree(bundle.folder, tree / "usr" / "lib" / PROGRAM, ignore=shutil.ignore_patterns("README.txt"))
    _relist(tree / "usr" / "lib" / PROGRAM)
    write_share(tree / "usr" / "share", bundle.folder, version, time)
    write(tree / "usr" / "share" / "doc" / PROGRAM / "copyright", _COPYRIGHT)
    _for_policy(tree / "usr" / "share", version, time)
    (tree / "usr" / "bin").mkdir()
    (tree / "usr" / "bin" / PROGRAM).symlink_to(f"../lib/{PROGRAM}/{PROGRAM}")
    size = sum(path.stat().st_size for path in files(tree))
    _control(tree, version, bundle, size)
    write(tree / "DEBIAN" / "postrm", (LINUX / "postrm.sh").read_text("utf-8"), executable=True)
    settle(tree, time)
    part = target.with_suffix(".part")
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--threads-max=1", "--build", str(tree), str(part)]
    output, code = quietly(command, **tool_variables(time))
    if code:
        raise Stop(reason(output, "The Debian package could not be built"))
    part.rename(target)
    return target


def _for_policy(share: Path, version: str, time: int) -> None:
    """What Debian's policy asks for beside: the manual packed, a changelog, and what its checker need not say."""
    manual = share / "man" / "man1" / f"{PROGRAM}.1"
    date = formatdate(time).replace("-0000", "+0000")
    new = f"Version {version}: CHANGELOG.md of the sources tells what is new."
    log = f"{PROGRAM} ({version}) unstable; urgency=medium\n\n  * {new}\n\n -- {MAINTAINER}  {date}\n"
    for path, data in ((manual, manual.read_bytes()), (share / "doc" / PROGRAM / "changelog", log.encode())):
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(data, 9, mtime=0))
    manual.unlink()
    copy(LINUX / "lintian-overrides", share / "lintian" / "overrides" / PROGRAM)


def _relist(folder: Path) -> None:
    """The list of files without the one that is left out of a Debian package."""
    listed = (folder / "FILES.sha256").read_text(encoding="utf-8").splitlines(keepends=True)
    write(folder / "FILES.sha256", "".join(line for line in listed if not line.endswith("  README.txt\n")))


def _control(tree: Path, version: str, bundle: Bundle, size: int) -> None:
    recommends = f"Recommends: {', '.join(bundle.recommends)}\n" if bundle.recommends else ""
    description = "\n".join(
        f" {line}" for text in _DESCRIPTION.strip().split("\n.\n") for line in (*textwrap.wrap(text, 78), ".")
    ).removesuffix("\n .")
    write(
        tree / "DEBIAN" / "control",
        f"Package: {PROGRAM}\nVersion: {version}\nArchitecture: amd64\nMaintainer: {MAINTAINER}\n"
        f"Installed-Size: {-(-size // 1024)}\nDepends: {', '.join(bundle.depends)}\n{recommends}"
        f"Suggests: hicolor-icon-theme, shared-mime-info\n"
        f"Section: education\nPriority: optional\nDescription: {_SUMMARY}\n{description}\n",
    )
    lines = []
    for path in files(tree):
        name = path.relative_to(tree).as_posix()
        if not name.startswith("DEBIAN/"):
            with path.open("rb") as file:
                lines.append(f"{hashlib.file_digest(file, 'md5').hexdigest()}  {name}\n")
    write(tree / "DEBIAN" / "md5sums", "".join(lines))
