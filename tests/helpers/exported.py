"""What an export says, whatever it is packed into."""

import io
import tempfile
import zipfile
from pathlib import Path


def readable(data: bytes) -> str:
    """The text of an export: of a zip file all entries with their names, one after another."""
    if data.startswith(b"ZIM\x04"):
        return _pages(data)
    if not data.startswith(b"PK\x03\x04"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return "\n".join(f"{name}\n{file.read(name).decode('utf-8', 'replace')}" for name in file.namelist())


def _pages(data: bytes) -> str:
    """The pages of a ZIM file that its front page leads to, with that page and the metadata."""
    import re

    from libzim.reader import Archive

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.zim"
        path.write_bytes(data)
        archive = Archive(path)
        front = bytes(archive.main_entry.get_item().content).decode()
        names = re.findall('href="([a-z]+/[^"]+)"', front)
        pages = [bytes(archive.get_entry_by_path(name).get_item().content).decode() for name in names]
        told = [bytes(archive.get_metadata(key)).decode("utf-8", "replace") for key in archive.metadata_keys]
        del archive
    return "\n".join([front, *pages, *told])
