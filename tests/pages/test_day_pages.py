"""The day as web pages: what a boss reads on a phone, without a terminal and without a script."""

from __future__ import annotations

import re
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from core.answers.answer import (
    About,
    Answer,
    Bar,
    Bars,
    Finding,
    Impact,
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
from core.language.speech import Language, speak
from core.pages import render
from core.pages.model import DayBox, Frame, Link, MonthPage, StepPage, TodayPage, WeekRow
from core.reports.plain_text import clean
from routines.io.day_pages import day_pages
from routines.workday.workday import Workday
from tests.conftest import copy_of
from tests.pages.browser import DESK, PHONE, asked_for, looked_at
from tests.reports.test_report import HOSTILE
from tests.routines.days import CHINA, shop_folder

MORNING = datetime(2026, 11, 16, 9, 0, tzinfo=CHINA)
FRAME = Frame("兰亭", "11月16日", (Link("index.html", "11月16日"),), "店日")


class Read(HTMLParser):
    """A page as a program reads it: its links, its tags, its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.sources: list[str] = []
        self.handlers: list[str] = []
        self.ids: dict[str, str] = {}
        self.text = ""
        self._quiet = 0
        self.feed(page)
        self.words = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._quiet += tag == "style"
        for name, value in attrs:
            if name == "href" and tag == "a":
                self.links.append(value or "")
            elif name in ("src", "href", "srcset", "data", "action", "background"):
                self.sources.append(value or "")
            elif name.startswith("on"):
                self.handlers.append(name)

    def handle_endtag(self, tag: str) -> None:
        self._quiet -= tag == "style"

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self.text += data


@pytest.fixture(scope="module")
def pages(sample_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Language, dict[str, str]]:
    """The sample's Monday at 09:00 in both languages."""
    shop = copy_of(sample_shop, tmp_path_factory.mktemp("pages") / "lanting")
    found: dict[Language, dict[str, str]] = {}
    for lang in ("zh", "en"):
        speak(lang)
        workday = Workday.open(shop, clock=lambda: MORNING, who="lan", lang=lang)
        if lang == "zh":
            workday.note("target", "昨晚改了主图")
            workday.act("stock", Proposal("supply", "给牛仔裤补货", due="2026-11-16"))
        found[lang] = day_pages(workday)
    speak("en")
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_boss_reads_the_day_from_its_first_page(pages: Any, lang: Language) -> None:
    index = Read(pages[lang]["index.html"])
    for figure in ("¥37,460", "78%", "8,203", "3.03", "¥12,831"):
        assert figure in index.words, figure
    for step in ("target", "stock", "paid", "rivals", "standup", "summary"):
        assert f"step-{step}.html" in index.links
    first = "目标达成" if lang == "zh" else "Target"
    assert index.words.index("¥37,460") < index.words.index("¥12,831") < index.words.rindex(first)
    assert {"svg", "ol", "time"} <= index.tags


def test_every_page_is_in_the_readers_language(pages: Any) -> None:
    speak("zh")
    assert "牵涉金额最大" in Read(pages["zh"]["index.html"]).words
    assert "Most money at stake" in Read(pages["en"]["index.html"]).words
    assert all('<html lang="zh' in page for page in pages["zh"].values())
    assert all('<html lang="en' in page for page in pages["en"].values())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_link_leads_to_a_page_and_every_page_can_be_reached(pages: Any, lang: Language) -> None:
    site = pages[lang]
    reached, ahead = {"index.html"}, ["index.html"]
    while ahead:
        for link in Read(site[ahead.pop()]).links:
            assert link in site, link
            if link not in reached:
                reached.add(link)
                ahead.append(link)
    assert reached == set(site)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_needs_no_script_and_nothing_from_elsewhere(pages: Any, lang: Language) -> None:
    for name, page in pages[lang].items():
        read = Read(page)
        assert not read.tags & {"script", "img", "iframe", "link", "form", "object", "video"}, name
        assert not read.sources, name
        assert not read.handlers, name
        assert not re.search(r"https?:|url\(|@import", page), name
        assert "default-src 'none'" in page, name


def test_a_step_shows_its_answer_its_pictures_and_what_was_written_in_it(pages: Any) -> None:
    target = Read(pages["zh"]["step-target.html"])
    assert "昨天 ¥37,460" in target.words
    assert "昨晚改了主图" in target.words
    assert {"svg", "table"} <= target.tags
    gap = pages["zh"]["step-drivers.html"]
    assert 'class="minus"' in gap
    assert "昨日成交 ¥37,460" in Read(gap).words
    stock = pages["zh"]["step-stock.html"]
    assert 'class="aim"' in stock, "days of cover against the lead time"


def test_an_action_due_today_is_on_the_first_page(pages: Any) -> None:
    assert "给牛仔裤补货" in Read(pages["zh"]["index.html"]).words


def test_it_says_when_it_was_made(pages: Any) -> None:
    assert "Made by shopday on Mon 16 Nov at 09:00." in Read(pages["en"]["index.html"]).words


def test_each_picture_is_drawn_twice_and_told_once(pages: Any) -> None:
    page = pages["en"]["step-target.html"]
    assert page.count('class="on-wide"') == page.count('class="on-phone"') == page.count("<figcaption>")
    assert 'viewBox="0 0 340 ' in page
    assert re.search(r'<p class="said">.*target reached on \d+ of \d+ days', page)


def test_the_month_shows_each_days_sales_and_share(pages: Any) -> None:
    page = pages["en"]["month.html"]
    month = Read(page)
    assert "7 of 15 days reached theirs" in month.words
    assert "✗78%" in month.words
    assert "heat-worst" in page
    assert page.count('<td class="heat-') == 15
    assert "aim ¥" in month.words, "days to come show their target"


# ---- harmless, whatever the data hold


def hostile(text: str) -> str:
    """A step's page with this text wherever data can put text."""
    columns = (TableColumn(text, id="a"), TableColumn(text, "word", "b", (("x", text),)))
    dates = ("2026-11-14", "2026-11-15")
    answer = Answer(
        Verdict("act", text),
        findings=(
            Finding("k", "act", text, (Proposal("supply", text, due=text),), impact=Impact(5.0, "day")),
        ),
        evidence=(
            Number(text, "count", 1.0),
            Table(text, columns, ((text, "x"), (None, "y")), about=(About(), About())),
            Series(text, "count", dates, (1.0, 2.0), targets=(1.0, 1.0), lead=True),
            Split(text, "CNY", 1.0, (Part(text, 1.0),), start=Part(text, 1.0), end=Part(text, 2.0)),
            Bars(text, "days", (Bar(text, 3.0, 9.0, state="missed"), Bar(text, None, None, 1.0, 2.0)), text),
        ),
        limits=(text,),
        needs=(Need("sheet", "missing", text, (text,), text),),
    )
    frame = Frame(text, text, (Link("index.html", text),), text)
    pages = [
        render.step(StepPage(text, text, answer, None, Link("index.html", text), None), frame),
        render.today(TodayPage(("act", text), (), None, (), (), (text,), ()), frame),
        render.month(MonthPage(text, text, [WeekRow([DayBox(1, "", text, text, text)], text, text)]), frame),
    ]
    return "\n".join(pages)


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_is_only_ever_text(text: str) -> None:
    page = hostile(text)
    read = Read(page)
    assert not read.tags & {"script", "img", "iframe"}
    assert set(read.links) == {"index.html"}
    assert not read.handlers
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069]", page)
    assert clean(text) in read.words


def test_a_shop_without_any_export_has_pages_that_say_so(tmp_path: Path) -> None:
    shop = shop_folder(tmp_path / "new")
    workday = Workday.open(shop, clock=lambda: MORNING, who="Wang", lang="en")
    site = day_pages(workday)
    assert "No sales of this month are known yet." in Read(site["month.html"]).words
    assert "No data" in Read(site["index.html"]).words
    assert "Missing data" in Read(site["step-target.html"]).words


# ---- in a browser


@pytest.mark.e2e
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_a_phone_and_a_desk_nothing_reaches_over_the_edge_and_all_can_be_read(
    pages: Any, lang: Language, theme: str, tmp_path: Path
) -> None:
    for name, page in pages[lang].items():
        (tmp_path / name).write_text(page, encoding="utf-8")
    for wide in (PHONE, DESK):
        found = looked_at(tmp_path, list(pages[lang]), wide=wide, dark=theme == "dark", home=tmp_path)
        assert {one.name for one in found} == set(pages[lang])
        assert {one.name: one.wide for one in found if one.wide > wide} == {}
        assert {one.name: one.out for one in found if one.out} == {}
        assert {one.name: one.text for one in found if one.text[0] < 4.5} == {}
        assert {one.name: one.shape for one in found if one.shape[0] < 3} == {}


@pytest.mark.e2e
def test_a_browser_that_opens_a_page_asks_nobody(tmp_path: Path) -> None:
    page = tmp_path / "step.html"
    page.write_text(hostile("<img src=http://127.0.0.1:9/x onerror=alert(1)>"), encoding="utf-8")
    assert not {one for one in asked_for(page, tmp_path) if "127.0.0.1:9" in one}
    page.write_text("<img src=http://127.0.0.1:9/x>", encoding="utf-8")
    assert "http://127.0.0.1:9/x" in asked_for(page, tmp_path), "it would have been seen"
