"""What people read when the system refuses something that nothing else has put into words."""

from __future__ import annotations

from core.errors import ShopdayError
from core.language.wording import say


def words_of(error: Exception) -> str:
    """Return the sentence of one of our errors; of the system's, what it says and what to do."""
    if isinstance(error, ShopdayError) or not isinstance(error, OSError):
        return str(error)
    if isinstance(error, TimeoutError):
        return say("It took too long and was given up. Look whether it was done, else do it again.")
    reason = error.strerror or type(error).__name__
    if error.filename is None:
        return say("The system says: {reason}. Look whether it was done, else do it again.", reason=reason)
    return say(
        "{name} cannot be used: {reason}. Look whether it was done, else do it again.",
        name=error.filename,
        reason=reason,
    )
