"""Three shops that know their refunds less and less, asked by the command line: three honest answers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np

from core.statistics.refund_development import default_curve
from tests.topics.ads.test_word_flips import DAYS, ITEM, keyword_report
from tests.topics.exported import TODAY, Json, SmallShop, ask

SETTINGS = f"""margin = 0.5
refund_rate = 0.3
[money]
base_fee = 0.0
[[items]]
id = "{ITEM}"
cost = 80.0
"""
SOLD = 100.0


def refund_list(since: int) -> list[Json]:
    """Return the refunds asked for in the last ``since`` days, half of 100 orders a day in the end."""
    steps = np.diff(default_curve().together, prepend=0.0)
    chance = np.random.default_rng(2)
    rows: list[Json] = []
    for paid in range(DAYS, 0, -1):
        for age, count in enumerate(chance.multinomial(round(SOLD * 0.5), steps / steps.sum())):
            asked = paid - age
            if not 1 <= asked <= since:
                continue
            for _ in range(int(count)):
                number = 8_000_000 + len(rows)
                day = (TODAY - timedelta(days=asked)).isoformat()
                rows.append(
                    {
                        "退款编号": number, "订单编号": 5_000_000 + number,
                        "订单付款时间": f"{TODAY - timedelta(days=paid)} 10:00:00",
                        "退款申请时间": f"{day} 12:00:00", "退款完结时间": f"{day} 18:00:00",
                        "买家实际支付金额": 200, "退款总额": 200, "退款状态": "退款成功", "商品ID": ITEM,
                        "宝贝标题": "风衣", "买家退款原因": "不喜欢", "售后类型": "仅退款",
                    }
                )  # fmt: skip
    return rows


def asked(
    folder: Path, *, refunded: float = 0.0, since: int = 0, settings: str = SETTINGS
) -> tuple[str, str, str]:
    """Return what the morning says of yesterday's net sales, its limits, and the limits of the ads."""
    span = f"{TODAY - timedelta(days=DAYS):%Y%m%d}_{TODAY - timedelta(days=1):%Y%m%d}"
    files = {f"关键词报表_{span}.csv": keyword_report()}
    if since:
        files[f"退款单_{span}.csv"] = refund_list(since)
    SmallShop(
        units={ITEM: [SOLD] * (DAYS + 20)}, prices={ITEM: 200.0}, settings=settings, language="zh",
        refunded=refunded, files=files,
    ).write(folder)  # fmt: skip
    target, paid = ask(folder, "target"), ask(folder, "paid")
    net = next((one["text"] for one in target["findings"] if one["kind"] == "net"), "")
    return net, "\n".join(target["limits"]), "\n".join(paid["limits"])


def test_without_a_refund_list_the_month_s_rate_is_rough_and_says_so(tmp_path: Path) -> None:
    net, _, ads = asked(tmp_path / "shop", refunded=0.45)
    assert net == (
        "昨天支付 ¥20,000，按近四周的退款率 45% 大约剩 ¥11,000；这个退款率是按退款完结日算的，只能粗看，"
        "不评单独一天。请导入退款单。"
    )
    assert "没有退款单：一单剩下的钱按近四周的退款率（45%，按退款完结日）算，只是大概。" in ads


def test_seven_days_of_a_refund_list_are_mixed_with_what_is_usual_and_said_to_be_few(tmp_path: Path) -> None:
    net, limits, ads = asked(tmp_path / "shop", since=7)
    assert net.startswith("昨天支付 ¥20,000，退款后约 ¥")
    assert "退款明细只有 7 天" in limits
    assert "退款单只有 7 天、" in ads
    assert "一单剩下的钱按设置里的退款率（30%）算" in ads


def test_with_a_typed_rate_only_nobody_claims_to_know(tmp_path: Path) -> None:
    net, _, ads = asked(tmp_path / "shop")
    assert net == ("昨天支付 ¥20,000，按设置里的退款率 30% 大约剩 ¥14,000；没有退款明细，实际剩多少不知道。")
    assert "没有退款单：一单剩下的钱按设置里的退款率（30%）算。" in ads


def test_with_a_whole_list_the_shop_s_own_refunds_count(tmp_path: Path) -> None:
    net, limits, ads = asked(tmp_path / "shop", since=40)
    assert net.startswith("昨天支付 ¥20,000，退款后约 ¥")
    assert "退款单只有" not in limits + ads
    assert "一单剩下的钱按自己 " in ads


def test_with_nothing_at_all_it_is_said_that_refunds_are_not_taken_off(tmp_path: Path) -> None:
    net, limits, ads = asked(tmp_path / "shop", settings=SETTINGS.replace("refund_rate = 0.3\n", ""))
    assert net == ""
    assert "没有退款单，也没填退款率：退款后剩多少不知道。" in limits
    assert "没扣退款，算高了" in ads
