"""Import of several export files in turn, with the outcome of each."""

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
    "same": N_("already imported"),
    "refused": N_("not imported"),
}
_SHOWN: Final = 5
"""Maximum number of problems printed for a file; the others are counted."""


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """The outcome of importing one file."""

    preview: Preview
    batch: str = ""
    """The id of the new batch; empty if the file was refused or not imported."""

    @property
    def refused(self) -> bool:
        """Whether the file was refused."""
        return self.preview.state == "refused"

    def refusal(self) -> str:
        """Return the reason why the file was refused, in one sentence."""
        worst = [problem for problem in self.preview.problems if problem.level == "refused"]
        return (worst or list(self.preview.problems))[0].sentence()

    def lines(self) -> Iterator[str]:
        """Yield the lines printed for a file that was not refused: what was imported, and any problems."""
        seen = self.preview
        state = STATE_WORDS[seen.state] if self.batch or seen.state == "same" else N_("can be imported")
        rows = plural("{n} row", "{n} rows", seen.rows)
        words = [f"{seen.file}: {say(state)}", say(seen.title), f"{rows}", spans(seen.dates)]
        yield ", ".join(filter(None, words)) + (f"  [{self.batch}]" if self.batch else "")
        if seen.replaces:
            yield "    " + say("this file is used from now on for {days}", days=spans(seen.replaces))
        if seen.state == "new":
            yield from (f"    - {problem.sentence()}" for problem in seen.problems[:_SHOWN])
            if len(seen.problems) > _SHOWN:
                yield "    - " + say("and {number} more", number=count(len(seen.problems) - _SHOWN))

    def shape(self) -> dict[str, Any]:
        """Return the outcome in JSON form, as documented at ``shopday import``."""
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
    """Preview each file, oldest first, import it unless ``dry_run``, and yield its outcome.

    A refused file changes nothing. With ``replaces``, whole days are replaced, even by a file that has fewer
    rows for them.
    """
    for number, file in enumerate(oldest_first(files), 1):
        progress(number, len(files), file.name)
        batch, notes, looked = "", list[Problem](), None
        try:
            seen = looked = preview(folder, file, today=at.date(), replace=replaces)
            if seen.state != "refused" and not dry_run:
                batch = commit(folder, seen, who=who, at=at, tell=notes.append, replace=replaces).id
        except (CannotWrite, BadInput) as error:
            if len(files) == 1 or (number == 1 and looked is None):  # nothing has been imported yet
                raise
            seen = not_taken(file, error, looked)
        yield ImportOutcome(replace(seen, reading=None, problems=(*notes, *seen.problems)), batch)


def spans(days: Sequence[date]) -> str:
    """Return days as a list of at most three ranges, such as "1 Nov - 15 Nov"."""
    parts = [
        short_day(first) if first == last else f"{short_day(first)} - {short_day(last)}"
        for first, last in runs(days)
    ]
    return listing([*parts[:3], *(["…"] if len(parts) > 3 else [])])  # noqa: PLR2004 - as many as fit on a line


def _problem(problem: Problem) -> dict[str, Any]:
    return problem._asdict()
