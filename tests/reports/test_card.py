"""The picture for a chat group: 1080 pixels wide, nothing on top of anything else, readable on a phone."""

from __future__ import annotations

import struct
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from core.language.text_width import cells_of
from core.reports import card, png
from core.reports.day_report import Figure, Report, ReportLine
from tests.reports.test_front_page import reported
from tests.reports.test_one_page import crowded, crowded_entries
from tests.reports.test_report import HOSTILE, journal, report

SVG = "{http://www.w3.org/2000/svg}"


def texts(found: Report, size: card.Size = "long") -> list[tuple[float, float, float, str]]:
    """Every text outside the chart: left, baseline, size in pixels, words."""
    root = ET.fromstring(str(card.draw(found, size)))  # noqa: S314 - our own
    return [
        (float(one.get("x", "0")), float(one.get("y", "0")), float(one.get("font-size", "0")), one.text or "")
        for one in root.findall(f"{SVG}text")
    ]


def high(found: Report, size: card.Size = "long") -> float:
    return float(ET.fromstring(str(card.draw(found, size))).get("height", "0"))  # noqa: S314 - our own


def test_nothing_runs_over_the_edge_or_onto_the_next_line() -> None:
    for found in (crowded(), reported(), report()):
        shown = texts(found)
        for x, y, size, words in shown:
            assert x + cells_of(words) * size * 0.5 <= card.WIDE, words
            assert 0 < y < high(found)
        column = sorted((y, size) for x, y, size, _ in shown if x == card.MARGIN)
        for (above, _), (below, size) in pairwise(column):
            assert below - above >= size * 0.95


def test_no_text_is_smaller_than_a_phone_shows() -> None:
    assert min(size for _, _, size, _ in texts(crowded())) >= 22


def test_a_crowded_day_is_a_picture_of_at_most_3200_pixels() -> None:
    assert high(crowded()) <= 3200
    assert high(crowded(), "short") <= 1900


def fullest() -> Report:
    """A crowded day with every list, nine figures and long promises."""
    lines = tuple(ReportLine(f"承诺 {n}：" + "这一条写得特别长，" * 6) for n in range(9))
    figures = tuple(
        Figure(f"数值 {n}", "¥1,594,231", "¥2,470,000", "¥2,379,042 到 ¥2,508,248") for n in range(9)
    )
    table = reported().key_figures
    long = ("一句长长的话，" * 9,) * 3
    return replace(crowded(), promises=lines, figures=figures, key_figures=table, good=long, improve=long,
                   keep=long, tomorrow=long, newcomer=long, rivals=long[0])  # fmt: skip


def test_the_fullest_day_shows_less_rather_than_becoming_too_high() -> None:
    for size, most in card.MOST_HIGH.items():
        assert high(fullest(), size) <= most
    words = " ".join(words for *_, words in texts(fullest()))
    for part in ("昨日 ¥37,460。", "Key figures", "Still open", "First things tomorrow"):
        assert part in words, "what matters most stays"
    assert "Promises" not in words


def test_what_stands_below_a_value_stays_inside_its_card() -> None:
    wide = (card.INSIDE - 16) / 2
    for x, _, size, words in texts(fullest()):
        if "2,379,042" in words or "2,470,000" in words:
            left = card.MARGIN if x < card.WIDE / 2 else card.MARGIN + wide + 16
            assert x + cells_of(words) * size * card.CELL <= left + wide


def test_the_short_one_says_what_is_open_and_has_no_note_on_a_table_it_lacks() -> None:
    words = " ".join(words for *_, words in texts(reported(crowded_entries()), "short"))
    assert "Still open" in words
    assert "the change says little" not in words
    assert "Key figures" not in words


def test_the_short_one_has_the_verdict_and_tomorrow_and_not_the_lists_between() -> None:
    long = " ".join(words for *_, words in texts(crowded()))
    short = " ".join(words for *_, words in texts(crowded(), "short"))
    for part in ("昨日 ¥37,460。", "First things tomorrow"):
        assert part in short
    assert "To improve" in long
    assert "To improve" not in short


@pytest.mark.parametrize("foreign", HOSTILE)
def test_foreign_text_is_drawn_as_text(foreign: str) -> None:
    root = ET.fromstring(str(card.draw(report(journal(foreign)))))  # noqa: S314 - our own
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
        "svg", "style", "rect", "text", "line", "polyline", "circle",
    }  # fmt: skip


def test_an_edited_report_is_drawn_as_it_was_edited() -> None:
    edited = replace(report(), written="# 我的日报\n\n**今天很好。**\n\n## 明天\n\n- 早点来\n")
    words = [words for *_, words in texts(edited)]
    assert words[:4] == ["我的日报", "今天很好。", "明天", "早点来"]


@pytest.mark.e2e
def test_the_picture_is_a_png_of_its_size_with_chinese_in_it() -> None:
    drawn = png.render(crowded())
    assert png.has_chinese_font()
    assert drawn.startswith(b"\x89PNG")
    assert struct.unpack(">II", drawn[16:24]) == (card.WIDE, round(high(crowded())))
    assert len(drawn) < 1_000_000
