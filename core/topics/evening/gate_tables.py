"""The four conditions for raising tonight's ad budget as a table, the figures, and what they cannot show."""

from __future__ import annotations

from core.answers.answer import Evidence, Number, Table, TableColumn
from core.language import message
from core.language.message import Words, say
from core.topics.evening import capacity
from core.topics.evening.ads_findings import values_of
from core.topics.evening.budget_gates import SURE
from core.topics.evening.day_so_far import clock
from core.topics.evening.raising import AdsTonight


def evidence(tonight: AdsTonight) -> tuple[Evidence[Words], ...]:
    """Return the table of conditions in the order they are checked, and the figures behind them."""
    numbers: list[Evidence[Words]] = []
    now, course, found = tonight.now, tonight.course, tonight.returns
    if now is not None and now.spent is not None:
        numbers.append(Number(say("Ad spend so far"), "CNY", now.spent, reference=tonight.tipping))
    if course is not None:
        numbers.append(
            Number(
                say("Ad spend forecast for the day"), "CNY", round(course.projected), reference=tonight.budget
            )
        )
    if tonight.marginal is not None and tonight.worth is not None:
        numbers.append(
            Number(
                say("Return of additional spend"),
                "ratio",
                round(tonight.marginal, 2),
                reference=tonight.worth.break_even_roi,
            )
        )
    if found is not None:
        numbers.append(
            Number(say("ROI of the last four weeks, fully credited"), "ratio", round(found.roi, 2))
        )
    return (_gates(tonight), *numbers)


def _gates(tonight: AdsTonight) -> Table[Words]:
    course, worth, values = tonight.course, tonight.worth, values_of(tonight)
    binds = None if course is None or tonight.budget is None else course.binding
    pays = None
    if (
        worth is not None
        and worth.enough
        and tonight.marginal is not None
        and worth.break_even_roi is not None
    ):
        pays = worth.chance_pays >= SURE and tonight.marginal >= worth.break_even_roi
    rows = (
        (say("1 Will the budget run out?"), say("{projected} of {budget}", **values), _yes(binds)),
        (
            say("2 Do extra ads pay tonight?"),
            say("additional spend returns {marginal}, break-even {even}; {chance} likely to pay", **values),
            _yes(pays),
        ),
        (
            say("3 Is there stock?"),
            say(
                "{share} of the ad spend is for items about to sell out",
                share=message.percent(tonight.scarce_share, 0),
            ),
            _yes(None if tonight.returns is None else tonight.answer != "scarce"),
        ),
        (
            say("4 Can service answer more buyers?"),
            capacity.figure(tonight.duty),
            _yes(None if tonight.duty is None else tonight.duty.enough),
        ),
        (say("5 How much to add?"), values["amount"] if tonight.answer == "raise" else message.DASH, ""),
    )
    columns = (
        TableColumn(say("Question"), id="gate"),
        TableColumn(say("Figure"), id="figure"),
        TableColumn(say("Answer"), "word", "answer", (("yes", say("yes")), ("no", say("no")))),
    )
    return Table(say("Add ad budget tonight? Five questions; the first “no” means no"), columns, rows)


def _yes(answer: bool | None) -> str:  # noqa: FBT001 - the three words for it
    return message.DASH if answer is None else "yes" if answer else "no"


def limits(tonight: AdsTonight) -> list[Words]:
    """Return the texts on what these figures cannot show."""
    said: list[Words] = []
    if tonight.usual is not None:
        said.append(
            say(
                "Usual ad spend by {clock}: {share} of a day, from {n} comparable days without "
                "big campaigns.",
                clock=clock(tonight.hour),
                share=message.percent(tonight.share, 0),
                n=len(tonight.usual.days),
            )
        )
    else:
        said.append(
            say(
                "No earlier hourly figures are imported, so it is not known when the budget runs out: "
                "import the hourly file."
            )
        )
    if tonight.returns is None or tonight.returns.order is None:
        said.append(
            say(
                "There are no fully credited ad figures, or no margin is set, so it cannot be said "
                "whether more would pay."
            )
        )
    else:
        said.append(
            say(
                "Additional spend is assumed to return {share} of the average (too optimistic, because "
                "spend was higher on good days).",
                share=message.percent(tonight.returns.elasticity, 0),
            )
        )
    said.append(
        say(
            "About {share} of the sales of a day's ads are credited by the same evening: this is "
            "a setting in shop.toml, not measured here.",
            share=message.percent(tonight.credited, 0),
        )
    )
    if tonight.now is not None and not tonight.now.typed:
        said.append(say("Ad spend up to {clock} is from today's hourly file.", clock=tonight.now.clock))
    if tonight.duty is None:
        said.append(
            say(
                "Who is on duty in the service team tonight is in no file: enter it (form “Who is on duty "
                "tonight”) before you bring more buyers."
            )
        )
    else:
        said.append(
            say(
                "{n} buyers a day for one agent is a setting (agent_buyers_a_day), taken over eight hours; "
                "inquiries by hour are assumed to follow the visitors.",
                n=tonight.agent_buyers,
            )
        )
    return said
