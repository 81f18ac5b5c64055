"""Ad decisions looked at again: when the days are credited in full, and only where orders came in since."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.answers.answer import About, Answer, Table
from core.exports.kinds.keywords import Keywords
from core.journal.projections import Decision, Earlier
from core.measures.judged_days import closes
from core.shop.settings import Shop
from core.topics.ads import paid
from core.topics.ads.attribution_review import figures
from tests.topics.tables import MONDAY, of_rows, shop, told_by

judged = told_by(paid.words)
DECIDED = MONDAY - timedelta(days=11)
"""15 days of credit after the last judged day, which lay four days before the decision: open again today."""
KEY = "paid/word/1/毛衣女"


def words(late_orders: float) -> Keywords:
    """Return sixty days of four words; 毛衣女 has so many more orders on the days decided on."""
    rows: list[dict[str, object]] = []
    for back in range(1, 60):
        day = MONDAY - timedelta(days=back)
        for name, orders in (("毛衣女", 0.0), ("针织开衫", 0.4), ("开衫女秋", 0.4), ("外搭女", 0.4)):
            credited = late_orders / 10 if name == "毛衣女" and 16 <= back <= 25 else 0.0
            n = orders + credited
            rows.append(
                {
                    "date": day, "scene": "关键词推广", "plan_id": "1", "unit_id": "1", "item": "1",
                    "item_title": "针织开衫", "word_type": "关键词", "word": name, "impressions": 200.0,
                    "clicks": 10.0, "cost": 12.0, "orders": n, "gmv": n * 200.0,
                }
            )  # fmt: skip
    return of_rows(Keywords, rows)


def decided(
    choice: str = "delete", day: date = DECIDED, *, orders: str = "0", detail: object = None, key: str = KEY
) -> Decision:
    at = datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    kept = {"Word": "毛衣女", "Clicks": "280", "Orders": orders} if detail is None else detail
    return Decision("1", "paid", key, choice, kept, "lan", at, day)


def asked(*decisions: Decision, late: float = 20.0, given: Shop | None = None) -> Answer:
    return judged(words(late), earlier=Earlier(decisions), shop=given or shop(margin=0.5), today=MONDAY)


def keys(answer: Answer) -> list[str]:
    return [one.key for one in answer.findings if one.key.startswith(("paid/reopened", "paid/matured"))]


def test_without_earlier_decisions_nothing_is_opened() -> None:
    assert keys(asked()) == []


def test_a_young_decision_waits() -> None:
    assert keys(asked(decided(day=DECIDED + timedelta(days=1)))) == []
    assert closes(DECIDED, shop()) == MONDAY


def test_an_old_one_is_not_brought_up_for_ever() -> None:
    assert keys(asked(decided(day=DECIDED - timedelta(days=3)))) == []


def test_a_decision_that_holds_is_one_line_for_all() -> None:
    answer = asked(decided(), late=0.0)
    assert keys(answer) == ["paid/matured"]


def test_figures_that_were_not_kept_prove_nothing() -> None:
    assert keys(asked(decided(detail="点击多不出单"))) == []
    assert figures({"Orders": "—", "Clicks": "10"}) is None


def test_a_decision_taken_again_since_is_left_alone() -> None:
    assert keys(asked(decided(), decided("keep", MONDAY - timedelta(days=2)))) == []


def test_deciding_to_keep_or_watch_needs_no_second_look() -> None:
    assert keys(asked(decided("keep"), decided("observe", key="paid/word/1/外搭女"))) == []


def test_orders_credited_since_open_a_deletion_again_with_both_figures() -> None:
    answer = asked(decided())
    assert "paid/reopened/1/毛衣女" in keys(answer)
    found = next(one for one in answer.findings if one.key == "paid/reopened/1/毛衣女")
    assert "the decision “delete” of 4 Jun was based on 0 orders of 280 clicks." in found.text
    assert "20 orders of 280 clicks" in found.text
    assert found.proposals[0].role == "promotion"


def test_what_was_kept_in_one_language_is_read_in_the_other() -> None:
    assert figures({"Clicks": "1,280", "Orders": "3"}) == (1280.0, 3.0)
    assert figures({"点击量": "1,280", "成交笔数": "3"}) == (1280.0, 3.0)


def test_figures_are_numbers_under_the_ids_of_their_columns() -> None:
    assert figures({"clicks": 1280, "orders": 3.0}) == (1280.0, 3.0)
    assert figures({"clicks": 1280, "点击量": "7", "orders": 0}) == (1280.0, 0.0)
    for kept in ({"clicks": 1280}, {"clicks": "nan", "orders": 3}, {"clicks": True, "orders": 3}, "no", None):
        assert figures(kept) is None
    opened = asked(decided(detail={"clicks": 280, "orders": 0}))
    assert [one.about for one in opened.findings if one.kind == "reopened"] == [
        About(item="1", word="毛衣女")
    ]


def again(answer: Answer) -> list[tuple[object, ...]]:
    found = [one for one in answer.evidence if one.name == "Earlier decisions checked again"]
    return [row for table in found if isinstance(table, Table) for row in table.rows]


def test_the_final_figure_stands_beside_the_first_held_or_not() -> None:
    assert again(asked()) == []
    (opened,) = again(asked(decided()))
    assert (opened[4:8], opened[-1]) == ((280.0, 0.0, 280.0, 20.0), "open")
    (held,) = again(asked(decided(), late=0.0))
    assert (held[4:8], held[-1]) == ((280.0, 0.0, 280.0, 0.0), "holds")


def test_days_younger_than_the_credit_are_labelled_with_the_day_they_are_looked_at_again() -> None:
    young = [
        limit
        for limit in asked().limits
        if (
            "are within the 15 days in which orders are still credited to the ads, so a few more "
            "orders will be added. Today's decisions are checked again automatically on"
        )
        in limit
    ]
    assert len(young) == 1
    assert "26 Jun" in young[0], "today's decisions are credited in full eleven days on"
