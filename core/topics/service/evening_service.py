"""The analysis of tonight's inquiry conversion, each agent compared with their own usual rate."""

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
    """How does service convert tonight, compared with each agent's usual rate, and evenings with days?

    Reads what was entered about tonight and earlier evenings (form “An agent's shift”), and the daily
    service file.

    Each agent is compared with their own estimated rate of four weeks: of evenings if enough were entered,
    otherwise of whole days. An agent is called below their usual rate only if so few payers would come by
    chance in fewer than one evening of twenty (of a hundred if only whole days are known); with fewer than 20
    inquiries nobody is judged. Evenings are compared with days within each agent (Mantel-Haenszel), because a
    different team at night would otherwise look like an effect of the hour; the day is the file's whole day
    minus the entered evening.

    The program does not know who is still going to pay, or about shifts that nobody entered.
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
