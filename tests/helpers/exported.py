"""What an export says, whatever it is packed into."""

import io
import zipfile


def readable(data: bytes) -> str:
    """The text of an export: of a zip file all entries with their names, one after another."""
    if not data.startswith(b"PK\x03\x04"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return "\n".join(f"{name}\n{file.read(name).decode('utf-8', 'replace')}" for name in file.namelist())
