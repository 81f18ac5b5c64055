"""Which parts stand where on the screens for the report, past days, the search and enlarged pictures.

One row for each screen: the parts from top to bottom, in both languages, as patterns for a line. A pattern
may match any line below the one before; ``HEAD`` and ``KEYS`` are the first and the last line of the screen.
"""

from __future__ import annotations

from typing import Final, NamedTuple

HEAD: Final = "head"
KEYS: Final = "keys"


class Part(NamedTuple):
    """One part of a screen: what a line of it looks like in Chinese and in English."""

    zh: str
    en: str
    where: str = ""
    least: int = 80
    """The part is there from this width on."""


class Screen(NamedTuple):
    """A screen: its parts in their order, and where it differs from its mock-up on purpose."""

    parts: tuple[Part, ...]
    differs: str = ""


def head(zh: str, en: str) -> Part:
    """Return the head line: the screen's name, the shop, at its right end the person and the time."""
    return Part(rf"^ {zh}  兰亭女装旗舰店 +沈岚  08:52$", rf"^ {en}  兰亭女装旗舰店 +沈岚  08:52$", HEAD)


def keys(zh: str, en: str) -> Part:
    """Return the key line, which always ends with the help key."""
    return Part(rf"^ {zh}.*  \? 帮助$", rf"^ {en}.*  \? help$", KEYS)


AXIS: Final = r"^ +\d{1,2}.*\d{1,2}"
SCREENS: Final[dict[str, Screen]] = {
    "trend": Screen(
        (
            head("每日成交", "Sales by day"),
            Part("双11", "双11"),
            Part(r"^ *[\d.]+万 +[⣀⣤⣶⣿]", r"^ *¥\d+k +[⣀⣤⣶⣿]"),
            Part(r"^ *7\.\d万 ", r"^ *¥7\dk "),
            Part(r"^ *¥?0 .*\d+月\d+日", r"^ *¥0 .*\d+ Nov"),
            Part(
                r"\d+ 天里 \d+ 天达成.*⣿ 达成.*⣿ 没达成.*⠒ 目标",
                r"target reached on \d+ of \d+ days.*⣿ reached.*⣿ not reached.*⠒ target",
            ),
            keys("Esc 返回", "Esc back"),
        ),
        differs="4.7: one picture of the step's figure instead of a figure chosen with m; its sentence says "
        "how many days reached their target, and no day is under a cursor.",
    ),
    "waterfall": Screen(
        (
            head("与平常的差额", "Difference from usual"),
            Part(r"^ 平常一天 +¥55,403  ⣿+", r"^ A usual day +¥55,403  ⣿+"),
            Part(r"^ 日历影响 +-¥13,296 +[⡇⢸⣿]+", r"^ .* -¥13,296 +[⡇⢸⣿]+"),
            Part(r"^ 访客数 +-¥1,453 .*(正常波动|[⡇⢸⣿])", r"^ Visitors +-¥1,453 .*(usual|[⡇⢸⣿])"),
            Part(r"^ 支付转化率 +-¥5,691", r"^ Conversion +-¥5,691"),
            Part(r"^ 客单价 +\+¥2,497", r"^ Order value +\+¥2,497"),
            Part(r"^ 昨日成交 +¥37,460  ⣿+", r"^ .*yesterday +¥37,460  ⣿+"),
            Part("昨日成交 ¥37,460$", r"yesterday ¥37,460$"),
            keys("Esc 返回", "Esc back"),
        ),
        differs="4.8: the parts lead from a usual day instead of the target; what can fill the gap stands "
        "among the step's findings.",
    ),
    "report": Screen(
        (
            head("日报", "Report"),
            Part("还没人改过", "nobody has corrected it yet"),
            Part("^ 兰亭女装旗舰店日报　11月16日 周一", "^ 兰亭女装旗舰店: the day of Mon 16 Nov"),
            Part("26 步", "26 steps"),
            Part("^ 未完成$", "^ Still open$"),
            Part("^ - ", "^ - "),
            Part("^ 明天先做（店日建议）$", r"^ First things tomorrow \(suggested by shopday\)$"),
            Part("^ 逐步明细$", "^ Step by step$"),
            keys("e 修改", "e correct"),
        ),
    ),
    "month": Screen(
        (
            head("往日", "Past days"),
            Part("2026-11 .*7/15", "2026-11 .*7/15"),
            Part("周一 +周二 +周三 +周四 +周五 +周六 +周日", "Mon +Tue +Wed +Thu +Fri +Sat +Sun"),
            Part(r" 1 双11", r" 1 双11"),
            Part(r"15\.0万 ✗", r"¥150k ✗"),
            Part(r"16 今天", r"16 today"),
            Part(r"目标5\.1万|aim", r"aim ¥51k"),
            Part("<85%", "<85%", least=120),
            Part("11月16日 周一", "Mon 16 Nov"),
            keys(".*y 全年", ".*y year"),
        ),
        differs="4.6: at 120 columns the weeks' totals stand at the right instead of details of the day.",
    ),
    "log": Screen(
        (
            head("2026  11月15日 周日", "2026  Sun 15 Nov"),
            Part("成交 ¥37,460，达成目标 ¥48,001 的 78%", "sales ¥37,460, 78% of ¥48,001"),
            Part("39 条记录", "39 entries"),
            Part("^ 09:12 竞店  登记", "^ 09:12 Rivals  recorded"),
            Part("^ 09:13 竞店", "^ 09:13 Rivals"),
            keys("c 对比", "c compare"),
        ),
    ),
    "two days": Screen(
        (
            head("11月15日 周日 对比 11月8日 周日", "Sun 15 Nov compared with Sun 8 Nov"),
            Part("11月15日 周日 +11月8日 周日 +变化$", "Sun 15 Nov +Sun 8 Nov +Change$"),
            Part(r"成交金额 +¥37,460 +¥66,352 +-43\.5%$", r"sales +¥37,460 +¥66,352 +-43\.5%$"),
            Part("达成率 +78% +89%$", "% of target +78% +89%$"),
            Part("^ 竞店$", "^ Rivals$"),
            Part("^ 09:12 登记.* 09:12 登记", "^ 09:12 recorded.* 09:12 recorded"),
            keys("s 换边", "s swap"),
        ),
    ),
    "promises": Screen(
        (
            head("承诺兑现", "Promises"),
            Part("今早：到期承诺 6 条", "This morning: 6 promises due"),
            Part("6 个承诺 +兑现 3  没兑现 1  说不准 2", "6 promises .*kept 3  missed 1  cannot tell 2"),
            Part("^ 何萍：兑现 1 条", "^ 何萍: 1 kept"),
            Part("^  截止 +结果 +负责人 +事项", "^  due +outcome +who +what"),
            Part("^> 11月15日  兑现", "^> 15 Nov  kept"),
            Part("^ 兑现：周岩", "^ Kept: 周岩"),
            keys("Esc 返回", "Esc back"),
        ),
    ),
    "found": Screen(
        (
            head("查找", "Find"),
            Part(r"转化率<2\.5%", r"conversion<2\.5%"),
            Part(r"11月\d+日|2026-11", r"Nov|2026-11"),
            keys(".*Esc 返回", ".*Esc back"),
        ),
    ),
}
"""The screens by name; the walk that leads to them is in the test."""
