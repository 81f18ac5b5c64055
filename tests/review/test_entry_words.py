"""What each kind of entry tells in a past day's log, and what of it can be found."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

from core.find.searchable_text import said
from core.journal.projections import TALKED
from core.reports.day_report import FormWords
from core.review.entry_text import EntryNames, tell
from tests.topics.writing import Journal

NAMES = EntryNames(
    {"target": "Target", "stock": "Stock"},
    {"rival": FormWords("A look at a rival", {"rival": "Rival", "price": "Price"})},
    {"known": "催货"},
)


def expected(words: str) -> str:
    """Return what a test wrote down, without its indentation."""
    return dedent(words)[1:].rstrip()


def everything() -> Journal:
    """A day with an entry of every kind, and of each kind what may be missing in it."""
    day = Journal(date(2026, 11, 9))
    day.opened({"target": 15, "stock": 10})
    day.write("opened", plan="spoilt")
    day.write("done", "target", quick=True)
    day.write("done", "target")
    day.write("skipped", "stock", reason="网断了")
    day.write("extended", "target", minutes=5)
    day.write("extended", "target", minutes=-5)
    day.write("extended", "target", minutes="5")
    day.write("dropped", steps=["stock", "unheard"])
    day.write("dropped", steps="spoilt")
    day.write("note", "target", text="首屏改回去了")
    day.write("reply", "target", question="Which number must move?", text="访客数")
    day.write("reply", "target", text="没有问题")
    first = day.write("record", "rivals", form="rival", values={"price": "99", "rival": "旧的"})
    day.write(
        "record", "rivals", form="rival", replaces=first,
        values={"price": "129", "rival": "r1", "more": [1, {"x": "里面"}], "sure": True, "none": None},
    )  # fmt: skip
    day.write("record", "rivals", form="rival", values="spoilt")
    day.write("decision", "paid", key="paid/毛衣", choice="delete", detail="0.40%")
    day.write("decision", "paid", key="paid/r1", choice="keep", detail={"text": "再看看"})
    day.write("decision", "paid", key="paid/没了", choice="")
    day.write("decision", "hands_on", key="hands_on/a", choice="done")
    day.write("decision", "hands_on", key="hands_on/b", choice="done", detail="有话")
    day.write("decision", "standup", key="standup/a", choice=TALKED)
    day.write("action", "standup", text="改图", role="design", due="2026-11-12", item="r1")
    day.write("action", "standup", text="改词", role="someone", owner="周岩", due="soon")
    day.write("action-update", "standup", action="known", state="done")
    day.write("action-update", "standup", action="known", state="handed", owner="许舟", reason="请假")
    day.write("action-update", "standup", action="gone", state="dropped", due="2026-11-13")
    day.write("action-update", "standup", action="known", state="open")
    day.write("handover", cover="周岩", text="补货单")
    day.write("handover", cover="周岩")
    day.write("handover")
    day.write("report", state="draft", text="草稿", figures={})
    day.write("report", state="finished", text="# 日报", figures={})
    return day


def test_what_each_entry_tells() -> None:
    told = "\n".join(f"{entry.kind}: {tell(entry, NAMES)}".rstrip() for entry in everything().entries)
    assert told == expected("""
        opened: plan of 2 steps
        opened: plan of 0 steps
        done: nothing to do
        done:
        skipped: 网断了
        extended: +5 min
        extended: -5 min
        extended:
        dropped: Stock, unheard
        dropped:
        note: 首屏改回去了
        reply: Which number must move? 访客数
        reply: 没有问题
        record: A look at a rival: Rival 旧的; Price 99
        record: A look at a rival: Rival r1; Price 129; more [1, {'x': '里面'}]; sure yes
        record:
        decision: delete: 毛衣 (0.40%)
        decision: keep: 再看看
        decision: undone: paid/没了
        decision: done: a
        decision: done: b (有话)
        decision: ticked: a
        action: 改图 (Design, 12 Nov)
        action: 改词 (周岩)
        action-update: done: 催货
        action-update: handed over: 催货 (许舟, 请假)
        action-update: dropped: an earlier action (13 Nov)
        action-update: reopened: 催货
        handover: checked on behalf of 周岩: 补货单
        handover: stands in for 周岩
        handover: stand-in ended
        report: draft
        report: finalised
    """)


def test_what_of_a_day_can_be_found() -> None:
    names = {"r1": "素年", "毛衣": "毛衣女"}
    found = said(everything().entries, names)
    told = "\n".join(f"{one.kind} {one.step} {one.who}: {one.text} [{one.hidden}]" for one in found)
    assert told == expected("""
        skipped stock 小兰: 网断了 []
        note target 小兰: 首屏改回去了 []
        reply target 小兰: 访客数 []
        reply target 小兰: 没有问题 []
        record rivals 小兰: 129 素年 1 里面 []
        record rivals 小兰: spoilt []
        decision paid 小兰: delete: 毛衣女 0.40% [delete 删词]
        decision paid 小兰: keep: 素年 再看看 [keep 留]
        decision hands_on 小兰: done: b 有话 [done 完成]
        action standup 小兰: 改图 [素年]
        action standup 小兰: 改词 (周岩) []
        action-update standup 小兰: 请假 (许舟) []
        report  小兰: 日报 []
    """)
