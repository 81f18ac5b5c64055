"""An answer in words: on the screen with its looks, and in plain lines on the command line."""

from __future__ import annotations

from datetime import date

import pytest

from core.answers.answer import (
    Answer,
    Finding,
    Need,
    Number,
    Part,
    Proposal,
    Series,
    Split,
    Table,
    TableColumn,
    Verdict,
)
from routines.past.find_results import ResultFigure
from routines.past.promise_history import JudgedPromise, Predicts
from tui.text import answer_text
from tui.text.day_text import plain_values
from tui.text.find_text import figures_words, predicts_row
from tui.text.text_layout import Prose
from tui.widgets.answer import (
    due_words,
    finding_words,
    gate_words,
    good_words,
    limit_words,
    proposals,
    role_word,
    state_word,
    verdict_words,
)
from tui.widgets.promise_summary import promised_words

ORDER = Proposal("supply", "Order 300 jeans", due="2026-11-18")
CALL = Proposal("cook", "Call the factory")
ANSWER = Answer(
    Verdict("act", "Jeans last 4 days."),
    (
        Finding("stock/order/1", "act", "Jeans run out.", (ORDER, CALL)),
        Finding("stock/ok/2", "good", "Coats last."),
    ),
    limits=("Returns are not counted.",),
)
NEEDS = [
    Need("stock", "complete", "千牛 › 库存"),
    Need("items", "partial", "生意参谋 › 商品", ("2026-11-14", "2026-11-15")),
    Need("ads", "stale", "", tuple(f"2026-11-{day:02}" for day in range(9, 15))),
    Need("reviews", "missing", "评价管理", title="Reviews"),
    Need("orders", "immature", "已卖出的宝贝", ("2026-11-15",)),
]


def plain(shown: Prose, room: int = 100) -> list[str]:
    return [one.plain.rstrip() for one in shown.lines(room)]


def looks(shown: Prose) -> dict[str, str]:
    return {
        one.plain[span.start : span.end].strip(): str(span.style)
        for one in shown.lines(200)
        for span in one.spans
    }


def test_the_verdict_stands_behind_its_level_or_it_is_said_why_there_is_none() -> None:
    assert plain(verdict_words(ANSWER, asking=False)) == ["act      Jeans last 4 days."]
    assert looks(verdict_words(ANSWER, asking=True))["act"] == "bold $level-act"
    assert plain(verdict_words(None, asking=True)) == ["Calculating ..."]
    assert plain(verdict_words(None, asking=False)) == ["No answer yet."]


def test_proposals_are_numbered_through_all_findings() -> None:
    assert plain(finding_words(ANSWER)) == [
        "Findings",
        "act      Jeans run out.",
        "    1 supply: Order 300 jeans  by 18 Nov",
        "    2 cook: Call the factory",
        "good     Coats last.",
    ]
    assert proposals(ANSWER) == [("stock/order/1", ORDER), ("stock/order/1", CALL)]
    assert proposals(None) == []
    assert plain(finding_words(Answer(Verdict("good", "x")))) == ["Findings", "Nothing stands out."]
    assert due_words("soon") == "soon"
    roles = ("owner", "operator", "promotion", "design", "service", "content", "supply", "viewer")
    assert [role_word(role) for role in roles] == list(roles)


def test_what_cannot_be_concluded_is_listed() -> None:
    assert plain(limit_words(ANSWER)) == ["What cannot be concluded", "- Returns are not counted."]


def test_files_that_are_missing_are_named_with_their_days_and_where_to_get_them() -> None:
    assert plain(gate_words(NEEDS)) == [
        "Missing data",
        "missing 11-14, 11-15: items",
        "  download: 生意参谋 › 商品",
        "missing 11-09, 11-10, 11-11, 11-12 +2: ads",
        "missing Reviews",
        "  download: 评价管理",
        "not final yet orders  11-15",
        "Put the files into inbox/ and press i.",
    ]
    assert looks(gate_words(NEEDS))["missing"] == "bold $level-act"
    assert looks(gate_words(NEEDS))["not final yet"] == "bold $level-watch"
    assert plain(gate_words(NEEDS[4:]))[-1] == "not final yet orders  11-15", "nothing is to be got"
    assert not gate_words(NEEDS[:1])
    assert plain(good_words(NEEDS)) == ["Complete data", "stock"]
    assert not good_words(NEEDS[1:])
    assert [state_word(need) for need in NEEDS] == [
        "complete",
        "incomplete",
        "old",
        "missing",
        "not final yet",
    ]


PIECES = (
    Number("Cover", "days", 4.0, 3.0, 5.5, 9.0),
    Number("Wait", "seconds", 42.4),
    Number("Unknown", "stars", None),
    Series("Sales", "CNY", ("2026-11-14", "2026-11-15"), (1000.0, None)),
    Series("Nothing", "CNY", (), ()),
    Split("Gap", "count", -5.0, (Part("visitors", -7.0), Part("conversion", 2.0))),
    Table(
        "Items",
        (TableColumn("Item"), TableColumn("Sales", "money"), TableColumn("Rate", "rate"), TableColumn("Hero"),
         TableColumn("Cover", "days")),
        (("jeans", 1234.0, 0.0188, True, 4.25), ("coat", None, 0.1, False, None)),
    ),
)  # fmt: skip


def test_on_the_command_line_it_is_plain_lines() -> None:
    answer = Answer(ANSWER.verdict, ANSWER.findings, PIECES, ANSWER.limits, tuple(NEEDS))
    assert [line.rstrip() for block in answer_text.lines(answer) for line in block.splitlines() or [""]] == [
        "Act: Jeans last 4 days.",
        "- Act: Jeans run out.",
        "    > Supply: Order 300 jeans (2026-11-18)",
        "    > cook: Call the factory",
        "- Good: Coats last.",
        "",
        "Cover: 4.0 days (3.0 days - 5.5 days), compared with 9.0 days",
        "",
        "Wait: 42.4 seconds",
        "",
        "Unknown: —",
        "",
        "Sales: from ¥1,000 to ¥1,000, latest ¥1,000 on 14 Nov",
        "",
        "Nothing: no values",
        "",
        "Gap: -5",
        "  visitors    -7",
        "  conversion   2",
        "",
        "Items",
        "Item    Sales   Rate  Hero  Cover",
        "jeans  ¥1,234   1.9%  yes     4.2",
        "coat        —  10.0%  no        —",
        "",
        "* Returns are not counted.",
        "* Items by day is incomplete 2026-11-14, 2026-11-15 (生意参谋 › 商品)",
        "* Ads by item and plan is out of date 2026-11-09, 2026-11-10, 2026-11-11, 2026-11-12, 2026-11-13 …",
        "* Reviews is missing (评价管理)",
        "* Order list is not final yet 2026-11-15 (已卖出的宝贝)",
    ]


def test_a_report_as_json_holds_plain_values_only() -> None:
    value = {1: (Verdict("act", "x"), {2.5}), "day": date(2026, 11, 16), "nan": float("nan"), "odd": 3j}
    assert plain_values(value) == {
        "1": [{"level": "act", "text": "x", "asks": False}, [2.5]],
        "day": "2026-11-16", "nan": None, "odd": "3j",
    }  # fmt: skip


def test_figures_found_are_told_with_those_of_the_next_day() -> None:
    told = (
        ResultFigure("gmv", "sales", 1000.0, 1200.0),
        ResultFigure("conversion", "conversion", 0.025, None),
    )
    assert figures_words(told) == "sales ¥1,000, next day ¥1,200, conversion 2.50%"


@pytest.mark.parametrize(
    ("person", "row"),
    [
        (
            Predicts("沈岚", 6, 2, 1, 0, 0.41, 0.93, 0.42, 0.1, 9, "ahead"),
            (
                "6",
                "2",
                "1",
                "75% (41%–93%); 89% of all promises could be judged",
                "better than assuming “as usual” (+0.42 ± 0.10)",
                "—",
            ),
        ),
        (
            Predicts("周岩", 0, 0, 3, 0, 0.0, 1.0, None, None, 0, ""),
            ("0", "0", "3", "—", "—", "—"),
        ),
    ],
)
def test_who_predicts_how_well_is_told_when_there_is_enough_to_tell(
    person: Predicts, row: tuple[str, ...]
) -> None:
    assert predicts_row(person) == (person.who, *row)


def judged(outcome: str) -> JudgedPromise:
    return JudgedPromise(
        "a", "Order", "沈岚", "2026-11-10", "2026-11-15", "open", 1, "", "", outcome, "",
        None, None, None, None, "", "It was kept.",
    )  # fmt: skip


def test_the_mornings_promises_are_counted() -> None:
    assert promised_words([]) is None
    one = promised_words([judged("kept")])
    assert one == ("1 promise due: 1 kept, 0 missed, 0 cannot tell.", "$level-good")
    many = promised_words([judged(one) for one in ("kept", "not kept", "cannot tell", "cannot tell")])
    assert many == ("4 promises due: 1 kept, 1 missed, 2 cannot tell.", "$level-watch")
    unclear = promised_words([judged("cannot tell")])
    assert unclear == ("1 promise due: 0 kept, 0 missed, 1 cannot tell.", "")
