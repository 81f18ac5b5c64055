"""A day, a week and their pictures, word for word, as they leave the house."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from textwrap import dedent

import pytest

from core.answers.answer import About, Answer, Finding, Impact, Mark, Number, Part, Series, Split, Verdict
from core.journal.entry import Entry
from core.reports import gather, html, markdown, period_report, text
from core.reports.blocks import Bullets, Grid, Heading, Paragraph
from core.reports.day_report import Figure, FormWords, PlannedStep, Report, ReportLine
from core.reports.svg_charts import draw
from core.shop.settings import Person, Shop
from tests.topics.writing import ZONE, Journal

MONDAY, TUESDAY = date(2026, 11, 9), date(2026, 11, 10)
SHOP = Shop(name="兰亭女装", team=(Person(name="周岩", roles=("promotion",)),), margin=0.4)
PLAN = (
    PlannedStep("target", "Target", time(8, 30), 15),
    PlannedStep("stock", "Stock", time(8, 45), 10),
    PlannedStep("rivals", "Rivals", time(9, 10), 20),
    PlannedStep("page", "Page", time(9, 30), 5),
    PlannedStep("summary", "Daily report", time(21, 50), 10),
)
FORMS = {
    "rival": FormWords("A look at a rival", {"rival": "Rival", "price": "Price"}, {"rival": lambda _: "素年"})
}


def expected(words: str) -> str:
    """Return what a test wrote down, without its indentation."""
    return dedent(words).strip()


def busy_day() -> Journal:
    """A day on which everything happened that a report tells of."""
    day = Journal(TUESDAY)
    found = (
        Finding("target/a", "act", "短视频断了", kind="source", impact=Impact(120.0, "day")),
        Finding("target/b", "good", "点击率更高"),
        Finding("target/keep", "info", "Steady: order value", kind="keep"),
        Finding("target/cause", "act", "先查访客", kind="cause"),
    )
    figures = (
        Number("Yesterday's sales", "CNY", 37460.0, reference=48001.0),
        Number("Month-end forecast", "CNY", 2.4e6, 2.3e6, 2.5e6),
        Number("Conversion", "rate", 0.0283),
        Number("ROI", "ratio", 3.21),
        Number("Visitors", "count", 1234.0),
        Series("Sales by day", "CNY", ("2026-11-08", "2026-11-09"), (1.0, 2.0)),
    )
    day.shown("target", Answer(Verdict("watch", "Yesterday ¥37,460."), found, figures, ("No market data.",)))
    more = tuple(Finding(f"stock/{n}", "watch", f"第 {n} 款只够四天") for n in range(1, 9))
    day.shown("stock", Answer(Verdict("watch", "8 items"), more))
    reached = day.promise("到数了", back=1, due="2026-11-09", metric="gmv")
    day.shown("standup", Answer(
        Verdict("good", "Two promises"),
        (Finding("standup/p1", "good", "兑现：周岩“改词”", kind="promise", about=About(entry=reached)),),
    ))  # fmt: skip
    day.worked("target", "08:30", "08:41")
    day.write("done", "page", at="09:31", quick=True)
    day.write("reply", "target", question="Which number must move?", text="访客数")
    day.write("reply", "target", question="What is the plan?", text="第一\n\n第二", late=True)
    day.write("note", "target", at="08:40", text="首屏改回去了")
    day.write("note", "target", at="23:10", text="补记", late=True)
    values = {
        "price": "129-199",
        "rival": "r01",
        "new_listings": None,
        "seen": True,
        "note": "",
        "share": 0.5,
    }
    name = day.write("record", "rivals", form="rival", values={"rival": "旧的"})
    day.write("record", "rivals", form="rival", values=values, replaces=name)
    day.write("record", "rivals", form="other", values={"x": False}, late=True)
    day.write(
        "decision", "target", at="10:30", who="周岩", key="paid/毛衣女", choice="delete", detail="0.40%"
    )
    day.write("decision", "target", at="10:31", who="周岩", key="paid/裙", choice="keep")
    day.write("skipped", "rivals", reason="网断了")
    day.write("note", "extra", at="12:00", text="计划外的")
    day.promise("催货", back=1, due="2026-11-09", metric="visitors")
    handed = day.promise("转手", back=1, due="2026-11-10")
    day.write("action-update", "target", action=handed, state="handed", owner="许舟", reason="他在厂里")
    done = day.promise("充值", back=0, due="2026-11-10")
    day.write("action-update", "target", action=done, state="done")
    dropped = day.promise("不做了", back=0, due="2026-11-10")
    day.write("action-update", "target", action=dropped, state="dropped", reason="缺货")
    day.promise("改图", back=0, due="2026-11-11", metric="ctr", owner="")
    day.promise("没期限", back=0, due=None, owner="", role="")
    day.promise("昨天说的后天做", back=1, due="2026-11-12")
    return day


def reported(day: Journal) -> Report:
    earlier = [entry for when, entries in day.days.items() if when < TUESDAY for entry in entries]
    return gather.report(
        day.entries, earlier, shop=SHOP, day=TUESDAY, plan=PLAN, forms=FORMS,
        now=datetime(2026, 11, 10, 22, tzinfo=ZONE),
        asked_now={
            "drivers": Answer(Verdict("info", "x"), (Finding("drivers/z", "watch", "晚上才问的"),)),
            "ads": Answer(Verdict("nodata", "x"), (Finding("ads/z", "watch", "没数据"),)),
        },
        corrected=("Sales of 8 Nov ¥1 → ¥2",), covered=("小兰 for 周岩",),
    )  # fmt: skip


def test_a_day_on_which_everything_happened() -> None:
    assert text.render(reported(busy_day())).strip() == expected("""
        兰亭女装: the day of Tue 10 Nov
        ===============================

        Yesterday ¥37,460. 2 of 4 steps and 1 of 7 actions done.

        Written from the day's journal entries of 小兰, 周岩.

        小兰 for 周岩

        Sales of 8 Nov ¥1 → ¥2

        Figures
        -------

        Figure              Value       Compared with  Range
        ------------------  ----------  -------------  ------------------------
        Yesterday's sales   ¥37,460     ¥48,001
        Month-end forecast  ¥2,400,000                 ¥2,300,000 to ¥2,500,000
        Conversion          2.8%
        ROI                 3.21
        Visitors            1,234

        Decided and done
        ----------------

        - 充值 (周岩)
        - 2 decisions made, see the steps.

        Still open
        ----------

        - 催货 (周岩, 9 Nov)
        - 没期限 (小兰)
        - 到数了 (周岩, 9 Nov)

        What went well
        --------------

        - 点击率更高

        To improve
        ----------

        - 短视频断了
        - 先查访客
        - 晚上才问的
        - and 8 more, below

        Keep doing
        ----------

        - Steady: order value

        Promises
        --------

        - 兑现：周岩“改词”

        First things tomorrow (suggested by shopday)
        --------------------------------------------

        - 催货 (周岩)
        - 转手 (许舟)
        - 改图

        Step by step
        ------------

        11 of the 60 planned minutes were used. 3 entries were written after the day.

        [All actions]

        State                  Action  Who   Due     Figure to improve  Reason
        ---------------------  ------  ----  ------  -----------------  --------
        not done yet           催货    周岩  9 Nov   visitors
        not done yet           没期限  小兰
        target figure reached  到数了  周岩  9 Nov   sales
        handed over            转手    许舟  10 Nov                     他在厂里
        done                   充值    周岩  10 Nov
        dropped                不做了  周岩  10 Nov                     缺货
        under way              改图    周岩  11 Nov  ad click rate

        Step          Time planned  Minutes  Time used  State
        ------------  ------------  -------  ---------  ---------------
        Target        08:30         15       11         done
        Stock         08:45         10                  not begun
        Rivals        09:10         20                  skipped: 网断了
        Page          09:30         5                   nothing to do
        Daily report  21:50         10                  not begun
        standup                                         not begun
        extra                                           not begun

        [Target]

        Yesterday ¥37,460.

        - 短视频断了
        - 点击率更高
        - Steady: order value
        - 先查访客

        Which number must move? 访客数 (小兰)

        What is the plan? (小兰, written late)

        - 第一
        - 第二

        Decided:

        - delete: 毛衣女 (0.40%) (周岩, 10:30)
        - keep: 裙 (周岩, 10:31)

        Notes:

        - 首屏改回去了 (小兰, 08:40)
        - 补记 (小兰, written late, 23:10)

        [Stock]

        8 items

        - 第 1 款只够四天
        - 第 2 款只够四天
        - 第 3 款只够四天
        - 第 4 款只够四天
        - 第 5 款只够四天
        - 第 6 款只够四天
        - 第 7 款只够四天
        - 第 8 款只够四天

        [Rivals]

        - A look at a rival: Rival 素年; Price 129-199; seen yes; share 0.5 (小兰)
        - other: x no (小兰, written late)

        [standup]

        Two promises

        - 兑现：周岩“改词”

        [extra]

        Notes:

        - 计划外的 (小兰, 12:00)

        [What cannot be concluded]

        - Target: No market data.
    """)


def test_a_day_nobody_wrote_in() -> None:
    empty = gather.report([], shop=SHOP, day=TUESDAY, plan=PLAN[:1])
    assert markdown.render(empty).strip() == expected("""
        # 兰亭女装: the day of Tue 10 Nov

        **0 of 1 steps and 0 of 0 actions done.**

        ## Step by step

        0 of the 15 planned minutes were used.

        The planned step was not begun.
    """)


def test_a_day_without_a_plan_says_how_its_time_went_all_the_same() -> None:
    empty = gather.report([], shop=SHOP, day=TUESDAY)
    assert markdown.render(empty).endswith("## Step by step\n\n0 of the 0 planned minutes were used.\n")


@pytest.mark.parametrize(("many", "cut"), [(4, False), (5, True)])
def test_the_details_hold_every_action_whatever_the_first_page_has_room_for(many: int, *, cut: bool) -> None:
    day = Journal(TUESDAY)
    for number in range(many):
        day.promise(f"第 {number} 件", back=0, due="2026-11-10")
    front, _, details = markdown.render(gather.report(day.entries, shop=SHOP, day=TUESDAY)).partition(
        "### All actions"
    )
    assert ("and 1 more, below" in front) == cut
    assert [f"第 {number} 件" in details for number in range(many)] == [True] * many


def test_what_was_corrected_since_stands_under_the_title_of_a_report_a_person_rewrote() -> None:
    day = Journal(TUESDAY)
    day.write("report", text="# 我的日报\n\n今天很好。\n\n后来也好。", state="finished", figures={})
    corrected = ("Sales of 8 Nov ¥1 → ¥2", "今天很好。")
    assert markdown.render(
        gather.report(day.entries, shop=SHOP, day=TUESDAY, corrected=corrected)
    ).strip() == expected("""
        # 我的日报

        Sales of 8 Nov ¥1 → ¥2

        今天很好。

        后来也好。
    """)
    day.write("report", text="没有标题。\n\n第二段。", state="finished", figures={})
    assert markdown.render(
        gather.report(day.entries, shop=SHOP, day=TUESDAY, corrected=corrected[:1])
    ).strip() == expected("""
        Sales of 8 Nov ¥1 → ¥2

        没有标题。

        第二段。
    """)


@pytest.mark.parametrize(
    ("words", "lines"),
    [("cafe\u0301 au lait", ["cafe\u0301 au", "lait"]), ("a\u0301bcdefghijk", ["a\u0301bcdefg", "hijk"]),
     ("长e\u0301长长长", ["长e\u0301长长", "长"]), ("ab e\u0301fghijklmn", ["ab", "e\u0301fghijk", "lmn"]),
     ("e\u0301", ["e\u0301"])],
)  # fmt: skip
def test_a_mark_stays_with_its_letter_where_a_text_is_broken(words: str, lines: list[str]) -> None:
    assert text.wrap(words, 7) == lines


def test_the_page_of_a_day() -> None:
    page = html.render(reported(busy_day()))
    body = re.sub(r"<style>.*</style>", "", page, flags=re.DOTALL)
    lines = "\n".join(line.strip() for line in body.splitlines() if line.strip())
    assert re.sub(r"<svg.*?</svg>", "<svg/>", lines) == expected("""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>兰亭女装 Tue 10 Nov</title>
        </head>
        <body>
        <main>
        <div class="text">
        <section>
        <h1>兰亭女装: the day of Tue 10 Nov</h1>
        <p class="verdict watch">Yesterday ¥37,460. 2 of 4 steps and 1 of 7 actions done.</p>
        <p>Written from the day&#39;s journal entries of 小兰, 周岩.</p>
        <p>小兰 for 周岩</p>
        <p class="watch">Sales of 8 Nov ¥1 → ¥2</p>
        </section>
        <section>
        <h2>Figures</h2>
        <div class="cards">
        <div><small>Yesterday&#39;s sales</small><strong>¥37,460</strong><em>Compared with ¥48,001</em></div>
        <div><small>Month-end forecast</small><strong>¥2,400,000</strong><em>Range ¥2,300,000 to ¥2,500,000</em></div>
        <div><small>Conversion</small><strong>2.8%</strong></div>
        <div><small>ROI</small><strong>3.21</strong></div>
        <div><small>Visitors</small><strong>1,234</strong></div>
        </div>
        </section>
        </div>
        <div class="lists">
        <section>
        <h2>Decided and done</h2>
        <ul>
        <li>充值 (周岩)</li>
        <li>2 decisions made, see the steps.</li>
        </ul>
        </section>
        <section>
        <h2>Still open</h2>
        <ul>
        <li>催货 (周岩, 9 Nov)</li>
        <li>没期限 (小兰)</li>
        <li>到数了 (周岩, 9 Nov)</li>
        </ul>
        </section>
        <section>
        <h2>What went well</h2>
        <ul>
        <li>点击率更高</li>
        </ul>
        </section>
        <section>
        <h2>To improve</h2>
        <ul>
        <li>短视频断了</li>
        <li>先查访客</li>
        <li>晚上才问的</li>
        <li>and 8 more, below</li>
        </ul>
        </section>
        <section>
        <h2>Keep doing</h2>
        <ul>
        <li>Steady: order value</li>
        </ul>
        </section>
        <section>
        <h2>Promises</h2>
        <ul>
        <li>兑现：周岩“改词”</li>
        </ul>
        </section>
        <section>
        <h2>First things tomorrow (suggested by shopday)</h2>
        <ul>
        <li>催货 (周岩)</li>
        <li>转手 (许舟)</li>
        <li>改图</li>
        </ul>
        </section>
        </div>
        <section class="pictures">
        <h2>Charts</h2>
        <figure>
        <figcaption>Sales by day</figcaption>
        <svg/>
        </figure>
        </section>
        <section class="details">
        <h2>Step by step</h2>
        <p>11 of the 60 planned minutes were used. 3 entries were written after the day.</p>
        <h3>All actions</h3>
        <div class="wide"><table>
        <thead><tr><th scope="col">State</th><th scope="col">Action</th><th scope="col">Who</th><th scope="col">Due</th><th scope="col">Figure to improve</th><th scope="col">Reason</th></tr></thead>
        <tbody>
        <tr><td>not done yet</td><td class="short">催货</td><td class="short">周岩</td><td class="short">9 Nov</td><td>visitors</td><td class="short"></td></tr>
        <tr><td>not done yet</td><td class="short">没期限</td><td class="short">小兰</td><td class="short"></td><td class="short"></td><td class="short"></td></tr>
        <tr><td>target figure reached</td><td class="short">到数了</td><td class="short">周岩</td><td class="short">9 Nov</td><td class="short">sales</td><td class="short"></td></tr>
        <tr><td>handed over</td><td class="short">转手</td><td class="short">许舟</td><td class="short">10 Nov</td><td class="short"></td><td class="short">他在厂里</td></tr>
        <tr><td class="short">done</td><td class="short">充值</td><td class="short">周岩</td><td class="short">10 Nov</td><td class="short"></td><td class="short"></td></tr>
        <tr><td class="short">dropped</td><td class="short">不做了</td><td class="short">周岩</td><td class="short">10 Nov</td><td class="short"></td><td class="short">缺货</td></tr>
        <tr><td>under way</td><td class="short">改图</td><td class="short">周岩</td><td class="short">11 Nov</td><td>ad click rate</td><td class="short"></td></tr>
        </tbody>
        </table></div>
        <div class="wide"><table>
        <thead><tr><th scope="col">Step</th><th scope="col">Time planned</th><th scope="col">Minutes</th><th scope="col">Time used</th><th scope="col">State</th></tr></thead>
        <tbody>
        <tr><td class="short">Target</td><td class="short">08:30</td><td class="short">15</td><td class="short">11</td><td class="short">done</td></tr>
        <tr><td class="short">Stock</td><td class="short">08:45</td><td class="short">10</td><td class="short"></td><td>not begun</td></tr>
        <tr><td class="short">Rivals</td><td class="short">09:10</td><td class="short">20</td><td class="short"></td><td>skipped: 网断了</td></tr>
        <tr><td class="short">Page</td><td class="short">09:30</td><td class="short">5</td><td class="short"></td><td>nothing to do</td></tr>
        <tr><td>Daily report</td><td class="short">21:50</td><td class="short">10</td><td class="short"></td><td>not begun</td></tr>
        <tr><td class="short">standup</td><td class="short"></td><td class="short"></td><td class="short"></td><td>not begun</td></tr>
        <tr><td class="short">extra</td><td class="short"></td><td class="short"></td><td class="short"></td><td>not begun</td></tr>
        </tbody>
        </table></div>
        <h3>Target</h3>
        <p class="watch">Yesterday ¥37,460.</p>
        <ul>
        <li>短视频断了</li>
        <li>点击率更高</li>
        <li>Steady: order value</li>
        <li>先查访客</li>
        </ul>
        <p>Which number must move? 访客数 (小兰)</p>
        <p>What is the plan? (小兰, written late)</p>
        <ul>
        <li>第一</li>
        <li>第二</li>
        </ul>
        <p>Decided:</p>
        <ul>
        <li>delete: 毛衣女 (0.40%) (周岩, 10:30)</li>
        <li>keep: 裙 (周岩, 10:31)</li>
        </ul>
        <p>Notes:</p>
        <ul>
        <li>首屏改回去了 (小兰, 08:40)</li>
        <li>补记 (小兰, written late, 23:10)</li>
        </ul>
        <h3>Stock</h3>
        <p class="watch">8 items</p>
        <ul>
        <li>第 1 款只够四天</li>
        <li>第 2 款只够四天</li>
        <li>第 3 款只够四天</li>
        <li>第 4 款只够四天</li>
        <li>第 5 款只够四天</li>
        <li>第 6 款只够四天</li>
        <li>第 7 款只够四天</li>
        <li>第 8 款只够四天</li>
        </ul>
        <h3>Rivals</h3>
        <ul>
        <li>A look at a rival: Rival 素年; Price 129-199; seen yes; share 0.5 (小兰)</li>
        <li>other: x no (小兰, written late)</li>
        </ul>
        <h3>standup</h3>
        <p class="good">Two promises</p>
        <ul>
        <li>兑现：周岩“改词”</li>
        </ul>
        <h3>extra</h3>
        <p>Notes:</p>
        <ul>
        <li>计划外的 (小兰, 12:00)</li>
        </ul>
        <h3>What cannot be concluded</h3>
        <ul>
        <li>Target: No market data.</li>
        </ul>
        </section>
        </main>
        <footer>Made by shopday from the day&#39;s journal.</footer>
        </body>
        </html>
    """)  # noqa: E501 - as it is written


def test_a_week_with_all_there_is() -> None:
    days = Journal(TUESDAY)
    days.promise("上上周的", back=12, due="2026-11-08")
    closed = days.promise("上周就完了", back=12, due="2026-11-01")
    days.write("action-update", "standup", day=date(2026, 11, 2), action=closed, state="done")
    for day, words in ((MONDAY, "跳失率 74%"), (TUESDAY, "跳失率 75%")):
        days.today = day
        days.opened({"page": 20})
        found = (
            Finding("page/bounce", "act", words),
            Finding("paid/ctr", "good", "点击率更高"),
            Finding("page/x", "info", "只是参考"),
        )
        days.shown("page", Answer(Verdict("act", words), found))
        days.worked("page", "09:00", "09:12")
        days.write("note", "page", text=f"{day.day} 号的话")
    short = tuple(Finding(f"stock/{n}", "watch", f"{n} 号款只够四天") for n in range(7))
    days.shown("stock", Answer(Verdict("watch", "x"), short))
    days.shown("target", Answer(Verdict("good", "昨天达标")))
    promise = Finding("standup/a1", "good", "兑现：周岩“改词”", kind="promise")
    days.shown("standup", Answer(Verdict("good", "x"), (promise, Finding("standup/z", "act", "别处说过的"))))
    days.write("record", "rivals", form="rival", values={"rival": "r01"})
    days.write("decision", "page", key="paid/裙", choice="keep", who="周岩")
    days.write("skipped", "stock", reason="没空", late=True)
    days.write("report", text="# 日报", state="finished", figures={})
    days.promise("没期限", back=0, due=None)
    done = days.promise("充值", back=1, due="2026-11-10")
    days.write("action-update", "standup", action=done, state="done")
    dropped = days.promise("不做了", back=1)
    days.write("action-update", "standup", action=dropped, state="dropped", reason="缺货")
    handed = days.promise("转手", back=1, due="2026-11-20")
    days.write("action-update", "standup", action=handed, state="handed", owner="许舟")
    over = period_report.Over("week", MONDAY, MONDAY + timedelta(days=6), "2026 W46")
    told = period_report.Told(
        ReportLine("2 days: sales ¥300.", "info"),
        (Figure("Sales", "¥300", "¥200", "+50%"),),
        {MONDAY: 100.0, TUESDAY: 200.0, date(2026, 11, 12): 50.0},
    )
    inside = {day: entries for day, entries in days.days.items() if day >= MONDAY}
    earlier: list[Entry] = [entry for day, entries in days.days.items() if day < MONDAY for entry in entries]
    plan = [PlannedStep("page", "Page", time(9), 20), PlannedStep("target", "Target", time(8), 10)]
    week = period_report.report(inside, earlier, shop=SHOP, over=over, told=told, plan=plan)
    assert text.render(week).strip() == expected("""
        兰亭女装: the week of 2026 W46
        ==============================

        2 days: sales ¥300.

        Written from the day's journal entries of 小兰, 周岩.

        Figures
        -------

        Figure  Value  Compared with  Change
        ------  -----  -------------  ------
        Sales   ¥300   ¥200           +50%

        What went well
        --------------

        - 点击率更高 (on 2 days, last on 10 Nov)

        To improve
        ----------

        - 跳失率 75% (on 2 days, last on 10 Nov)
        - 0 号款只够四天 (10 Nov)
        - 1 号款只够四天 (10 Nov)
        - 2 号款只够四天 (10 Nov)
        - 3 号款只够四天 (10 Nov)
        - 4 号款只够四天 (10 Nov)
        - and 2 more

        Promises
        --------

        - 兑现：周岩“改词”

        Actions
        -------

        State         Action    Who   Due     Figure to improve  Reason
        ------------  --------  ----  ------  -----------------  ------
        not done yet  上上周的  周岩  8 Nov
        not done yet  没期限    周岩
        handed over   转手      许舟  20 Nov
        done          充值      周岩  10 Nov
        dropped       不做了    周岩  10 Nov                     缺货

        What to do first
        ----------------

        - 上上周的 (周岩, 8 Nov)
        - 转手 (许舟, 20 Nov)
        - 没期限 (周岩)

        Day by day
        ----------

        Day         Sales  Report            Verdict
        ----------  -----  ----------------  --------
        Mon 9 Nov   ¥100   no report yet
        Tue 10 Nov  ¥200   finished by 小兰  昨天达标
        Thu 12 Nov  ¥50    nothing written

        Step by step
        ------------

        24 of the 40 planned minutes were used. 1 entry was written after the day.

        Step     Time used  State
        -------  ---------  -----------------
        Page     24         done on 2 days
        Target              not done
        standup             not done
        stock               skipped on 1 day
        rivals              recorded on 1 day

        [Page]

        Decided:

        - keep: 裙 (周岩, 10 Nov)

        Notes:

        - 9 号的话 (小兰, 9 Nov)
        - 10 号的话 (小兰, 10 Nov)
    """)


def test_what_is_drawn_of_a_series() -> None:
    days = tuple(f"2026-11-{day:02d}" for day in range(1, 11))
    sales = Series(
        "Sales & more", "CNY", days, (100.0, 200.0, None, 50.0, None, 400.0, 300.0, 250.0, 260.0, 270.0),
        (Mark("2026-11-02", "上新"), Mark("2026-11-09", "双11 预热"), Mark("2020-01-01", "不在图上")),
    )  # fmt: skip
    assert str(draw(sales)).replace("><", ">\n<") == expected("""
        <svg viewBox="0 0 720 220" role="img" aria-label="Sales &amp; more: from ¥50 to ¥400, latest ¥270">
        <line x1="74.0" y1="190.0" x2="708.0" y2="190.0" class="grid"/>
        <text x="66.0" y="194.0" text-anchor="end">¥0</text>
        <line x1="74.0" y1="115.0" x2="708.0" y2="115.0" class="grid"/>
        <text x="66.0" y="119.0" text-anchor="end">¥200</text>
        <line x1="74.0" y1="40.0" x2="708.0" y2="40.0" class="grid"/>
        <text x="66.0" y="44.0" text-anchor="end">¥400</text>
        <text x="74.0" y="212.0" text-anchor="start">1 Nov</text>
        <text x="214.9" y="212.0" text-anchor="middle">3 Nov</text>
        <text x="355.8" y="212.0" text-anchor="middle">5 Nov</text>
        <text x="496.7" y="212.0" text-anchor="middle">7 Nov</text>
        <text x="637.6" y="212.0" text-anchor="middle">9 Nov</text>
        <text x="708.0" y="212.0" text-anchor="end">10 Nov</text>
        <line x1="144.4" y1="20.0" x2="144.4" y2="190.0" class="mark"/>
        <text x="148.4" y="20.0" text-anchor="start">上新</text>
        <line x1="637.6" y1="34.0" x2="637.6" y2="190.0" class="mark"/>
        <text x="633.6" y="34.0" text-anchor="end">双11 预热</text>
        <polyline points="74.0,152.5 144.4,115.0" class="line"/>
        <circle cx="144.4" cy="115.0" r="3.5" class="dot"/>
        <circle cx="285.3" cy="171.2" r="3.5" class="dot"/>
        <polyline points="426.2,40.0 496.7,77.5 567.1,96.2 637.6,92.5 708.0,88.8" class="line"/>
        <circle cx="708.0" cy="88.8" r="3.5" class="dot"/>
        </svg>
    """)


def test_what_is_drawn_of_a_rate_begins_where_it_begins() -> None:
    rate = Series("Conversion", "rate", ("2026-11-01", "someday"), (0.02, 0.03))
    assert str(draw(rate)).replace("><", ">\n<") == expected("""
        <svg viewBox="0 0 720 220" role="img" aria-label="Conversion: from 2.0% to 3.0%, latest 3.0%">
        <line x1="74.0" y1="190.0" x2="708.0" y2="190.0" class="grid"/>
        <text x="66.0" y="194.0" text-anchor="end">2.0%</text>
        <line x1="74.0" y1="115.0" x2="708.0" y2="115.0" class="grid"/>
        <text x="66.0" y="119.0" text-anchor="end">2.5%</text>
        <line x1="74.0" y1="40.0" x2="708.0" y2="40.0" class="grid"/>
        <text x="66.0" y="44.0" text-anchor="end">3.0%</text>
        <text x="74.0" y="212.0" text-anchor="start">1 Nov</text>
        <text x="708.0" y="212.0" text-anchor="end">someday</text>
        <polyline points="74.0,190.0 708.0,40.0" class="line"/>
        <circle cx="708.0" cy="40.0" r="3.5" class="dot"/>
        </svg>
    """)


def test_what_is_drawn_of_a_split() -> None:
    gap = Split(
        "Gap", "CNY", -400.0, (Part("Visitors", -600.0), Part("一个很长很长很长很长很长的名字", 200.0))
    )
    assert str(draw(gap)).replace("><", ">\n<") == expected("""
        <svg viewBox="0 0 720 110" role="img" aria-label="Gap: Visitors -¥600, 一个很长很长很长很长很长的名字 ¥200; total -¥400">
        <text x="162.0" y="31.0" text-anchor="end">Visitors</text>
        <rect x="250.0" y="16.0" width="292.5" height="20" class="minus"/>
        <text x="244.0" y="31.0" text-anchor="end">-¥600</text>
        <text x="162.0" y="61.0" text-anchor="end">一个很长很长很长很长很长..</text>
        <rect x="542.5" y="46.0" width="97.5" height="20" class="plus"/>
        <text x="646.0" y="61.0" text-anchor="start">¥200</text>
        <text x="162.0" y="91.0" text-anchor="end">total</text>
        <rect x="347.5" y="76.0" width="195.0" height="20" class="total"/>
        <text x="341.5" y="91.0" text-anchor="end">-¥400</text>
        <line x1="542.5" y1="10.0" x2="542.5" y2="104.0" class="grid"/>
        </svg>
    """)  # noqa: E501 - as it is written


def test_nothing_known_is_said_and_not_drawn() -> None:
    assert str(draw(Series("Sales", "CNY", ("2026-11-01",), (None,)))) == expected("""
        <svg viewBox="0 0 720 40" role="img" aria-label="Sales"><text x="74.0" y="24.0" text-anchor="start">No values.</text></svg>
    """)  # noqa: E501 - as it is written


def test_markdown_of_each_block_and_back() -> None:
    blocks = (
        Heading(1, "T"), Heading(3, "t"), Paragraph("v", strong=True),
        Paragraph("1. one www.a.com x://y a.com"), Bullets(("-a", "+b", "=c", "10) d", "2026 e")),
        Grid(("A|B", "C"), (("1", ""), ("-", "2"))),
    )  # fmt: skip
    shown = markdown.from_blocks(blocks)
    assert shown.strip() == expected("""
        # T

        ### t

        **v**

        1\\. one www\\.a\\.com x\\:\\/\\/y a\\.com

        - \\-a
        - \\+b
        - \\=c
        - 10\\) d
        - 2026 e

        | A\\|B | C |
        | --- | --- |
        | 1 |  |
        | \\- | 2 |
    """)
    assert markdown.to_blocks(shown) == blocks


def test_headings_lists_and_words_need_no_empty_line_between_them() -> None:
    text_of_a_person = "# T\n- a\n- b\n## U\nwords\nmore\n| A | B |\n| --- | --- |\n| 1 |\n- c"
    assert markdown.to_blocks(text_of_a_person) == (
        Heading(1, "T"), Bullets(("a", "b")), Heading(2, "U"), Paragraph("words more"),
        Grid(("A", "B"), (("1", ""),)), Bullets(("c",)),
    )  # fmt: skip
