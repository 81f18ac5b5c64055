"""The menu path on the platform for each kind of deed."""

from __future__ import annotations

from typing import Final

MENU_PATHS: Final = {
    "order": "ERP › 采购 › 新建采购单",
    "delete_word": "万相台 › 关键词推广 › 计划 › 关键词 › 勾选 › 删除",
    "lower_bid": "万相台 › 关键词推广 › 计划 › 关键词 › 出价",
    "raise_bid": "万相台 › 关键词推广 › 计划 › 关键词 › 出价",
    "add_word": "万相台 › 关键词推广 › 计划 › 关键词 › 添加关键词",
    "lower_spend": "万相台 › 计划 › 每日预算",
    "raise_spend": "万相台 › 计划 › 每日预算",
    "stop_plan": "万相台 › 计划 › 暂停",
    "test_picture": "千牛 › 商品 › 商品测图",
    "change_title": "千牛 › 商品 › 出售中的宝贝 › 编辑商品 › 宝贝标题",
    "answer_reviews": "千牛 › 交易 › 评价管理 › 待回复",
    "complain": "阿里巴巴知识产权保护平台 › 发起投诉",
    "top_up": "万相台 › 账户 › 财务 › 充值",
    "hand_in": "千牛 › 营销 › 活动报名 › 已报活动 › 提交素材",
    "renew": "服务市场 › 我的服务 › 续费",
}
"""Menu paths by deed (:data:`core.answers.answer.Deed`), with the platform's labels of 2026 (not
verified)."""


def menu_path(deed: str) -> str:
    """Return the menu path on the platform where the deed is done; empty if it is not known."""
    return MENU_PATHS.get(deed, "")
