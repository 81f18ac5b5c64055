"""Web archives (.mht), as old back offices give them under the name of .xls: the page in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.exports.reading.zip_guard import damaged_file

if TYPE_CHECKING:
    from email.message import Message

_DECLARED: Final = re.compile(rb"(<meta[^>]{0,200}charset\s*=\s*[\"']?)[\w-]+", re.IGNORECASE)


def archived_page(data: bytes) -> bytes:
    """Return the archive's first page in UTF-8, said so in the page; BadExport when it holds none."""
    from email import message_from_bytes

    parts = (part for part in message_from_bytes(data).walk() if part.get_content_type() == "text/html")
    part = next(parts, None)
    page = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(page, bytes) or not page.strip():
        raise damaged_file()
    return _in_utf8(part, page)


def _in_utf8(part: Message, page: bytes) -> bytes:
    """Return the page; where its part of the archive names an encoding, that one counts."""
    try:
        text = page.decode(part.get_content_charset() or "utf-8").encode()
    except (UnicodeDecodeError, LookupError):
        return page
    return _DECLARED.sub(rb"\1utf-8", text)
