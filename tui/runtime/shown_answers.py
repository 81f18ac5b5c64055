"""The answers last shown for each step of a day, parsed from the journal only when needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from core.journal.entry import Entry
from core.language.speech import Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.answers.answer import Answer, Impact, Verdict
    from core.language.message import Words

    Stands: TypeAlias = Callable[[str, Answer[Words]], Answer[Words]]


class ShownAnswers:
    """The answers computed in this session and, for other steps, those last shown to anybody on the day.

    An answer in the journal that cannot be parsed, e.g. after manual editing, is treated as missing.
    """

    def __init__(
        self, entries: tuple[Entry, ...], language: Language, known: Mapping[str, Answer], stands: Stands
    ) -> None:
        """Initialize with the journal's entries.

        ``known`` are the session's current answers by step, and may change later; ``stands`` returns a step's
        answer updated with the decisions taken since it was shown.
        """
        self._from = entries, language
        self._kept: dict[str, Any] = {
            entry.step: entry.data.get("answer") for entry in entries if entry.kind == "answered"
        }
        self._known = known
        self._as_it_stands = stands
        self._read: dict[str, Answer | None] = {}
        self._verdicts: dict[str, Verdict | None] = {}

    def stands(self, entries: tuple[Entry, ...], language: Language) -> bool:
        """Return whether this object is up to date: made from the same ``entries`` object and language."""
        return self._from[0] is entries and self._from[1] == language

    def get(self, step: str) -> Answer | None:
        """Return the step's answer; None if there is none."""
        if step in self._known:
            return self._known[step]
        if step in self._kept and step not in self._read:
            from core.answers.answer_codec import decode, rendered
            from core.journal.format_1 import completed

            try:
                said = completed(decode(self._kept[step]))
                self._read[step] = rendered(self._as_it_stands(step, said))
            except ValueError:
                self._read[step] = None
        return self._read.get(step)

    def verdict(self, step: str) -> Verdict | None:
        """Return only the verdict of the step's answer; None if there is none."""
        if step in self._known:
            return self._known[step].verdict
        if step in self._kept and step not in self._verdicts:
            from core.answers.answer_codec import decode_verdict

            try:
                self._verdicts[step] = decode_verdict(self._kept[step])
            except ValueError:
                self._verdicts[step] = None
        return self._verdicts.get(step)

    def stake(self, step: str) -> Impact | None:
        """Return the money at stake in the session's answer: that of the first finding that states any.

        None if the session has no answer for the step, or no finding states an amount.
        """
        known = self._known.get(step)
        impacts = () if known is None else (one.impact for one in known.findings)
        return next((one for one in impacts if one is not None), None)
