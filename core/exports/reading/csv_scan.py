"""Scan all bytes of a csv before parsing, to find its encoding, quoting, line ends and size."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from typing import IO

from core.errors import BadExport
from core.exports.reading.zip_guard import LONGEST_TEXT, MOST_COLUMNS
from core.language.wording import say

MOST_ROWS = 2_000_000
"""The maximum number of rows; the platforms' largest exports have a few hundred thousand."""
_BLOCK = 1 << 20
_LOOK_BYTES = 1 << 19
_LINE, _RETURN = 10, 13
_READABLE = 500
"""Text is accepted as GBK if at most one character in this many is damaged."""


class Scan:
    """The properties of a csv's bytes: encoding, whether quotation marks are balanced, lines, line ends."""

    def __init__(self, opened: Callable[[], IO[bytes]]) -> None:
        import numpy as np

        self.start, self.end, self.size, self.lines, self.odd_marks = b"", b"", 0, 0, 0
        quotes = line = quoted = most_quoted = returns = pairs = 0
        lengths = _Lengths()
        utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
        with opened() as file:
            while block := file.read(_BLOCK):
                if not self.size:
                    self.start = block[:_LOOK_BYTES]
                self.size += len(block)
                ends = np.frombuffer(self.end[-1:] + block, np.uint8)
                self.lines += int(np.count_nonzero(ends[-len(block) :] == _LINE))
                returns += int(np.count_nonzero(ends[-len(block) :] == _RETURN))
                pairs += int(np.count_nonzero((ends[:-1] == _RETURN) & (ends[1:] == _LINE)))
                marks = block.count(b'"') if b'"' in block else 0
                quoted = quoted + len(block) if quotes % 2 and not marks else 0
                most_quoted = max(most_quoted, quoted)
                quotes += marks
                line = line + len(block) if b"\n" not in block else 0
                lengths.look(block)
                _check_rows(max(self.lines, returns), line)
                self.end = (self.end + block)[-_LOOK_BYTES // 8 :]
                utf8 = _still_utf8(utf8, block)
        self.odd_quotes = bool(quotes % 2) or most_quoted > LONGEST_TEXT
        self.plain_ends = returns == pairs
        """Whether no line ends in a carriage return alone."""
        self.quotes = quotes > 0
        self.long_lines = lengths.long or self.quotes
        """Whether a row may exceed the maximum number of columns; otherwise no line is long enough for
        that."""
        self.encoding = self._encoding(is_utf8=_ends_utf8(utf8))
        self.false_mark = self.encoding == "gb18030" and self.start.startswith(codecs.BOM_UTF8)
        """Whether a UTF-8 byte order mark precedes text that is actually GBK."""

    def _encoding(self, *, is_utf8: bool) -> str:
        if self.start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if is_utf8:
            return "utf-8-sig"
        read = codecs.getincrementaldecoder("gb18030")(errors="replace").decode(
            self.start.removeprefix(codecs.BOM_UTF8)
        )
        self.odd_marks = read.count("\ufffd")
        if self.odd_marks > len(read) / _READABLE or self.start.count(b"\0") > len(self.start) / 10:
            raise BadExport(
                say(
                    "The text encoding is neither UTF-8 nor GBK. Download the file again and import it "
                    "without "
                    "saving it in another program."
                )
            )
        return "gb18030"


class _Lengths:
    """Detects whether a line has at least as many bytes as a table may have columns (``MOST_COLUMNS``)."""

    def __init__(self) -> None:
        self.long = False
        self._open = 0

    def look(self, block: bytes) -> None:
        """Process the next bytes, jumping at most ``MOST_COLUMNS`` bytes from one line end to a later one."""
        at = -self._open
        while not self.long and len(block) - at >= MOST_COLUMNS:
            end = block.rfind(b"\n", max(at, 0), at + MOST_COLUMNS)
            self.long = end < 0
            at = end + 1
        last = block.rfind(b"\n", max(at, 0)) + 1
        self._open = len(block) - (last or at)


def _check_rows(rows: int, line: int) -> None:
    """Refuse the file during the scan if it has too many rows or a line too long to be a table's row."""
    if rows > MOST_ROWS:
        raise BadExport(
            say("The file has more than {most:,} rows. Download fewer days at a time.", most=MOST_ROWS)
        )
    if line > LONGEST_TEXT:
        raise BadExport(
            say(
                "One row is longer than {most:,} MB, so this is not a table. Download it again.",
                most=LONGEST_TEXT >> 20,
            )
        )


def _still_utf8(decoder: codecs.IncrementalDecoder | None, block: bytes) -> codecs.IncrementalDecoder | None:
    if decoder is None:
        return None
    try:
        decoder.decode(block)
    except UnicodeDecodeError:
        return None
    return decoder


def _ends_utf8(decoder: codecs.IncrementalDecoder | None) -> bool:
    """Return whether all bytes were UTF-8.

    A partial character at the very end (cut-off download) is allowed.
    """
    return decoder is not None
