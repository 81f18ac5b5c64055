"""The morning's incidents as steps take them: each the same everywhere, under the same key and id."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from core.answers.answer import NOTHING, About, Answer, Finding, Verdict
from core.language.message import Words


@dataclass(frozen=True, slots=True)
class Incidents:
    """What changed in the shop this morning: the answer of the one analysis that tests for it."""

    answer: Answer[Words]

    @property
    def verdict(self) -> Verdict[Words] | None:
        """Return the first root's sentence; None where nothing asks for a look."""
        return self.answer.verdict if self.answer.verdict.level in ("act", "watch") else None

    @property
    def items(self) -> frozenset[str]:
        """Return the items that an incident asks to look at: not praised, copied or pushed meanwhile."""
        return frozenset(
            one.about.item for one in self.answer.findings if one.about.item and one.level in ("act", "watch")
        )

    def findings(self, kinds: Collection[str] | None = None) -> tuple[Finding[Words], ...]:
        """Return the incidents, of those kinds where some are named, the most urgent first."""
        return tuple(one for one in self.answer.findings if kinds is None or one.kind in kinds)

    def of(self, kinds: Collection[str], about: About = NOTHING) -> tuple[Finding[Words], ...]:
        """Return the incidents of those kinds that ask for a look; of one object where one is given."""
        return tuple(
            one
            for one in self.answer.findings
            if one.kind in kinds and one.level in ("act", "watch") and about in (NOTHING, one.about)
        )
