"""What a person is told when the system refuses something that no part of the program foresaw."""

from __future__ import annotations

import errno
from typing import Final

from jasic_desktop.core.errors import Fault, NotWrittenFault

_FOR_WRITING: Final = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG)
"""What the system refuses nobody who reads."""


def refusal(error: OSError) -> Fault:
    """The fault of an error of which nobody knows whether it was met in reading or in writing, or of what file."""
    kind = NotWrittenFault if error.errno in _FOR_WRITING else Fault
    system = error.strerror or str(error) or type(error).__name__
    if error.filename is None:
        return kind("core.refused", system=system)
    return kind("core.refused_path", path=error.filename, system=system)
