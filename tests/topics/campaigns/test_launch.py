"""A campaign of our own from its template: three days at a launch price, then the everyday price."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.answers.answer import Answer, Finding
from core.language.message import Words
from core.language.wording import text
from core.records.records import CampaignEntry
from core.records.team import NewItem
from core.shop.settings import CalendarDay
from core.topics.campaigns.campaigns import progress
from routines.forms.forms import FORMS
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, shop


def on(days: int) -> date:
    return MONDAY + timedelta(days=days)


def asked(
    *new: NewItem, planned: CampaignEntry | None = None, calendar: tuple[CalendarDay, ...] = ()
) -> Answer[Words]:
    return progress(
        entries=typed((MONDAY, planned)) if planned else None,
        new_items=typed(*[(MONDAY, one) for one in new]),
        shop=shop(calendar=calendar),
        today=MONDAY,
    )


def of_kind(answer: Answer[Words], kind: str) -> list[Finding[Words]]:
    return [one for one in answer.findings if one.kind == kind]


def filled(found: Finding[Words]) -> dict[str, str]:
    (ask,) = found.proposals
    return {name: text(value) for name, value in ask.fills}


def test_a_new_item_has_its_launch_filled_in_from_its_listing_day() -> None:
    (found,) = of_kind(asked(NewItem(item="羊羔毛外套", listed=on(4))), "launch")
    assert found.proposals[0].form == "campaign"
    assert filled(found) == {
        "name": "Launch of 羊羔毛外套, three days",
        "kind": "own",
        "state": "planned",
        "start": on(4).isoformat(),
        "end": on(6).isoformat(),
        "discount": "10% off for three days, everyday price again from 22 Jun",
        "method": "launch",
        "items": "羊羔毛外套",
    }
    assert found.proposals[0].due == on(3).isoformat(), "written down the day before"


def test_the_form_takes_what_is_filled_in_as_it_is() -> None:
    (found,) = of_kind(asked(NewItem(item="羊羔毛外套", listed=on(4))), "launch")
    read = FORMS["campaign"].read(filled(found))
    assert (read["start"], read["end"], read["method"]) == (on(4).isoformat(), on(6).isoformat(), "launch")


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (NewItem(item="x", listed=on(0)), True),
        (NewItem(item="x", listed=on(14)), True),
        (NewItem(item="x", listed=on(15)), False),
        (NewItem(item="x", listed=on(-1)), False),
        (NewItem(item="x", listed=on(4), state="listed"), False),
        (NewItem(item="x", listed=on(4), state="dropped"), False),
        (NewItem(item="x"), False),
    ],
)
def test_it_is_proposed_for_what_is_listed_within_two_weeks(new: NewItem, *, told: bool) -> None:
    assert bool(of_kind(asked(new), "launch")) is told


@pytest.mark.parametrize(("end", "told"), [(3, True), (4, False)])
def test_a_campaign_on_the_listing_day_is_enough(end: int, *, told: bool) -> None:
    planned = CampaignEntry(name="上新", kind="own", start=on(2), end=on(end), discount="9 折")
    assert bool(of_kind(asked(NewItem(item="x", listed=on(4)), planned=planned), "launch")) is told


def test_two_empty_weeks_get_days_a_week_away_from_the_calendars_campaigns() -> None:
    peak = CalendarDay(start=on(3), end=on(6), multiplier=3.0, kind="platform", note="618")
    (found,) = of_kind(asked(calendar=(peak,)), "idea")
    start = date.fromisoformat(filled(found)["start"])
    assert start == date(2026, 7, 1), "seven days stay free after the 21st, and it lies in one month"
    assert filled(found)["end"] == "2026-07-03"
    assert "Days a week away from any other offer: 1 Jul to 3 Jul." in text(found.text)
