"""Several export files into facts, one after another; what became of each is a value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from core.errors import BadInput, CannotWrite, Problem
from core.facts.batch import runs
from core.facts.download_order import oldest_first
from core.facts.imports import Preview, commit, not_taken, preview
from core.language.dates import short_day
from core.language.numbers import count
from core.language.wording import N_, listing, plural, say
from tui.cli.context import Progress

STATE_WORDS: Final = {
    "new": N_("imported"),
    "same": N_("imported before"),
    "refused": N_("refused"),
}
_SHOWN: Final = 5
"""Problems of a file that are printed; the rest is counted."""


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of one file."""

    preview: Preview
    batch: str = ""
    """The batch it is now; empty when it was refused or only looked at."""

    @property
    def refused(self) -> bool:
        """Whether it cannot be imported."""
        return self.preview.state == "refused"

    def refusal(self) -> str:
        """Return why it was refused, in one sentence."""
        worst = [problem for problem in self.preview.problems if problem.level == "refused"]
        return (worst or list(self.preview.problems))[0].sentence()

    def lines(self) -> Iterator[str]:
        """Yield what happened to a file that was not refused, and what of it was not used or not trusted."""
        seen = self.preview
        state = STATE_WORDS[seen.state] if self.batch or seen.state == "same" else N_("can be imported")
        rows = plural("{n} row", "{n} rows", seen.rows)
        words = [f"{seen.file}: {say(state)}", say(seen.title), f"{rows}", spans(seen.dates)]
        yield ", ".join(filter(None, words)) + (f"  [{self.batch}]" if self.batch else "")
        if seen.replaces:
            yield "    " + say("counts from now on for {days}", days=spans(seen.replaces))
        if seen.state == "new":
            yield from (f"    - {problem.sentence()}" for problem in seen.problems[:_SHOWN])
            if len(seen.problems) > _SHOWN:
                yield "    - " + say("and {number} more", number=count(len(seen.problems) - _SHOWN))

    def shape(self) -> dict[str, Any]:
        """Return it as JSON; the shape stands with ``shopday import``."""
        seen = self.preview
        return {
            "file": seen.file,
            "sheet": seen.sheet or None,
            "title": say(seen.title),
            "state": seen.state,
            "rows": seen.rows,
            "dates": [day.isoformat() for day in seen.dates],
            "replaces": [day.isoformat() for day in seen.replaces],
            "problems": [_problem(problem) for problem in seen.problems],
            "batch": self.batch or None,
        }


def take_in(
    folder: Path,
    files: Sequence[Path],
    *,
    who: str,
    at: datetime,
    progress: Progress,
    dry_run: bool = False,
    replaces: bool = False,
) -> Iterator[ImportOutcome]:
    """Look at each file, oldest first, and unless it is a dry run import it; a refused one changes nothing.

    ``replaces``: its days are replaced whole, whatever it lacks of them.
    """
    for number, file in enumerate(oldest_first(files), 1):
        progress(number, len(files), file.name)
        batch, notes, looked = "", list[Problem](), None
        try:
            seen = looked = preview(folder, file, today=at.date(), replace=replaces)
            if seen.state != "refused" and not dry_run:
                batch = commit(folder, seen, who=who, at=at, tell=notes.append, replace=replaces).id
        except (CannotWrite, BadInput) as error:
            if len(files) == 1 or (number == 1 and looked is None):  # nothing was done yet
                raise
            seen = not_taken(file, error, looked)
        yield ImportOutcome(replace(seen, reading=None, problems=(*notes, *seen.problems)), batch)


def spans(days: Sequence[date]) -> str:
    """Return days as unbroken spans: 1 Nov - 15 Nov."""
    parts = [
        short_day(first) if first == last else f"{short_day(first)} - {short_day(last)}"
        for first, last in runs(days)
    ]
    return listing([*parts[:3], *(["…"] if len(parts) > 3 else [])])  # noqa: PLR2004 - as many as fit a line


def _problem(problem: Problem) -> dict[str, Any]:
    return problem._asdict()
