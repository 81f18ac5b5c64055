"""The other tables: campaigns, promoters, actions, rivals, time, service, scores."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.records.evening import RivalNow
from core.records.experience import ScoreSeen
from core.records.month import CampaignResult
from core.records.records import CampaignEntry, RivalSeen
from core.records.team import TaokePartner
from core.shop.settings import Rival, Shop
from core.tables.actions import agreed
from core.tables.campaigns import results
from core.tables.rivals import looks
from core.tables.scores import scores
from core.tables.service import agents
from core.tables.span import span
from core.tables.taoke import resources
from core.tables.time_used import minutes
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, festival, sheet, shop, usual_shop
from tests.topics.writing import Journal

JUNE = span(date(2026, 6, 1), date(2026, 6, 14))
WEEKS = span(date(2026, 6, 1), date(2026, 6, 14), "week")


# ---- campaigns


def test_a_campaign_stands_with_what_it_sold_beyond_usual_and_what_was_signed() -> None:
    start, end = date(2026, 6, 8), date(2026, 6, 9)
    special = shop(calendar=(festival(start, end, 2.0, "端午"),))
    more = {day: {"gmv": 12_500.0} for day in (start, end)}
    signed = typed(
        (date(2026, 6, 12), CampaignResult(name="端午", profit=900.0, again=True, lesson="早点报名"))
    )
    entries = typed((date(2026, 6, 1), CampaignEntry(name="端午", state="over", start=start, end=end)))
    table = results(
        usual_shop(changes=more), entries=entries, signed=signed, shop=special, span=JUNE, today=MONDAY
    )
    assert table.column("name") == ["端午"]
    assert table.column("gmv") == [25_000.0]
    uplift = table.column("uplift")[0]
    assert isinstance(uplift, float)
    assert 11_500 < uplift < 14_500
    assert table.column("signed_profit") == [900.0]
    assert table.column("lesson") == ["早点报名"]
    assert table.column("again") == ["yes"]


@pytest.mark.parametrize(
    ("day", "own"),
    [
        (date(2025, 6, 12), False),
        (date(2026, 6, 9), False),
        (date(2026, 6, 10), True),
        (date(2026, 12, 6), True),
        (date(2026, 12, 7), False),
    ],
)
def test_a_result_of_another_year_under_the_same_name_never_stands_in_this_years_row(
    day: date, *, own: bool
) -> None:
    start, end = date(2026, 6, 8), date(2026, 6, 9)
    special = shop(calendar=(festival(start, end, 2.0, "端午"),))
    signed = typed((day, CampaignResult(name="端午", profit=900.0, uplift=541_000.0, lesson="早点报名")))
    table = results(usual_shop(), signed=signed, shop=special, span=JUNE, today=MONDAY)
    assert table.column("name") == ["端午"]
    known = {column.id for column in table.columns}
    assert {"signed_uplift", "lesson"} & known == ({"signed_uplift", "lesson"} if own else set())
    if own:
        assert table.column("signed_uplift") == [541_000.0]


def test_a_campaign_with_a_day_missing_keeps_its_row_and_its_effect_empty() -> None:
    start = date(2026, 6, 8)
    entries = typed((date(2026, 6, 1), CampaignEntry(name="端午", state="over", start=start, end=start)))
    special = shop(calendar=(festival(start, start, 2.0, "端午"),))
    table = results(
        usual_shop(changes={start: {"gmv": None}}), entries=entries, shop=special, span=JUNE, today=MONDAY
    )
    assert table.column("name") == ["端午"]
    assert "uplift" not in {column.id for column in table.columns}


def test_a_campaign_that_ended_outside_the_days_is_not_there() -> None:
    may = span(date(2026, 5, 1), date(2026, 5, 31))
    entries = typed((date(2026, 6, 1), CampaignEntry(name="端午", state="over", start=JUNE.first)))
    assert results(usual_shop(), entries=entries, shop=shop(), span=may, today=MONDAY).rows == ()


# ---- promoters


def test_promoters_keep_their_last_terms_and_their_figures_add_up() -> None:
    told = typed(
        (date(2026, 6, 2), TaokePartner(name="小美", commission=8.0, visitors=100, buyers=5, gmv=900.0)),
        (date(2026, 6, 4), TaokePartner(name="小美", commission=10.0, visitors=50, buyers=4)),
        (date(2026, 6, 4), TaokePartner(name="返利网", state="talking")),
    )
    table = resources(told, shop=shop(), span=WEEKS)
    assert table.column("name") == ["小美", "返利网"]
    assert table.column("commission") == [0.10, None]
    assert table.column("conversion") == [pytest.approx(9 / 150), None]
    assert table.column("gmv") == [900.0, None]


def test_all_promoters_together_come_from_the_exports() -> None:
    days = sheet(ShopDay, "date gmv taoke_fee\n2026-06-01 1000 80\n2026-06-02 1000 -")
    table = resources(typed(), days, shop=shop(), span=JUNE)
    assert table.column("name") == ["All promoters (from the file)"]
    assert table.column("fee") == [80.0]


# ---- actions


def test_an_action_stands_with_its_promise_and_what_came_of_it() -> None:
    journal = Journal(MONDAY)
    kept = journal.promise("买回流量", back=4, metric="visitors", direction="up", expected=1300.0)
    journal.write("action-update", "standup", day=MONDAY - timedelta(days=2), action=kept, state="done")
    journal.promise("换主图", back=3, due="2026-06-13")
    journal.promise("下周再看", back=2, due="2026-06-30")
    dropped = journal.promise("不做了", back=5)
    journal.write("action-update", "standup", action=dropped, state="dropped", reason="缺货")
    table = agreed(
        journal.past,
        usual_shop(changes={MONDAY - timedelta(days=3): {"visitors": 1400}}),
        shop=shop(),
        span=JUNE,
        today=MONDAY,
        titles={"standup": "Stand-up"},
    )
    rows = dict(zip(table.column("text"), table.rows, strict=True))
    names = [column.id for column in table.columns]

    def cell(text: str, name: str) -> object:
        return rows[text][names.index(name)]

    assert (cell("买回流量", "outcome"), cell("买回流量", "state")) == ("kept", "done")
    assert cell("买回流量", "expected") == "1,300"
    assert (cell("换主图", "outcome"), cell("换主图", "late")) == ("missed", 2.0)
    assert (cell("下周再看", "outcome"), cell("下周再看", "late")) == (None, None)
    assert (cell("不做了", "outcome"), cell("不做了", "reason")) == (None, "缺货")
    assert cell("换主图", "step") == "Stand-up"


# ---- rivals


def test_looks_at_a_rival_add_up_and_counts_stay_ranges() -> None:
    first = RivalSeen(rival="r1", new_listings=2, price="129-199", sold="900", rank=3, keyword="裙")
    later = RivalSeen(rival="r1", new_listings=1, price="119-189", sold="1000+", keyword="裙")
    stranger = RivalSeen(rival="路人", note="第一次看")
    seen = typed((date(2026, 6, 1), first), (date(2026, 6, 3), later), (date(2026, 6, 3), stranger))
    now = typed((date(2026, 6, 3), RivalNow(rival="r1", orders="100-120")))
    named = shop(rivals=(Rival(id="r1", name="素年"),))
    week = looks(seen, now, shop=named, span=WEEKS)
    assert week.column("rival") == ["素年", "路人"]
    assert week.column("new_listings") == [3.0, None]
    assert (week.column("price_low")[0], week.column("price_high")[0]) == (119.0, 199.0)
    assert (week.column("sold_low")[0], week.column("sold_high")[0]) == (1000.0, 1999.0)
    assert (week.column("orders_low")[0], week.column("orders_high")[0]) == (100.0, 120.0)
    assert (week.column("rank")[0], week.column("ranked")[0], week.column("looks")[0]) == (3.0, 1.0, 2.0)
    assert len(looks(seen, now, shop=named, span=JUNE).rows) == 3


# ---- time


def test_time_is_planned_used_and_skipped_by_step() -> None:
    first, second = Journal(date(2026, 6, 1)), Journal(date(2026, 6, 2))
    for day, end in ((first, "08:40"), (second, "08:50")):
        day.opened({"target": 15, "stock": 10})
        day.worked("target", "08:30", end)
    second.write("skipped", "stock", reason="网断了")
    journal = {first.today: first.entries, second.today: second.entries}
    table = minutes(journal=journal, span=WEEKS, titles={"stock": "Stock", "target": "Target"})
    assert table.column("step") == ["Stock", "Target"]
    assert table.column("planned") == [20.0, 30.0]
    assert table.column("used") == [None, 30.0]
    assert table.column("mean") == [None, 15.0]
    assert table.column("skipped") == [1.0, 0.0]
    assert table.column("reason") == ["网断了", None]
    by_day = minutes(journal=journal, span=JUNE, titles={"stock": "Stock", "target": "Target"})
    assert by_day.column("used") == [None, 10.0, None, 20.0]
    assert by_day.column("ended") == [None, "08:40", "09:00", "08:50"]


# ---- service and scores


def test_an_agents_week_is_weighted_by_inquiries() -> None:
    service = sheet(
        Service,
        """
        date        agent  benchmark  inquiries  converted  amount  average_response_s
        2026-06-01  小禾   -          10         5          500     20
        2026-06-02  小禾   -          30         6          600     60
        2026-06-02  木子   -          10         1          100     30
        """,
    )
    table = agents(service, shop=shop(), span=WEEKS)
    assert table.column("agent") == ["Team", "小禾", "木子"]
    assert table.column("conversion") == [pytest.approx(12 / 50), pytest.approx(11 / 40), pytest.approx(0.1)]
    assert table.column("average_response_s")[1] == pytest.approx((20 * 10 + 60 * 30) / 40)
    assert table.column("days") == [2.0, 2.0, 1.0]


def test_scores_show_the_last_one_known_and_their_change() -> None:
    days = sheet(
        ShopDay,
        """
        date        gmv   score_item  reviews_count  negative_reviews
        2026-05-31  100   4.82        -              -
        2026-06-02  100   4.80        20             1
        2026-06-07  100   4.79        30             4
        """,
    )
    table = scores(days, shop=Shop(name="兰亭"), span=WEEKS)
    assert table.column("score_item") == [4.79]
    assert table.column("score_item_moved") == [pytest.approx(-0.03)]
    assert table.column("bad_share") == [pytest.approx(5 / 50)]


def test_the_experience_score_takes_the_place_of_the_old_ones_once_it_is_typed() -> None:
    days = sheet(ShopDay, "date score_item reviews_count\n2026-06-01 4.9 10\n2026-06-09 4.8 12")
    seen = typed(
        (date(2026, 6, 2), ScoreSeen(total=4.7, service=4.5)), (date(2026, 6, 10), ScoreSeen(total=4.6))
    )
    table = scores(days, seen, shop=shop(), span=WEEKS)
    assert table.column("total") == [4.7, 4.6]
    assert {column.id for column in table.columns} & {"score_item", "score_service"} == set()
    assert "score_item" in {column.id for column in scores(days, typed(), shop=shop(), span=WEEKS).columns}
