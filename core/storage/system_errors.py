"""Messages for errors of the operating system that are not handled more specifically elsewhere."""

from __future__ import annotations

from core.errors import ShopdayError
from core.language.wording import say


def words_of(error: Exception) -> str:
    """Return the message to show for an error.

    For one of shopday's own errors this is its text; for an OSError, a sentence with the system's reason and
    what to do next.
    """
    if isinstance(error, ShopdayError) or not isinstance(error, OSError):
        return str(error)
    if isinstance(error, TimeoutError):
        return say(
            "What you asked for took too long and was stopped. Check whether it was done; if not, do "
            "it again."
        )
    reason = error.strerror or type(error).__name__
    if error.filename is None:
        return say(
            "The system says: {reason}. Check whether what you asked for was done; if not, do it again.",
            reason=reason,
        )
    return say(
        "{name} cannot be used: {reason}. Check whether what you asked for was done; if not, do it again.",
        name=error.filename,
        reason=reason,
    )
