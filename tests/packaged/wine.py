"""What Wine lacks of the C library of Windows, given to numpy in a test: `crealf` and its like.

Every Windows has them; Wine (8 to 10) names these functions and ends a program that calls one. The installed copy of
numpy is made to take its mathematics from a library beside it, which has the few functions and passes all others on;
nothing else is touched.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

COMPILER = shutil.which("x86_64-w64-mingw32-gcc")
DUMPER = shutil.which("x86_64-w64-mingw32-objdump")
_SYSTEM, _OURS = "api-ms-win-crt-math-l1-1-0.dll", "wine-lacks-these-of-math-0.dll"
_SOURCE = (
    "".join(
        f"typedef struct {{ {kind} re, im; }} {kind}_;\n"
        f"{kind} creal{end}({kind}_ z) {{ return z.re; }}\n{kind} cimag{end}({kind}_ z) {{ return z.im; }}\n"
        for kind, end in (("double", ""), ("float", "f"))
    )
    + "double creall(double_ z) { return z.re; }\ndouble cimagl(double_ z) { return z.im; }\n"
)  # long double is double there
_OWN = ("creal", "crealf", "creall", "cimag", "cimagf", "cimagl")


def take_back(program: Path) -> None:
    """Remove the library that `complete` put there, which no uninstaller knows."""
    for path in program.glob(f"numpy/_core/{_OURS}"):
        path.unlink()


def complete(program: Path, work: Path) -> bool:
    """Give the numpy below the folder `program` what Wine lacks; False where the tools for it are not here."""
    if COMPILER is None or DUMPER is None:
        return False
    (module,) = program.glob("numpy/_core/_multiarray_umath.*.pyd")
    data = module.read_bytes()
    if _OURS.encode() in data:
        return True
    said = subprocess.run([DUMPER, "-p", str(module)], capture_output=True, encoding="utf-8", check=True).stdout
    part = said.partition(f"DLL Name: {_SYSTEM}")[2].partition("DLL Name:")[0]
    asked = sorted(set(re.findall(r"^\s+[0-9a-f]+\s+(?:\S+\s+)?([A-Za-z_]\w*)\s*$", part, re.MULTILINE)))
    assert len(asked) > 50 and len(_SYSTEM) == len(_OURS) and data.count(_SYSTEM.encode() + b"\0") == 1
    (work / "shim.c").write_text(_SOURCE)
    lines = [name if name in _OWN else f"{name} = ucrtbase.{name}" for name in sorted({*asked, *_OWN})]
    (work / "shim.def").write_text("EXPORTS\n" + "".join(f"  {line}\n" for line in lines))
    how = ["-shared", "-nostdlib", "-fno-builtin", "-Os", "-Wl,--entry=0"]
    made = module.with_name(_OURS)
    subprocess.run([COMPILER, *how, str(work / "shim.c"), str(work / "shim.def"), "-o", str(made)], check=True)
    module.write_bytes(data.replace(_SYSTEM.encode() + b"\0", _OURS.encode() + b"\0"))
    return True
