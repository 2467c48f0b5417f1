"""AppImage and Flatpak: what is in them, what they are allowed, and that two builds give the same bytes."""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TIME = 1_000_000_000
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="packages for Linux are built on Linux")


def needs(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(tool) is None, reason=f"{tool} is not installed")


# ------------------------------------------------------------------------------------------------------------- AppImage


@linux_only
def test_an_appimage_starts_what_a_folder_starts_and_shows_its_icon_and_entry(part, small, tmp_path: Path) -> None:
    tree = part("build_appimage").make_tree(small("one"), tmp_path / "tree", "1.2", TIME)
    assert (tree / "AppRun").resolve() == (tree / "usr" / "lib" / "jasic-desktop" / "jasic-desktop").resolve()
    entry = (tree / "jasic-desktop.desktop").read_text(encoding="utf-8")
    assert "\nIcon=jasic-desktop\n" in entry
    assert "\nExec=jasic-desktop\n" in entry
    assert (tree / ".DirIcon").read_bytes() == (tree / "jasic-desktop.svg").read_bytes()
    done = subprocess.run([str(tree / "AppRun"), "--version"], capture_output=True, encoding="utf-8")
    assert done.stdout.startswith("usage: jasic-desktop")


@linux_only
@needs("mksquashfs")
def test_two_folders_give_the_same_payload(part, small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    appimage = part("build_appimage")
    monkeypatch.delenv(appimage.RUNTIME, raising=False)
    made = []
    for name, umask in (("one", 0o077), ("another folder", 0o002)):
        before = os.umask(umask)
        try:
            made.append(appimage.make_appimage(small(name), tmp_path / name, tmp_path / name, "1.2", TIME))
        finally:
            os.umask(before)
    assert [path.name for path in made] == ["jasic-desktop-1.2-linux-x86_64.appimage.squashfs"] * 2
    assert made[0].read_bytes() == made[1].read_bytes()
    assert made[0].read_bytes()[:4] == b"hsqs"


@linux_only
@needs("mksquashfs")
def test_only_the_runtime_of_the_lock_is_put_before_it(
    part, small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    appimage = part("build_appimage")
    runtime = tmp_path / "runtime"
    runtime.write_bytes(b"\x7fELF\x02\x01\x01\0AI\x02" + b"\0" * 100)
    monkeypatch.setenv(appimage.RUNTIME, str(runtime))
    with pytest.raises(part("dev").Stop, match=r"appimage/runtime\.lock"):
        appimage.make_appimage(small("one"), tmp_path / "one", tmp_path, "1.2", TIME)
    monkeypatch.setattr(appimage, "LOCK", tmp_path / "lock")
    (tmp_path / "lock").write_text(f"# a comment\n{part('build_tree').digest(runtime)}  runtime\n")
    made = appimage.make_appimage(small("two"), tmp_path / "two", tmp_path, "1.2", TIME)
    data = made.read_bytes()
    assert made.name == "jasic-desktop-1.2-linux-x86_64.AppImage"
    assert (data[:111], data[111:115]) == (runtime.read_bytes(), b"hsqs")
    assert os.access(made, os.X_OK)


def test_the_workflow_fetches_the_runtime_of_the_lock(root: Path) -> None:
    lock = (root / "packaging" / "appimage" / "runtime.lock").read_text(encoding="utf-8")
    workflow = (root / ".github" / "workflows" / "build.yml").read_text(encoding="utf-8")
    (release,) = [word.rstrip(",") for word in lock.split() if word.rstrip(",").isdigit()]
    assert f"/type2-runtime/releases/download/{release}/runtime-x86_64" in workflow
    assert workflow.count("JASIC_APPIMAGE_RUNTIME: ") == 2


# -------------------------------------------------------------------------------------------------------------- Flatpak


@pytest.fixture
def manifest(root: Path, part) -> Path:
    return part("build_flatpak").MANIFEST


def test_a_flatpak_is_allowed_a_window_and_nothing_else(manifest: Path, part) -> None:
    said = json.loads(manifest.read_text(encoding="utf-8"))
    assert said["id"] == part("build_share").APP_ID
    assert sorted(said["finish-args"]) == [
        "--device=dri",
        "--share=ipc",
        "--socket=fallback-x11",
        "--socket=wayland",
    ]


@needs("flatpak-builder")
def test_the_manifest_is_what_its_builder_reads(manifest: Path, tmp_path: Path) -> None:
    command = ["flatpak-builder", "--show-manifest", str(manifest)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["id"] == json.loads(manifest.read_text(encoding="utf-8"))["id"]


@linux_only
def test_what_a_desktop_reads_of_a_flatpak_is_named_by_its_id(part, small, tmp_path: Path) -> None:
    name = part("build_share").APP_ID
    tree = part("build_flatpak").make_tree(small("one"), tmp_path / "tree", "1.2", TIME)
    share = tree / "share"
    for path in (
        f"applications/{name}.desktop",
        f"applications/{name}-pack.desktop",
        f"icons/hicolor/scalable/apps/{name}.svg",
        f"metainfo/{name}.metainfo.xml",
        f"mime/packages/{name}.xml",
    ):
        assert (share / path).is_file(), path
    assert f"\nIcon={name}\n" in (share / "applications" / f"{name}.desktop").read_text(encoding="utf-8")
    about = (share / "metainfo" / f"{name}.metainfo.xml").read_text(encoding="utf-8")
    assert f"<id>{name}</id>" in about
    assert f">{name}.desktop</launchable>" in about
    assert (tree / "bin" / "jasic-desktop").resolve() == (tree / "lib" / "jasic-desktop" / "jasic-desktop").resolve()


@linux_only
@needs("flatpak")
@needs("ostree")
def test_two_folders_give_the_same_flatpak(part, small, tmp_path: Path) -> None:
    flatpak = part("build_flatpak")
    folders = [tmp_path / name for name in ("one", "another folder")]
    made = [flatpak.make_flatpak(small(folder.name), folder, folder, "1.2", TIME) for folder in folders]
    assert [path.name for path in made] == ["jasic-desktop-1.2-linux-x86_64.flatpak"] * 2
    assert made[0].read_bytes() == made[1].read_bytes()
    metadata = (tmp_path / "one" / "flatpak" / "metadata").read_text(encoding="utf-8")
    assert "command=jasic-desktop\n" in metadata
    assert "network" not in metadata
    store = tmp_path / "store"
    subprocess.run(["ostree", "init", "--mode=archive", f"--repo={store}"], check=True)
    done = subprocess.run(["flatpak", "build-import-bundle", str(store), str(made[0])], capture_output=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("before", [4080, 3_000_000])
def test_the_hour_of_a_flatpak_is_found_before_and_behind_what_is_packed(part, tmp_path: Path, before: int) -> None:
    flatpak = part("build_flatpak")
    path = tmp_path / "x.flatpak"
    path.write_bytes(bytes(before) + (1_700_000_007).to_bytes(8, "big") + bytes(3_000_000 - before + 800))
    flatpak._set_hour(path, range(1_700_000_000, 1_700_000_100), TIME)
    assert path.read_bytes()[before : before + 8] == TIME.to_bytes(8, "big")
    with pytest.raises(part("dev").Stop, match="hour"):
        flatpak._set_hour(path, range(1_700_000_000, 1_700_000_100), TIME)


# ----------------------------------------------------------------------------------------------------------- its own id


def test_the_program_has_one_name_everywhere_and_claims_no_domain(part, root: Path) -> None:
    share, linux = part("build_share"), part("build_linux")
    assert share.APP_ID.startswith("localhost.")
    assert linux.MAINTAINER.endswith("@localhost>")
    metainfo = (root / "packaging" / "linux" / "jasic-desktop.metainfo.xml").read_text(encoding="utf-8")
    assert f'developer id="{share.APP_ID.rpartition(".")[0]}"' in metainfo
    workflow = (root / ".github" / "workflows" / "build.yml").read_text(encoding="utf-8")
    assert f"flatpak run {share.APP_ID} self-test" in workflow


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb is not installed")
def test_two_folders_give_the_same_debian_package_with_all_that_its_policy_asks_for(
    small, part, tmp_path: Path
) -> None:
    made = []
    for name in ("one", "another folder"):
        work = tmp_path / name
        made.append(part("build_linux").make_deb(small(name), work, work, "1.2", 1_000_000_000))
    assert made[0].read_bytes() == made[1].read_bytes()
    subprocess.run(["dpkg-deb", "--raw-extract", str(made[0]), str(tmp_path / "x")], check=True)
    doc, man = tmp_path / "x" / "usr" / "share" / "doc" / "jasic-desktop", tmp_path / "x" / "usr" / "share" / "man"
    log = gzip.decompress((doc / "changelog.gz").read_bytes()).decode()
    assert log.startswith("jasic-desktop (1.2) unstable; ")
    assert log.endswith("  Sun, 09 Sep 2001 01:46:40 +0000\n")
    assert [path.name for path in (man / "man1").iterdir()] == ["jasic-desktop.1.gz"]
    for line in (tmp_path / "x" / "DEBIAN" / "md5sums").read_text(encoding="utf-8").splitlines():
        stated, _, name = line.partition("  ")
        assert hashlib.md5((tmp_path / "x" / name).read_bytes()).hexdigest() == stated, name
