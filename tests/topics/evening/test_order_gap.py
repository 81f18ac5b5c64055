"""The order gap: ours exact, theirs a range, lawful levers only."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.answers.answer import About, Answer, Finding, Number, Table, named
from core.answers.answer_codec import encode
from core.exports.kinds.hours import Hours
from core.exports.kinds.items import Items
from core.exports.kinds.orders import Orders
from core.journal.projections import Past
from core.language.wording import speak
from core.records.evening import DayNow, RivalNow
from core.records.records import Records
from core.shop.settings import Rival
from core.topics.evening import order_gap
from core.topics.evening.rivals_now import shown_range
from tests.topics.evenings import at, days_by_hour, moment
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told_by, usual_shop
from tests.topics.writing import Journal

gap = told_by(order_gap.gap)
RIVALS = (Rival(id="r1", name="甲家"), Rival(id="r2", name="乙家"))


def asked(
    typed: Records[DayNow],
    seen: Records[RivalNow] | None = None,
    past: Past | None = None,
    target: float = 0.0,
    orders: Orders | None = None,
    items: Items | None = None,
    clock: str = "21:10",
    hours: Hours | None = None,
) -> Answer:
    days = usual_shop(gmv=24_000.0, buyers=240.0, cart_buyers=900.0)
    return gap(
        typed,
        seen or Records(),
        past or Past(MONDAY),
        orders,
        days_by_hour() if hours is None else hours,
        days,
        items,
        shop=shop(rivals=RIVALS, margin=0.5, targets={"2026-06": target * 30} if target else {}),
        today=MONDAY,
        now=moment(clock),
    )


def so_far(orders: int, unpaid: int | None = None, clock: str = "21:00") -> Records[DayNow]:
    return at(
        "21:02" if clock == "21:00" else clock,
        DayNow(at=clock, orders=orders, gmv=orders * 100.0, unpaid=unpaid),
    )


def by_kind(answer: Answer, kind: str) -> Finding:
    (only,) = [finding for finding in answer.findings if finding.kind == kind]
    return only


def kinds(answer: Answer) -> set[str]:
    return {finding.kind for finding in answer.findings}


def keys(answer: Answer) -> set[str]:
    return {finding.key for finding in answer.findings}


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("150-180", 150, 180),
        ("150~180", 150, 180),
        ("150到180单", 150, 180),
        ("100+", 100, 199),
        ("87", 87, 87),
        ("1万-2万", 10_000, 29_999),
    ],
)
def test_a_rivals_count_is_read_as_the_range_it_is(typed: str, low: float, high: float) -> None:
    assert shown_range(typed) == (low, high)


@pytest.mark.parametrize("typed", ["", "很多", "180-150"])
def test_what_is_no_range_is_unknown(typed: str) -> None:
    assert shown_range(typed) is None


def test_nothing_typed_is_asked_for_with_what_the_target_wants_by_now() -> None:
    answer = asked(Records(), target=24_000.0)
    assert answer.verdict.level == "nodata"
    assert "¥2" in answer.verdict.text
    assert not answer.findings


def test_a_day_on_its_way_needs_no_lever() -> None:
    answer = asked(so_far(240), target=24_000.0)
    assert answer.verdict.level == "good"
    assert not any(finding.proposals for finding in answer.findings)


def test_a_target_out_of_reach_gets_no_discount() -> None:
    answer = asked(so_far(120), target=40_000.0)
    assert "order_gap/out_of_reach" in keys(answer)
    assert not keys(answer) & {"order_gap/carts", "order_gap/groups"}


def test_a_gap_that_can_be_closed_names_the_levers_with_their_numbers() -> None:
    answer = asked(so_far(208, unpaid=14), target=24_300.0)
    carts = next(finding for finding in answer.findings if finding.key == "order_gap/carts")
    assert "2,700 people" in carts.text
    assert "order_gap/unpaid" in keys(answer)
    end = next(piece for piece in answer.evidence if isinstance(piece, Number) and piece.low is not None)
    assert end.value is not None
    assert 225 <= end.value <= 245


def test_a_rival_is_ahead_only_with_both_ends_of_the_range() -> None:
    seen = at(
        "21:04",
        RivalNow(rival="r1", orders="190-230", price="100-200"),
        RivalNow(rival="r2", orders="220-260"),
    )
    answer = asked(so_far(210), seen)
    assert "order_gap/rival/r2" in keys(answer)
    assert "order_gap/rival/r1" not in keys(answer)
    assert "乙家 is 10–50 ahead" in answer.verdict.text
    table = next(piece for piece in answer.evidence if isinstance(piece, Table))
    assert ("¥19,000–¥46,000") in {row[4] for row in table.rows}


def test_a_rival_looked_at_yesterday_does_not_count_tonight() -> None:
    seen = at("21:04", RivalNow(rival="r1", orders="900"), day=MONDAY - timedelta(days=1))
    assert "no rival looked at tonight" in asked(so_far(210), seen).verdict.text


def test_fake_orders_get_the_article_once_and_no_figure() -> None:
    journal = Journal(MONDAY)
    journal.write("note", "order_gap", text="要不要补单 30 单？")
    journal.write("note", "live", text="刷单的事再说")
    answer = asked(so_far(210), past=journal.past)
    law = [finding for finding in answer.findings if finding.key == "order_gap/law"]
    assert len(law) == 1
    assert "art. 17" in law[0].text
    assert not law[0].proposals
    without = asked(so_far(210))
    assert answer.evidence == without.evidence
    assert answer.verdict == without.verdict
