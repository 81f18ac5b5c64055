"""The analysis of tonight's inquiry conversion, by agent against the agent's usual."""

from __future__ import annotations

from datetime import date

from core.answers.answer import Answer
from core.exports.kinds.service import Service
from core.language.message import Words
from core.records.evening import ShiftSeen
from core.records.records import Records
from core.shop.settings import Shop
from core.topics.service import shifts, tonight_findings


def tonight(
    seen: Records[ShiftSeen], service: Service | None = None, *, shop: Shop, today: date
) -> Answer[Words]:
    """How does the service desk convert tonight, by agent against their own usual, and are evenings worse?

    Reads what was typed of tonight and earlier evenings (form “An agent's shift”), and the daily service
    export.

    Each agent is held against their own believed rate of four weeks: of evenings where enough were typed,
    else of whole days. Below is said only when so few would come by chance in fewer than one evening of
    twenty (of a hundred where only whole days are known); under 20 inquiries nobody is judged. Evenings
    against days: within each agent (Mantel-Haenszel), because another team at night would look like
    another hour; the day is the export's day less its typed evening.

    It cannot know who is still going to pay, nor shifts nobody typed.
    """
    frame = None if service is None else service.frame
    agents = shifts.tonight(seen, frame, today)
    found = shifts.compared(seen, frame, today)
    return Answer(
        verdict=tonight_findings.verdict(agents, found, shop),
        findings=tuple(tonight_findings.findings(agents, found, shop, today)),
        evidence=tonight_findings.evidence(agents),
        limits=tuple(tonight_findings.limits(agents, found)),
    )
