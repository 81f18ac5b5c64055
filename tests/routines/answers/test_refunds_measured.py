"""An answer that values orders depends on the refund list, whether or not it shows a refund itself."""

from __future__ import annotations

import csv
from datetime import datetime, time
from pathlib import Path

from core.exports.kinds.items import Items
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.shop_day import ShopDay
from core.topics.ads import paid
from routines.answers.compute_answer import _sheets
from routines.answers.signature import reads
from routines.io.importing import commit_files
from tests.topics.ads.test_word_flips import DAYS, IN_FULL, ITEM, keyword_report
from tests.topics.exported import TODAY, ZONE, SmallShop, ask
from tests.topics.sales.test_three_shops import refund_list


def test_what_values_orders_is_made_anew_when_a_refund_list_comes(tmp_path: Path) -> None:
    shop = SmallShop(
        units={ITEM: [100.0] * (DAYS + 20)}, prices={ITEM: 200.0}, settings=IN_FULL,
        files={"关键词报表_20260506_20260614.csv": keyword_report()},
    ).write(tmp_path / "shop")  # fmt: skip
    before = "\n".join(ask(shop, "paid")["limits"])
    assert "calculated with the refund rate in the settings (55%)" in before
    rows = refund_list(40)
    with (shop / "inbox" / "退款单_20260506_20260614.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0])
        table.writeheader()
        table.writerows(rows)
    told = commit_files(shop, today=TODAY, who="lan", at=datetime.combine(TODAY, time(9), ZONE))
    assert [one["state"] for one in told].count("imported") == 1
    after = "\n".join(ask(shop, "paid")["limits"])
    assert "calculated from your own refunds of 40 days" in after
    assert "in the settings" not in after


def test_the_exports_behind_the_refund_shares_are_among_those_it_reads() -> None:
    needed = reads(paid.words)
    assert needed.refunds == ("refunds",)
    assert {ShopDay.id, Refunds.id, Items.id} <= set(_sheets(needed))
    assert Refunds.id not in {sheet.id for sheet, _ in needed.sheets.values()}, "nobody is asked for it here"
