"""The page's pictures: true to their figures, harmless, and a page that asks nobody for anything."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from core.answers.answer import Mark, Part, Series, Split
from core.reports import html
from core.reports.svg_charts import draw
from core.reports.svg_shapes import BELOW, HIGH, TOP
from tests.conftest import CHROMIUM
from tests.reports.test_report import HOSTILE, journal, report

DATES = tuple(f"2026-11-{day:02d}" for day in range(9, 16))
SALES = Series("Sales by day", "CNY", DATES, (79_108, 138_617, None, 48_236, 45_684, 42_787, 37_460))
GAP = Split(
    "Gap", "CNY", -4647.0, (Part("Visitors", -1453.0), Part("Conversion", -5691.0), Part("AOV", 2497.0))
)


def svg(piece: Series | Split) -> ET.Element:
    return ET.fromstring(str(draw(piece)))  # noqa: S314 - our own


def test_an_unknown_day_is_a_gap_in_the_line_and_no_nought() -> None:
    lines = [line.get("points", "").split() for line in svg(SALES).iter("polyline")]
    assert [len(line) for line in lines] == [2, 4]


def test_the_highest_and_the_last_day_stand_where_their_figures_say() -> None:
    lines = [line.get("points", "").split() for line in svg(SALES).iter("polyline")]
    tops = [float(point.split(",")[1]) for line in lines for point in line]
    assert min(tops) == pytest.approx(TOP)
    last = HIGH - BELOW - (HIGH - BELOW - TOP) * 37_460 / 138_617
    assert tops[-1] == pytest.approx(last, abs=0.1)


def test_bars_are_as_long_as_their_parts_and_go_both_ways() -> None:
    bars = {bar.get("class"): float(bar.get("width", "0")) for bar in svg(GAP).iter("rect")}
    assert set(bars) == {"minus", "plus", "total"}
    widths = [float(bar.get("width", "0")) for bar in svg(GAP).iter("rect")]
    assert widths[0] / widths[1] == pytest.approx(1453 / 5691, rel=0.01)
    assert widths[3] / widths[1] == pytest.approx(4647 / 5691, rel=0.01)


def test_who_cannot_see_the_picture_is_told_it() -> None:
    assert svg(SALES).get("aria-label") == "Sales by day: from ¥37k to ¥139k, latest ¥37k"
    assert svg(GAP).get("aria-label") == (
        "Gap: Visitors -¥1,453, Conversion -¥5,691, AOV ¥2,497; total -¥4,647"
    )


@pytest.mark.parametrize("values", [(), (None, None), (5.0,), (0.0, 0.0), (-1.0, -1.0), (None, 3.0, None)])
def test_few_or_no_values_are_drawn_all_the_same(values: tuple[float | None, ...]) -> None:
    svg(Series("x", "count", DATES[: len(values)], values))


@pytest.mark.parametrize("foreign", HOSTILE)
def test_foreign_names_are_text_in_a_picture_too(foreign: str) -> None:
    series = Series(
        foreign, "count", DATES[:2], (1.0, 2.0), (Mark(DATES[0], foreign), Mark("2020-01-01", "x"))
    )
    split = Split(foreign, "CNY", 1.0, (Part(foreign, 1.0),))
    page = html.render(replace(report(journal()), pictures=(series, split)))
    assert "<script" not in page
    assert not re.search(r"<svg[^>]*\son\w+=", page)
    for piece in (series, split):
        assert {node.tag for node in svg(piece).iter()} <= {
            "svg",
            "text",
            "line",
            "polyline",
            "circle",
            "rect",
        }


def test_pictures_stand_between_the_first_page_and_the_details() -> None:
    page = html.render(replace(report(), pictures=(SALES, GAP)))
    assert page.index("First things tomorrow") < page.index("<svg") < page.index("Step by step")
    assert page.count("<svg") == 2
    corrected = html.render(replace(report(), pictures=(SALES,), written="# 我的日报\n\n今天很好。"))
    assert corrected.index("今天很好") < corrected.index("<svg")


def test_a_page_without_pictures_has_no_room_for_them() -> None:
    assert "<figure" not in html.render(report())


def printed(page: str, folder: Path) -> tuple[str, set[str], bytes]:
    """Open the page in a browser: what it logged, which of our addresses it asked for, what it printed."""
    folder.mkdir()
    (folder / "report.html").write_text(page, encoding="utf-8")
    log, pdf = folder / "net.json", folder / "report.pdf"
    command = f"""
        {CHROMIUM} --headless --no-sandbox --disable-gpu --enable-logging=stderr --no-first-run --disable-sync
        --disable-background-networking --disable-component-update --user-data-dir={folder / "browser"}
        --log-net-log={log} --print-to-pdf={pdf} {(folder / "report.html").as_uri()}
    """
    done = subprocess.run(command.split(), capture_output=True, text=True, timeout=100, check=True)
    told = log.read_text(encoding="utf-8", errors="replace")
    return done.stderr, set(re.findall(r'"(http://127\.0\.0\.1:9/[^"]*)"', told)), pdf.read_bytes()


@pytest.mark.e2e
def test_a_browser_shows_and_prints_it_without_a_word_and_asks_nobody(tmp_path: Path) -> None:
    hostile = journal("<img src=http://127.0.0.1:9/x onerror=alert(1)>")
    page = html.render(replace(report(hostile), pictures=(SALES, GAP)))
    said, asked, pdf = printed(page, tmp_path / "ours")
    assert "CONSOLE" not in said
    assert asked == set()
    assert pdf.startswith(b"%PDF")
    assert len(pdf) > 5000
    assert "127.0.0.1:9/x" in unescape(page)


@pytest.mark.e2e
def test_the_browser_would_have_told(tmp_path: Path) -> None:
    page = "<script>console.log('here')</script><img src=http://127.0.0.1:9/x>"
    said, asked, _ = printed(page, tmp_path / "other")
    assert "CONSOLE" in said
    assert asked == {"http://127.0.0.1:9/x"}


def test_a_day_that_is_not_final_is_drawn_hollow_in_the_colour_of_what_is_likely() -> None:
    sales = Series(
        "Net", "CNY", DATES[:3], (10.0, 20.0, 30.0), targets=(20.0, 20.0, 20.0), likely=(None, "met", "plain")
    )
    bars = [bar.get("class") for bar in svg(sales).iter("rect")]
    assert bars == ["missed", "met hollow", "plain hollow"]
    label = svg(sales).get("aria-label") or ""
    assert label.endswith("; target reached on 0 of 1 days; 2 more days still wait for refunds")
