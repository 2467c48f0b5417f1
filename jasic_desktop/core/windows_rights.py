"""What this person may do to a file or folder on Windows, where a mode does not tell it: the system is asked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

ADD_OR_WRITE: Final = 0x0002  # FILE_WRITE_DATA of a file, FILE_ADD_FILE of a folder
DELETE_WITHIN: Final = 0x0040  # FILE_DELETE_CHILD
ALTER_RIGHTS: Final = 0x0004_0000  # WRITE_DAC
_SHARED: Final = 0x1 | 0x2 | 0x4  # with whoever reads, writes and deletes
_EXISTING: Final = 3  # OPEN_EXISTING
_FOLDERS_TOO: Final = 0x0200_0000  # FILE_FLAG_BACKUP_SEMANTICS
_IN_USE: Final = frozenset({32, 33, 1224})  # told only after the right was looked at


def has_right(path: Path, right: int) -> bool:
    """Whether this person has a right to a file or folder. Nothing is written, and none of its times changes."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateFileW.restype = ctypes.c_void_p
        kernel.CreateFileW.argtypes = (
            *(ctypes.c_wchar_p, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p),
            *(ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p),
        )
        kernel.CloseHandle.argtypes = (ctypes.c_void_p,)
        handle = kernel.CreateFileW(str(path), right, _SHARED, None, _EXISTING, _FOLDERS_TOO, None)
        if handle in (None, ctypes.c_void_p(-1).value):
            return ctypes.get_last_error() in _IN_USE
        kernel.CloseHandle(handle)
        return True
    raise RuntimeError("rights of this kind are those of Windows")
