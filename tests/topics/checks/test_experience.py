"""The experience score: pasted or typed, what wins most, what fell, and when it says nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.answers.answer import About, Answer, Finding, Table
from core.errors import UsageError
from core.exports.kinds.refunds import Refunds
from core.records.experience import ScoreSeen
from core.records.score_page import read_page, read_weights
from core.topics.checks import checks
from core.topics.checks.experience.score import FULL, Metric, levers, total_score
from core.topics.checks.experience.score_pages import looks
from core.topics.sales import drivers
from routines.forms.forms import FORMS
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, of_rows, shop, told_by, usual_shop

due = told_by(checks.due)
gap = told_by(drivers.gap)
PAGE = """
店铺真实体验分 4.65 较昨日 -0.01 超过同行 62.3%
宝贝质量 权重25% 5.00
商品负反馈率 0.62% 得分 5.0 权重 70% 统计区间 2026-05-15~2026-06-13
商品好评率 98.11% 得分 5.0 权重 30%
物流速度 权重25% 5.00
48小时揽收及时率 99.83% 得分 5.0 权重 70%
物流到货时长 42.6小时 得分 5.0 权重 30%
服务保障 权重50% 4.31
3分钟人工响应率 71.5% 得分 4.0 权重 30%
旺旺满意度 92.4% 得分 4.6 权重 20%
退款处理时长 18.2小时 得分 4.4 权重 25%
平台求助率 0.41% 得分 4.35 权重 25%
"""


def of_kind(answer: Answer, kind: str) -> list[Finding]:
    return [one for one in answer.findings if one.kind == kind]


def asked(*rows: tuple[int, ScoreSeen]) -> Answer:
    """What the checks say of looks so many days ago."""
    return due(
        scores=typed(*((MONDAY - timedelta(days=ago), seen) for ago, seen in rows)), shop=shop(), today=MONDAY
    )


# ---- the page


def test_a_pasted_page_is_read_by_its_names() -> None:
    page = read_page(PAGE)
    assert page.shown["total"].score == 4.65
    assert page.weights["service"] == 0.5
    response = page.shown["response"]
    assert (response.score, response.weight, response.value) == (4.0, 0.3, 0.715)
    assert page.shown["refund_hours"].value == 18.2


def test_one_value_a_line_is_read_as_well() -> None:
    page = read_page("体验分\n4.72\n服务保障\n4.31分\n平台求助率\n0.41%\n4.35分\n")
    assert (page.shown["total"].score, page.shown["service"].score) == (4.72, 4.31)
    assert page.shown["help_rate"].value == pytest.approx(0.0041)
    assert page.shown["help_rate"].score == 4.35


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    read_page(text)
    assert all(0 <= share <= 1 for share in read_weights(text).values())


@pytest.mark.parametrize(
    ("field", "typed_in", "said"),
    [
        ("total", "5.2", "“Experience score”: cannot read “5.2”. A score is between 0 and 5, such as 4.72."),
        ("service", "-1", "A score is between 0 and 5"),
        (
            "page",
            "体验分 47.2分",
            "No score from 0 to 5 was found next to a metric's name. Copy the whole page.",
        ),
        ("page", "hello", "No score from 0 to 5 was found next to a metric's name."),
        ("weights", "half each", "Write each name with its percentage"),
    ],
)
def test_what_cannot_be_a_score_is_refused_in_one_sentence(field: str, typed_in: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        FORMS["score"].read({field: typed_in})
    assert said in str(refused.value)


# ---- the arithmetic

SHARES = st.lists(st.floats(0.05, 1.0), min_size=3, max_size=3)
SCORES = st.lists(st.floats(0.0, 5.0), min_size=6, max_size=6)


@given(SHARES, SCORES, st.floats(0.1, 0.9))
def test_the_total_and_what_is_missing_make_five(
    shares: list[float], scores: list[float], first: float
) -> None:
    weights = {str(n): share / sum(shares) for n, share in enumerate(shares)}
    dimensions = {
        str(n): {f"{n}a": Metric(first, scores[2 * n]), f"{n}b": Metric(1 - first, scores[2 * n + 1])}
        for n in range(3)
    }
    total = total_score(weights, dimensions)
    found = levers(weights, dimensions)
    assert total is not None
    assert 0 <= total <= FULL + 1e-9
    assert total + sum(one.gain for one in found) == pytest.approx(FULL)
    assert [one.gain for one in found] == sorted((one.gain for one in found), reverse=True)


# ---- what is said


def test_the_metric_that_wins_most_comes_first_with_who_moves_it() -> None:
    answer = asked((0, ScoreSeen(page=PAGE)))
    (said,) = of_kind(answer, "experience")
    assert said.level == "watch"
    assert "4.65, 0.15 short of 4.80" in said.text
    assert "3-minute response +0.15, platform help rate +0.08, refund time +0.07" in said.text
    (ask,) = said.proposals
    assert (ask.role, ask.about) == ("service", About(metric="response"))
    assert any(isinstance(one, Table) and one.name == "Experience score" for one in answer.evidence)


def test_values_typed_later_go_with_the_weights_of_the_page() -> None:
    later = ScoreSeen(total=4.7, response=4.3)
    (_, last) = looks(typed((MONDAY - timedelta(days=3), ScoreSeen(page=PAGE)), (MONDAY, later)))
    assert last.weights["response"] == 0.3
    assert [one.metric for one in last.levers] == ["response"]


def test_without_weights_no_order_is_invented() -> None:
    (said,) = of_kind(asked((0, ScoreSeen(total=4.6, response=4.0))), "experience")
    assert "Paste the experience score page with its weights once" in said.text


def test_a_score_above_its_line_is_left_alone() -> None:
    (said,) = of_kind(asked((0, ScoreSeen(total=4.85))), "experience")
    assert (said.level, said.proposals) == ("good", ())


def test_a_fall_names_the_metric_that_fell_most() -> None:
    answer = asked(
        (5, ScoreSeen(total=4.85, pickup=5.0, response=4.5)),
        (0, ScoreSeen(total=4.8, pickup=4.6, response=4.4)),
    )
    (said,) = of_kind(answer, "experience_fall")
    assert said.about == About(metric="pickup")
    assert "4.85 → 4.80" in said.text


def test_a_hundredth_is_no_fall() -> None:
    assert of_kind(asked((5, ScoreSeen(total=4.85)), (0, ScoreSeen(total=4.84))), "experience_fall") == []


def test_weights_that_do_not_give_the_shown_total_are_asked_for_again() -> None:
    (said,) = of_kind(
        asked((0, ScoreSeen(page=PAGE.replace("体验分 4.65", "体验分 4.80")))), "experience_weights"
    )
    assert "the score is 4.65, but the page shows 4.80" in said.text


def test_an_old_look_is_asked_for_again_and_no_look_at_all_says_nothing() -> None:
    assert of_kind(asked((9, ScoreSeen(total=4.85))), "experience_old")
    answer = due(shop=shop(), today=MONDAY)
    assert [one for one in answer.findings if one.kind.startswith("experience")] == []


def test_closing_what_came_back_raises_the_mean_first_and_that_is_told() -> None:
    applied = datetime(2026, 6, 10, 9)
    rows = [
        {
            "refund": str(n),
            "date": applied,
            "applied": applied,
            "closed": applied + timedelta(hours=10),
            "status": "退款成功",
        }
        for n in range(9)
    ]
    rows.append(
        {
            "refund": "w",
            "date": applied,
            "applied": applied - timedelta(hours=20),
            "status": "等待商家确认收货",
        }
    )
    cases = of_rows(Refunds, [row | {"amount": 50.0} for row in rows])
    seen = typed((MONDAY, ScoreSeen(total=4.7)))
    (said,) = of_kind(due(refunds=cases, scores=seen, shop=shop(), today=MONDAY), "refund_hours")
    assert "took 10.0 hours" in said.text
    assert "finishing it makes the average 12.0" in said.text
    assert of_kind(due(refunds=cases, shop=shop(), today=MONDAY), "refund_hours") == []


# ---- the scores it replaces


def test_the_old_scores_are_silent_where_the_experience_score_is_typed() -> None:
    sunday = MONDAY - timedelta(days=1)
    week_before = sunday - timedelta(days=7)
    changes: dict[date, dict[str, float | None]] = {
        week_before: {"score_item": 4.9},
        sunday: {"score_item": 4.7},
    }
    days = usual_shop(changes=changes)
    assert of_kind(gap(days, shop=shop(), today=MONDAY), "score")
    seen = typed((MONDAY, ScoreSeen(total=4.8)))
    assert of_kind(gap(days, experience=seen, shop=shop(), today=MONDAY), "score") == []
