"""Extract the web page from a web archive (.mht), which old back offices deliver as .xls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.exports.reading.zip_guard import damaged_file

if TYPE_CHECKING:
    from email.message import Message

_DECLARED: Final = re.compile(rb"(<meta[^>]{0,200}charset\s*=\s*[\"']?)[\w-]+", re.IGNORECASE)


def archived_page(data: bytes) -> bytes:
    """Return the archive's first page, converted to UTF-8; raise BadExport if there is none."""
    from email import message_from_bytes

    parts = (part for part in message_from_bytes(data).walk() if part.get_content_type() == "text/html")
    part = next(parts, None)
    page = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(page, bytes) or not page.strip():
        raise damaged_file()
    return _in_utf8(part, page)


def _in_utf8(part: Message, page: bytes) -> bytes:
    """Return the page in UTF-8; unchanged if it cannot be decoded.

    The encoding that the archive states takes precedence over the one that the page itself states.
    """
    try:
        text = page.decode(part.get_content_charset() or "utf-8").encode()
    except (UnicodeDecodeError, LookupError):
        return page
    return _DECLARED.sub(rb"\1utf-8", text)
