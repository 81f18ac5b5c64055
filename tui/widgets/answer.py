"""An analysis's answer as screen text: verdict, findings, evidence, limits of validity and exports used."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import partial
from typing import Final

from textual.widget import Widget

from core.answers.answer import Answer, Bars, Evidence, Need, Number, Proposal, Series, Split, Table
from core.language.dates import short_day
from core.language.wording import listing, say
from tui.text.sanitize import Part, content
from tui.text.text_layout import Block, Prose, hang, titled
from tui.widgets.bars import bar_lines
from tui.widgets.charts import number_lines, series_lines, split_lines
from tui.widgets.evidence_table import EvidenceTable
from tui.widgets.labels import Words, badge
from tui.widgets.waterfall import waterfall_lines

_DATES = 4


def verdict_words(answer: Answer | None, *, asking: bool) -> Prose:
    """Return the answer's verdict; if there is no answer, say that it is being computed or not available."""
    if answer is None:
        words = say("Calculating ...") if asking else say("No answer yet.")
        return Prose([content(words, "$quiet")])
    return Prose([hang([badge(answer.verdict.level), "  "], (answer.verdict.text, "bold"))])


def finding_words(answer: Answer) -> Prose:
    """Return the answer's findings with their proposals, numbered as in the list that the key ``a`` opens."""
    if not answer.findings and answer.verdict.level == "nodata":
        return Prose()  # nothing was looked at
    if not answer.findings:
        return titled(say("Findings"), [content(say("Nothing stands out."), "$quiet")])
    rows: list[Block] = []
    number = 0
    for finding in answer.findings:
        rows.append(hang([badge(finding.level), "  "], finding.text))
        for proposal in finding.proposals:
            number += 1
            rows.append(hang((f"   {number:>2} ", "bold $key"), *proposal_parts(proposal)))
    return titled(say("Findings"), rows)


def proposal_parts(proposal: Proposal) -> list[Part]:
    """Return the parts of a proposal's line: role, text and due day."""
    due = f"  {say('by {date}', date=due_words(proposal.due))}" if proposal.due else ""
    return [(f"{role_word(proposal.role)}: ", "$quiet"), proposal.text, (due, "$quiet")]


def due_words(due: str) -> str:
    """Return a due day given as an ISO date in the reader's format; any other text unchanged."""
    try:
        return short_day(date.fromisoformat(due))
    except ValueError:
        return due


def role_word(role: str) -> str:
    """Return the name of a role in the current language."""
    return {
        "owner": say("owner"),
        "operator": say("operator"),
        "promotion": say("promotion"),
        "design": say("design"),
        "service": say("service"),
        "content": say("content"),
        "supply": say("supply"),
        "viewer": say("viewer"),
    }.get(role, role)


def proposals(answer: Answer | None) -> list[tuple[str, Proposal]]:
    """Return the answer's proposals, each after the key of its finding, in the order of their numbers."""
    if answer is None:
        return []
    return [(finding.key, proposal) for finding in answer.findings for proposal in finding.proposals]


def gate_words(needs: Sequence[Need]) -> Prose:
    """Return the exports that are missing or incomplete, and how to get them; empty if all are complete."""
    rows: list[Block] = []
    for need in needs:
        if need.state == "complete":
            continue
        look = "bold $level-act" if need.state == "missing" else "bold $level-watch"
        rows.append(_need_row(need, look))
        if need.how and need.state != "immature":
            rows.append(hang([("  " + say("download:") + " ", "$quiet")], need.how))
    if rows and any(need.state in ("missing", "partial", "stale") for need in needs):
        rows.append(content(say("Put the files into inbox/ and press i."), "$quiet"))
    return titled(say("Missing data"), rows) if rows else Prose()


def _need_row(need: Need, look: str) -> Block:
    """Return the state of one export, with its missing days if known."""
    sheet = need.title or need.sheet
    if need.state in ("partial", "stale") and need.missing:
        return hang("", (say("missing {days}: {sheet}", days=_dates(need), sheet=sheet), look))
    days = f"  {_dates(need)}" if need.missing else ""
    return hang((f"{state_word(need)} ", look), sheet, (days, "$quiet"))


def good_words(needs: Sequence[Need]) -> Prose:
    """Return the list of complete exports; empty if there are none."""
    good = [need.title or need.sheet for need in needs if need.state == "complete"]
    return titled(say("Complete data"), [hang("", (listing(good), "$quiet"))]) if good else Prose()


def state_word(need: Need) -> str:
    """Return in words whether an export that an answer needs is complete, missing, old or not final."""
    return {
        "complete": say("complete"),
        "partial": say("incomplete"),
        "missing": say("missing"),
        "stale": say("old"),
        "immature": say("not final yet"),
    }[need.state]


def _dates(need: Need) -> str:
    more = f" +{len(need.missing) - _DATES}" if len(need.missing) > _DATES else ""
    return listing([day[5:] for day in need.missing[:_DATES]]) + more


def limit_words(answer: Answer) -> Prose:
    """Return the answer's limits of validity, i.e. what cannot be concluded from it."""
    return titled(say("What cannot be concluded"), [hang(("- ", "$quiet"), limit) for limit in answer.limits])


def evidence_widgets(
    answer: Answer, hidden: Callable[[Table], Collection[str]] = lambda _: ()
) -> list[Widget]:
    """Return the widgets for the answer's evidence: one for all numbers, then one for each other piece.

    The picture that leads the answer is left out, as it stands below the verdict. ``hidden`` returns the ids
    of a table's columns that are not to be shown. Of tables only the names are shown until they are unfolded.
    """
    numbers = [piece for piece in answer.evidence if isinstance(piece, Number)]
    others = [
        [piece] for piece in answer.evidence if not isinstance(piece, Number) and piece is not answer.lead
    ]
    groups: list[Sequence[Evidence]] = [*([numbers] if numbers else []), *others]
    return [
        EvidenceTable(first, hidden=hidden(first), folded=True)
        if isinstance(first := group[0], Table)
        else EVIDENCE[type(first)](*group)
        for group in groups
    ]


def _numbers(*numbers: Number) -> Widget:
    return Words(titled(say("Figures"), number_lines(numbers)), classes="part")


def _split(split: Split) -> Widget:
    return Words(
        titled(split.name, [lambda room: waterfall_lines(split, room) or split_lines(split, room)]),
        classes="part",
    )


def _series(series: Series) -> Widget:
    return Words(titled(series.name, [partial(series_lines, series)]), classes="part")


def _bars(bars: Bars) -> Widget:
    return Words(titled(bars.name, [partial(bar_lines, bars)]), classes="part")


EVIDENCE: Final[dict[type, Callable[..., Widget]]] = {
    Number: _numbers,
    Split: _split,
    Series: _series,
    Bars: _bars,
    Table: EvidenceTable,
}
"""For each kind of evidence, the function that makes its widget; that for numbers takes all at once."""
