"""Detect what a file really is by its content: workbook, web page, csv, or a zip containing one of them."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import IO

from core.errors import BadExport
from core.exports.reading import webpage, workbook, zip_guard
from core.exports.reading.delimited import CsvPage
from core.exports.reading.file_size import MOST_BYTES, check_size
from core.exports.reading.headings import LOOK
from core.exports.reading.raw_table import RawTable
from core.exports.reading.web_archive import archived_page
from core.exports.reading.xls_guard import check_biff
from core.language.wording import say
from core.storage.regular_files import RegularFile

MOST_XLS = 128 << 20
"""The maximum size of an .xls file in bytes; the format holds at most 65,536 rows."""
HALF_DONE = (".part", ".crdownload", ".download", ".tmp", ".filepart")
"""Suffixes that browsers and copy programs give to files they are still writing."""
_LOOK = LOOK + 10
_MIME = 20
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, ValueError)
"""The exceptions that unpacking a damaged zip may raise."""
_TABLES = (".csv", ".xls", ".xlsx", ".tsv", ".htm", ".html")
_OTHER = {
    b"%PDF": "PDF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"SQLite": "SQLite",
    b"\x7fELF": "ELF",
    b"MZ": "EXE",
}


def pages_of(export: RegularFile) -> tuple[Sequence[RawTable], str]:
    """Return the file's tables and, if it is a zip, the name of the file inside.

    Raise BadExport if it contains no table that can be read.
    """
    try:
        if export.path.suffix.lower() in HALF_DONE:
            raise BadExport(
                say("The browser has not finished downloading this file. Wait, or download it again.")
            )
        check_size(export.status.st_size)
        with export.reader() as file:
            start = file.read(1 << 16)
        return _pages(start, export.reader, packed=False)
    except OSError as error:
        raise cannot_open(error) from error
    except _DAMAGE as error:
        raise zip_guard.damaged_file() from error


def cannot_open(error: OSError) -> BadExport:
    """Return the error for a file that the system cannot open."""
    return BadExport(say("The file cannot be opened: {reason}.", reason=error.strerror or str(error)))


def _pages(start: bytes, opened: Callable[[], IO[bytes]], *, packed: bool) -> tuple[Sequence[RawTable], str]:
    if start.startswith(b"PK"):
        return _packed(opened, packed=packed)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return _ole(opened), ""
    if start[:_MIME].lower().startswith(b"mime-version:"):
        with opened() as file:
            return webpage.webpage_pages(archived_page(file.read(webpage.MOST_BYTES + 1)), _LOOK), ""
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        with opened() as file:
            return webpage.webpage_pages(file.read(webpage.MOST_BYTES + 1), _LOOK), ""
    for mark, kind in _OTHER.items():
        if start.startswith(mark):
            raise BadExport(
                say(
                    "This is a {kind} file. Import the csv, .xls, .xlsx or zip file that the platform "
                    "provides.",
                    kind=kind,
                )
            )
    return [CsvPage(opened, _LOOK)], ""


def _ole(opened: Callable[[], IO[bytes]]) -> Sequence[RawTable]:
    with opened() as file:
        data = file.read(MOST_XLS + 1)
    check_size(len(data), MOST_XLS)
    if workbook.is_encrypted_package(data):
        raise workbook.locked_file()
    check_biff(data)
    return workbook.workbook_pages(io.BytesIO(data), _LOOK)


def _packed(opened: Callable[[], IO[bytes]], *, packed: bool) -> tuple[Sequence[RawTable], str]:
    """Return the tables of an .xlsx, or of the only table file inside a zip."""
    with opened() as file:
        zip_guard.check_list(file)
    with opened() as file, zipfile.ZipFile(file) as archive:
        names = {info.filename for info in archive.infolist()}
        if "[Content_Types].xml" in names or "xl/workbook.xml" in names:
            hidden = zip_guard.check_package(archive)
            file.seek(0)
            return workbook.workbook_pages(io.BytesIO(file.read()), _LOOK, hidden), ""
        if "mimetype" in names and "content.xml" in names:
            raise BadExport(say("This is an OpenDocument file (.ods). Save it as .xlsx and import that."))
        inside = _only_table(archive, packed=packed)
        if inside.file_size > MOST_BYTES:
            raise zip_guard.too_large(inside.file_size)
        with archive.open(inside) as member:
            start = member.read(1 << 16)
            check_size(len(start))
            whole = b"" if _is_text(start) else start + member.read()
    inner = partial(io.BytesIO, whole) if whole else partial(_member, opened, inside)
    return _pages(start, inner, packed=True)[0], true_name(inside)


def _is_text(start: bytes) -> bool:
    """Return whether the file in the zip is text (csv), which can be read while it is being unpacked."""
    return not start.startswith((b"PK", b"\xd0\xcf\x11\xe0"))


def _only_table(archive: zipfile.ZipFile, *, packed: bool) -> zipfile.ZipInfo:
    if packed:
        raise BadExport(say("A zip inside a zip is not opened. Unpack it and import the files in it."))
    named = [info for info in archive.infolist() if info.filename]  # a damaged directory may have empty names
    files = [info for info in named if not info.is_dir() and "__MACOSX" not in info.filename]
    tables = [info for info in files if true_name(info).lower().endswith(_TABLES)]
    if not tables:
        raise BadExport(say("The zip contains no table. Download it again."))
    if len(tables) > 1:
        names = ", ".join(true_name(info) for info in tables[:3])
        raise BadExport(
            say(
                "The zip contains {n} tables ({names} …). Unpack it and import them one by one.",
                n=len(tables),
                names=names,
            )
        )
    if tables[0].flag_bits & 1:
        raise workbook.locked_file()
    return tables[0]


def true_name(info: zipfile.ZipInfo) -> str:
    """Return the member's name, decoding GBK names (written by Chinese tools) that zipfile reads as cp437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


class _Member(io.RawIOBase):
    """A file inside a zip opened for reading; closing it also closes the archive."""

    def __init__(self, file: IO[bytes], info: zipfile.ZipInfo) -> None:
        self._file = file
        self._archive = zipfile.ZipFile(file)
        self._inside = self._archive.open(info)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        block = self._inside.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        self._inside.close()
        self._archive.close()
        self._file.close()
        super().close()


def _member(opened: Callable[[], IO[bytes]], info: zipfile.ZipInfo) -> IO[bytes]:
    return io.BufferedReader(_Member(opened(), info))
