"""Page one: its table of key figures, and the chart of thirty days that no single day flattens."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from core.answers.answer import Answer, Mark, Series, Table, TableColumn, Verdict
from core.answers.key_figures import COLUMNS
from core.journal.entry import Entry
from core.reports import gather, html, markdown
from core.reports.day_report import Report
from core.reports.svg_charts import draw
from tests.reports.test_report import DAY, PLAN, SHOP

DATES = tuple(f"2026-11-{day:02d}" for day in range(9, 16))


def drawn(series: Series) -> ET.Element:
    return ET.fromstring(str(draw(series)))  # noqa: S314 - our own


def sales(*values: float | None, marks: tuple[Mark, ...] = ()) -> Series:
    many = len(values)
    return Series(
        "Sales", "CNY", DATES[:many], values, marks,
        targets=(100.0,) * many, low=(80.0,) * many, high=(120.0,) * many,
    )  # fmt: skip


def bars(series: Series) -> list[str]:
    """The look of each day's bar, in order."""
    return [box.get("class", "") for box in drawn(series).iter("rect") if box.get("class") != "band"]


def test_a_day_is_blue_at_its_target_grey_within_its_swing_and_orange_below_it() -> None:
    assert bars(sales(100.0, 99.9, 80.0, 79.9)) == ["met", "plain", "plain", "missed"]


def test_an_unknown_day_has_a_target_and_no_bar() -> None:
    chart = drawn(sales(100.0, None, 100.0))
    assert bars(sales(100.0, None, 100.0)) == ["met", "met"]
    assert sum(line.get("class") == "aim" for line in chart.iter("line")) == 3


def test_a_day_of_three_hundred_times_does_not_flatten_the_others_and_shows_its_value() -> None:
    chart = drawn(sales(100.0, 110.0, 30_000.0, 105.0))
    heights = [float(box.get("height", "0")) for box in chart.iter("rect") if box.get("class") == "met"]
    assert min(heights) > 0.3 * max(heights)
    assert "¥30k" in "".join(text.text or "" for text in chart.iter("text"))


def test_days_of_nothing_and_below_nothing_stay_inside_the_chart() -> None:
    for values in ((0.0, 0.0), (-50.0, 100.0)):
        for box in drawn(sales(*values)).iter("rect"):
            assert float(box.get("height", "-1")) >= 0


def test_the_names_of_neighbouring_campaigns_never_lie_on_each_other() -> None:
    names = tuple(Mark(day, f"双11 第{place}波 首日") for place, day in enumerate(DATES))
    chart = drawn(sales(*(100.0,) * 7, marks=names))
    labels = [text for text in chart.iter("text") if "双11" in (text.text or "")]
    assert labels
    spans = []
    for label in labels:
        wide = 12.0 * len(label.text or "") * 0.9
        x = float(label.get("x", "0"))
        spans.append(
            (label.get("y"), *((x - wide, x) if label.get("text-anchor") == "end" else (x, x + wide)))
        )
    for n, (level, start, end) in enumerate(spans):
        assert all(level != other or end < a or b < start for other, a, b in spans[n + 1 :])


def test_it_tells_a_screen_reader_how_many_days_reached_their_target() -> None:
    assert "target reached on 2 of 3 days" in drawn(sales(100.0, 120.0, 10.0)).get("aria-label", "")


def summary() -> Answer:
    states = (("missed", "missed"), ("usual", "usual range"))
    names = ("Figure", "15 Nov", "8 Nov", "Change", "Target", "% of target", "Meaning", "Comparable")
    columns = tuple(
        TableColumn(name, "rate" if column == "share" else "word" if column == "state" else "text", column,
                    states if column == "state" else ())
        for name, column in zip(names, COLUMNS, strict=True)
    )  # fmt: skip
    table = Table("Key figures", columns, (
        ("Sales", "¥37,460", "¥66,352", "-44%", "¥48,001", 0.78, "missed", "no"),
        ("Visitors", "8,203", "8,000", "+3%", "—", None, "usual", "yes"),
    ))  # fmt: skip
    return Answer(Verdict("watch", "The day."), evidence=(table, sales(100.0, 50.0)))


def reported(entries: tuple[Entry, ...] = ()) -> Report:
    return gather.report(entries, shop=SHOP, day=DAY, plan=PLAN, present={"summary": summary()})


def test_the_table_stands_on_page_one_with_the_unfair_comparison_marked_and_explained() -> None:
    front = markdown.render(reported()).partition("## Step by step")[0]
    rows = [line for line in front.splitlines() if line.startswith(("| Sales", "| Visitors"))]
    assert rows == [
        "| Sales | ¥37,460 | ¥66,352 \\* | -44% | ¥48,001 | 78% | missed |",
        "| Visitors | 8,203 | 8,000 | +3% | — | — | usual range |",
    ]
    assert "the change says little" in front
    assert "Comparable" not in front


def test_the_chart_stands_before_the_lists_with_a_key_to_its_colours() -> None:
    page = html.render(reported())
    front = page.partition('class="details"')[0]
    assert front.index("Key figures") < front.index('<figure class="trend">')
    key = re.search(r'<p class="key">(.*?)</p>', front, re.DOTALL)
    assert key is not None
    assert all(
        word in key[1] for word in ("target reached", "target missed, outside the usual range", "usual range")
    )
