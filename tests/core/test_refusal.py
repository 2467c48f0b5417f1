"""What the system refuses is told with its file, and as a failure to write only where it is one for certain."""

import errno

import pytest

from jasic_desktop.core.errors import ExitCode
from jasic_desktop.core.refusal import refusal


def test_a_file_that_is_not_there_is_told_as_one_that_could_not_be_read_or_written(tmp_path):
    with pytest.raises(OSError) as caught:
        (tmp_path / "gone").read_bytes()
    fault = refusal(caught.value)
    assert fault.exit_code == ExitCode.PROGRAM_FAULT
    assert str(tmp_path / "gone") in str(fault)
    assert "not written" not in str(fault)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG])
def test_what_only_who_writes_can_meet_ends_as_not_written(number, tmp_path):
    fault = refusal(OSError(number, "no", str(tmp_path)))
    assert fault.exit_code == ExitCode.NOT_WRITTEN
    assert str(tmp_path) in str(fault)


@pytest.mark.parametrize("error", [OSError(errno.EIO, "Input/output error"), OSError("Input/output error")])
def test_without_a_file_there_is_still_a_sentence(error):
    assert "(Input/output error)" in str(refusal(error))
    assert "None" not in str(refusal(error))
