"""What stands where on the screens of the day, as the designs drew them: one table, one line a part.

``where`` is the column a part stands in: ``main`` (the left or only one), ``side`` (the right one, which only
wide screens have) or ``keys`` (the last line). Parts of one column stand below each other in the order given.
Where the product differs from the design because that is better, ``differs`` says so.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

SIDE_FROM: Final = 108
"""The screen width from which there is a right column."""


class Part(NamedTuple):
    """A part of a screen: what shows that it is there, in both languages, as regular expressions."""

    name: str
    en: str
    zh: str
    where: Literal["main", "side", "keys"] = "main"
    differs: str = ""
    wide_only: bool = False


class Screen(NamedTuple):
    """A screen, the keys that lead to it from the one before, and its parts."""

    keys: tuple[str, ...]
    parts: tuple[Part, ...]


HEAD: Final = Part("who and when", r"沈岚  08:30", r"沈岚  08:30")
SCREENS: Final[dict[str, Screen]] = {
    "today": Screen(
        (),
        (
            HEAD,
            Part(
                "figure cards",
                r"Sales +Visitors +Conversion",
                r"成交金额 +访客数 +支付转化率",
                differs="the share of target instead of a curve: both do not fit",
            ),
            Part("their values", r"¥37,460 +78% of target", r"¥37,460 +目标的 78%"),
            Part(
                "their meaning", r"not reached +not reached +within usual range", r"没达成 +没达成 +正常波动"
            ),
            Part(
                "now",
                r"Next step +Target +08:30-08:45 +15 min left",
                r"接下来 +目标达成 +08:30-08:45 +还剩 15 分钟",
            ),
            Part("pace and deadline", r"on time +deadline 10:30", r"准时 +截止 10:30"),
            Part(
                "promises due",
                r"6 promises due: 3 kept",
                r"到期承诺 6 条：兑现 3",
                differs="above the agenda, where they are read on a small screen too",
            ),
            Part("block", r"Morning: shop analysis  until 10:30", r"上午：店铺分析  10:30 前做完"),
            Part("current step", r">▸ 08:30 +15m  Target", r">▸ 08:30 +15分  目标达成"),
            Part("step with level and stake", r"08:45 +10m  Stock +act", r"08:45 +10分  库存 +要办"),
            Part("last step of the morning", r"10:17 +13m  Stand-up", r"10:17 +13分  日常短会"),
            Part(
                "evening",
                r"Evening: check again",
                r"晚上：再看一遍",
                wide_only=True,
                differs="later blocks scroll in the list instead of being folded: one key less",
            ),
            Part(
                "most at stake",
                r"Most money at stake",
                r"牵涉金额最大",
                "side",
                differs="in the right column: the agenda keeps all of the left one",
            ),
            Part(
                "step under the cursor",
                r"(?:Target|目标达成)$",
                r"目标达成$",
                "side",
                differs="its verdict and findings instead of the files, which have a screen of their own",
            ),
            Part("keys", r"Enter open it +d done .*\? help", r"Enter 打开 +d 完成 .*\? 帮助", "keys"),
        ),
    ),
    "step": Screen(
        ("enter",),
        (
            Part(
                "title, who and when",
                r"^ Target +兰亭女装旗舰店 +沈岚  08:30",
                r"^ 目标达成 +兰亭女装旗舰店 +沈岚  08:30",
            ),
            Part(
                "verdict", r"^ act +Yesterday ¥37,460, 78% of target", r"^ 要办 +昨天 ¥37,460，达成目标的 78%"
            ),
            Part(
                "time left, questions",
                r"08:30-08:45 +15 min left .*questions answered 0/3",
                r"08:30-08:45 +还剩 15 分钟 .*已答问题 0/3",
            ),
            Part(
                "picture and its key",
                r"Sales by day .*z enlarge",
                r"每日成交 .*z 放大图",
                differs="z instead of g: g recalculates",
            ),
            Part("campaign marks", r"双11 ¥406k⇡", r"双11 40.6万⇡"),
            Part("top of the axis", r"¥150k", r"15.0万"),
            Part("foot of the axis", r"18 Oct .*15 Nov", r"10月18日 .*11月15日"),
            Part("findings", r"^ Findings", r"^ 发现"),
            Part(
                "a finding with its level",
                r"^ act +法式针织开衫",
                r"^ 要办 +法式针织开衫",
                differs="the whole finding, not one line: what to do follows from its reason",
            ),
            Part(
                "its numbered proposal",
                r"^ +1 supply: ",
                r"^ +1 供应链: ",
                wide_only=True,
                differs="below the first screen where the verdict is long; digits and a reach it",
            ),
            Part("questions", r"Questions$", r"问题$", "side"),
            Part("first question", r"\? If the target was reached", r"\? 达标了", "side"),
            Part(
                "keys", r"n next +d done +a action .*\? help", r"n 下一步 +d 完成 +a 建待办 .*\? 帮助", "keys"
            ),
        ),
    ),
    "keyword board": Screen(
        ("n", "n", "n", "n", "n", "n", "o"),
        (
            Part("title, who and when", r"^ Paid promotion .*沈岚  08:30", r"^ 付费推广 .*沈岚  08:30"),
            Part("verdict", r"^ act +The keyword “毛衣女” loses", r"^ 要办 +删 1 个词"),
            Part("progress", r"decided 0/45", r"已定 0/45"),
            Part(
                "columns",
                r"decided +Keyword +Advice +CPC",
                r"已定 +关键词 +建议 +点击单价",
                differs="the decision stays at the left: it is in sight wherever one scrolls",
            ),
            Part("more columns", r"\+\d+▸$", r"\+\d+▸$"),
            Part("word under the cursor", r"^> - +毛衣女 +delete +¥2.15", r"^> - +毛衣女 +删词 +¥2.15"),
            Part("a word to lower", r"牛仔裤女 +lower +¥1.69", r"牛仔裤女 +降价 +¥1.69"),
            Part("held words", r"raise, on hold", r"加价（先不加）", wide_only=True),
            Part(
                "advice below", r"毛衣女  法式针织开衫  Advice: delete", r"毛衣女  法式针织开衫  建议：删词"
            ),
            Part("reason", r"1,841 clicks brought 7 orders", r"1,841 次点击只成交 7 笔"),
            Part(
                "price as a bar", r"now ¥2.15 ⣿+  a click is worth ¥0.46", r"现在 ¥2.15 ⣿+  一次点击值 ¥0.46"
            ),
            Part("keys", r"k keep +r raise +l lower .*\? help", r"k 留 +r 加价 +l 降价 .*\? 帮助", "keys"),
        ),
    ),
    "meeting": Screen(
        ("escape", "n", "n", "n", "b", "o"),
        (
            Part("title, who and when", r"^ Stand-up .*沈岚  08:30", r"^ 日常短会 .*沈岚  08:30"),
            Part(
                "time left, end, this point",
                r"\d+ min left +ends \d\d:\d\d +this point 0:00 of \d+:\d\d +0/12",
                r"还剩 \d+ 分钟 +\d\d:\d\d 结束 +这一条 0:00/\d+:\d\d +已讲 0/12",
            ),
            Part("bar of the time", r"^ ⣀{70}", r"^ ⣀{70}"),
            Part(
                "clocks of the points",
                r"The past week +given +used",
                r"上周汇总 +分给 +用了",
                differs="under headings instead of numbered: they say where a point comes from",
            ),
            Part("point under discussion", r"^ > \[ \] .*\d:\d\d +0:00", r"^ > \[ \] .*\d:\d\d +0:00"),
            Part("promises", r"Promises due", r"到期的承诺"),
            Part("what the answers found", r"For the meeting", r"会议要点"),
            Part("questions", r"^ Questions", r"^ 问题"),
            Part("whole point below", r"^ The past week: Sales", r"^ 上周汇总：成交金额"),
            Part("agreed", r"0 actions agreed", r"已定 0 条待办"),
            Part("agreed so far", r"No action agreed yet", r"还没有定下待办|还没定|按 a", "side"),
            Part("keys", r"Space tick .*1 min .*\? help", r"Space 打勾 .*1 分钟 .*\? 帮助", "keys"),
        ),
    ),
    "calendar": Screen(
        ("escape", "escape", "c"),
        (
            Part("title, who and when", r"^ Past days .*沈岚  08:30", r"^ 往日 .*沈岚  08:30"),
            Part(
                "month, money, days met",
                r"2026-11 +¥1.59m of ¥2.47m +target reached 7/15",
                r"2026-11 +累计 159.4万 / 247.0万 +达标 7/15 天",
            ),
            Part(
                "weekdays", r"Mon +Tue +Wed +Thu +Fri +Sat +Sun", r"周一 +周二 +周三 +周四 +周五 +周六 +周日"
            ),
            Part("first week", r" 1 双11", r" 1 双11"),
            Part("money with its mark", r"¥119k ✓ +¥145k ✓ .*¥66k ✗", r"11.9万 ✓ +14.5万 ✓ .*6.6万 ✗"),
            Part("share of target and report", r"100% +empty +126%", r"100%.*126%", wide_only=True),
            Part("today", r"16 today", r"16 今天"),
            Part("days to come", r"aim ¥51k +aim ¥49k", r"目标5.1万 +目标4.9万"),
            Part("last week", r"^ *30\b", r"^ *30\b"),
            Part("legend", r"<85% +85-98% +98-102%", r"<85% +85-98% +98-102%", wide_only=True),
            Part("day under the cursor", r"Mon 16 Nov", r"11月16日 周一"),
            Part("week's total", r"Week's total$", r"周合计$", "side"),
            Part("keys", r"Enter open its log +y year .*\? help", r"Enter 看日志 +y 全年 .*\? 帮助", "keys"),
        ),
    ),
}
