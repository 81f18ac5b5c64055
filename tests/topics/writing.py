"""A journal as people write it, for the analyses and reports that read one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.answers.answer import Answer
from core.answers.answer_codec import encode
from core.journal.entry import Entry, Kind
from core.journal.projections import Past
from core.language.message import Words

ZONE = ZoneInfo("Asia/Shanghai")


class Journal:
    """Entries of several days, appended in order."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.days: dict[date, list[Entry]] = {}
        self.count = 0

    def write(
        self,
        kind: Kind,
        step: str = "",
        *,
        day: date | None = None,
        at: str = "09:00",
        who: str = "小兰",
        late: bool = False,
        **data: Any,
    ) -> str:
        """Append an entry and return its id."""
        when = day or self.today
        self.count += 1
        name = f"{self.count:04d}"
        hour, minute = (int(part) for part in at.split(":"))
        moment = datetime(when.year, when.month, when.day, hour, minute, tzinfo=ZONE)
        self.days.setdefault(when, []).append(Entry(name, moment, who, kind, step, data, when, late))
        return name

    def opened(self, steps: Mapping[str, int]) -> None:
        """Open today with steps of so many minutes."""
        self.write(
            "opened",
            at="08:25",
            plan=[{"id": step, "at": "08:30", "minutes": n, "must": True} for step, n in steps.items()],
        )

    def shown(self, step: str, answer: Answer[Words]) -> None:
        """Keep what was shown for a step."""
        self.write("answered", step, answer=encode(answer))

    def worked(self, step: str, start: str, end: str) -> None:
        """Work on a step and finish it."""
        self.write("started", step, at=start)
        self.write("done", step, at=end)

    def promise(self, text: str, *, back: int = 1, **fields: Any) -> str:
        """Agree on an action some days ago, due the day after it was agreed unless said otherwise."""
        day = self.today - timedelta(days=back)
        given: dict[str, Any] = {
            "role": "promotion",
            "owner": "周岩",
            "due": (day + timedelta(days=1)).isoformat(),
            **fields,
        }
        return self.write("action", "standup", day=day, text=text, **given)

    @property
    def past(self) -> Past:
        """The journal as an analysis sees it."""
        return Past(self.today, {day: tuple(entries) for day, entries in sorted(self.days.items())})

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Today's entries."""
        return tuple(self.days.get(self.today, ()))
