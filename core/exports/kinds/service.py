"""The service reports of 生意参谋 (客服绩效) and 赤兔 (售前明细): daily results by customer-service agent.

The date is only in the file name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.exports.cells import fold, is_total
from core.exports.sheet import Column, Origin, Sheet
from core.language.wording import N_, say

if TYPE_CHECKING:
    import pandas as pd

_ROBOT: Final = re.compile(r"小蜜|机器人|智能客服|自动回复|(?<![A-Za-z])AI(?![A-Za-z])")


def agent_name(account: str) -> str:
    """Return the agent's name contained in a chat account's name: ``小禾`` for ``兰亭旗舰店:小禾``."""
    return fold(account).rpartition(":")[2].strip()


_TEAM = frozenset(("团队", "全员", "全体客服", "全部客服", "所有客服", "整体", "全部"))


def is_team(agent: str) -> bool:
    """Return whether the name in the agent column stands for all agents together."""
    return is_total(agent) or agent in _TEAM


def is_robot(agent: str) -> bool:
    """Return whether the account is a chatbot (店小蜜 and the like) and not a member of the team."""
    return bool(_ROBOT.search(agent))


class Service(Sheet):
    """Customer-service results by day and agent; the platform's summary rows are kept as benchmarks."""

    id = "service"
    title = N_("Service by agent")
    patterns = ("*客服绩效*", "*售前明细*")
    key = ("date", "agent")
    grain = "day, agent"
    days = 70
    totals = "keep"
    needs = (("agent",), ("inquiries",), ("converted", "amount"))
    wants = ("converted", "amount")
    must = ("date", "agent")
    strangers = ("商品编号", "商品ID")
    adds = ("amount",)
    attributes = ("platform",)
    keyed = ("agent",)
    whole_for = ("date",)
    weight = ("amount",)
    columns = (
        Column("date", "date", "日期", "统计日期"),
        Column("agent", "text", "旺旺昵称", "客服昵称", "客服", "旺旺", keep=agent_name),
        Column("benchmark", "flag"),
        Column("inquiries", "count", "询单人数"),
        Column("converted", "count", "询单最终付款人数", "询单->最终付款人数", "最终付款人数"),
        Column("conversion", "rate", "询单最终付款转化率", "询单->最终付款成功率", "询单转化率"),
        Column("amount", "money", "询单最终付款金额", "最终付款金额", "销售额"),
        Column("first_response_s", "seconds", "首次响应时长(秒)", "首次响应时长", "首次响应时间"),
        Column("average_response_s", "seconds", "平均响应时长(秒)", "平均响应时长", "平均响应时间"),
        Column("satisfaction", "rate", "客户满意率"),
        Column("reply_rate", "rate", "旺旺回复率", "客服回复率"),
        Column("refund_amount", "money", "成功退款金额"),
    )

    @classmethod
    def remarks(cls, frame: pd.DataFrame) -> tuple[str, ...]:
        """Return a remark if the file contains no rows of individual agents."""
        if frame["benchmark"].all():
            return (
                say(
                    "The file contains only totals and benchmarks but no agents: select the agents before "
                    "downloading."
                ),
            )
        return ()

    @classmethod
    def refine(cls, frame: pd.DataFrame, origin: Origin) -> pd.DataFrame:
        """Set ``benchmark`` on rows that are not about one agent: the team, the shop, its peers, chatbots."""
        del origin
        frame["benchmark"] = frame["agent"].map(lambda name: is_team(name) or is_robot(name)).astype(bool)
        return frame
