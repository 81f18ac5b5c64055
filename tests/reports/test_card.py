"""The picture for a chat group: 1080 pixels wide, nothing on top of anything else, readable on a phone."""

from __future__ import annotations

import struct
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from core.language.text_width import cells_of
from core.reports import card, png
from core.reports.day_report import Report
from tests.reports.test_front_page import reported
from tests.reports.test_one_page import crowded
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
