"""The morning's incidents (changes beyond chance); steps that repeat an incident keep its key and id."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from core.answers.answer import NOTHING, About, Answer, Finding, Verdict
from core.language.message import Words


@dataclass(frozen=True, slots=True)
class Incidents:
    """What changed in the shop beyond chance this morning; found by the one analysis that tests for that."""

    answer: Answer[Words]

    @property
    def verdict(self) -> Verdict[Words] | None:
        """Return the verdict, which names the main incident; None if no incident needs attention."""
        return self.answer.verdict if self.answer.verdict.level in ("act", "watch") else None

    @property
    def items(self) -> frozenset[str]:
        """Return the ids of the items with an incident that needs attention.

        While an item has such an incident, no step should praise, copy or push it.
        """
        return frozenset(
            one.about.item for one in self.answer.findings if one.about.item and one.level in ("act", "watch")
        )

    def findings(self, kinds: Collection[str] | None = None) -> tuple[Finding[Words], ...]:
        """Return the incidents, most urgent first; ``kinds``: only those of these kinds (None: all)."""
        return tuple(one for one in self.answer.findings if kinds is None or one.kind in kinds)

    def of(self, kinds: Collection[str], about: About = NOTHING) -> tuple[Finding[Words], ...]:
        """Return the incidents of the given kinds that need attention.

        ``about``: only those about this item, source, etc.; NOTHING: all.
        """
        return tuple(
            one
            for one in self.answer.findings
            if one.kind in kinds and one.level in ("act", "watch") and about in (NOTHING, one.about)
        )
