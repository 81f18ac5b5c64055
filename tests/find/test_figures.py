"""The shop's figures by day: worked out once, kept, and worked out again only where exports changed."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.facts.imports import commit, preview, undo
from core.find.figures import Figures, figures_by_day
from core.shop.loading import load_shop
from tests.routines.days import shop_folder

AT = datetime(2026, 11, 16, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = AT.date()


def export(shop: Path, name: str, *lines: str) -> str:
    file = shop / f"自助取数_店铺_{name}.csv"
    file.write_text("\n".join(["统计日期,访客数,支付买家数,支付金额", *lines]), encoding="utf-8")
    return commit(shop, preview(shop, file, today=TODAY), who="沈岚", at=AT).id


def known(shop: Path) -> Figures:
    return figures_by_day(shop, load_shop(shop), "v1")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = shop_folder(tmp_path / "shop")
    export(folder, "2026-10-30_2026-10-31", "2026-10-30,1000,20,2400", "2026-10-31,800,8,900")
    export(folder, "2026-11-01_2026-11-02", "2026-11-01,1200,36,4000", "2026-11-02,0,0,0")
    return folder


def test_every_figure_of_a_day_by_its_name(shop: Path) -> None:
    found = known(shop)
    assert found[date(2026, 10, 30)]["conversion"] == pytest.approx(0.02)
    assert found[date(2026, 10, 30)]["aov"] == pytest.approx(120)
    assert found[date(2026, 11, 1)]["gmv"] == 4000
    assert "roi" not in found[date(2026, 11, 1)]


def test_a_day_without_visitors_has_no_conversion_instead_of_none_at_all(shop: Path) -> None:
    assert known(shop)[date(2026, 11, 2)]["visitors"] == 0
    assert "conversion" not in known(shop)[date(2026, 11, 2)]


def test_a_shop_without_exports_knows_nothing(tmp_path: Path) -> None:
    assert known(shop_folder(tmp_path / "shop")) == {}


def test_a_correction_makes_its_own_month_again_and_no_other(shop: Path) -> None:
    known(shop)
    kept = shop / "cache" / "find" / "figures.json"
    marked = json.loads(kept.read_bytes())
    marked["months"]["2026-10"]["days"]["2026-10-31"]["gmv"] = (
        901.0  # seen only as long as it is not made again
    )
    kept.write_text(json.dumps(marked))

    batch = export(shop, "2026-11-01_2026-11-01", "2026-11-01,1200,36,3900")
    assert known(shop)[date(2026, 11, 1)]["gmv"] == 3900
    undo(shop, batch, who="沈岚", at=AT)
    assert known(shop)[date(2026, 11, 1)]["gmv"] == 4000
    assert known(shop)[date(2026, 10, 31)]["gmv"] == 901


def test_another_way_of_working_figures_out_makes_all_months_again(shop: Path) -> None:
    known(shop)
    kept = shop / "cache" / "find" / "figures.json"
    kept.write_text(kept.read_text().replace("4000.0", "4001.0"))
    assert known(shop)[date(2026, 11, 1)]["gmv"] == 4001
    assert figures_by_day(shop, load_shop(shop), "v2")[date(2026, 11, 1)]["gmv"] == 4000


def test_what_is_kept_is_read_without_pandas_and_may_be_deleted(shop: Path) -> None:
    before = known(shop)
    code = (
        "import sys; from pathlib import Path; from core.find.figures import figures_by_day;"
        "from core.shop.loading import load_shop; shop = Path(sys.argv[1]);"
        "n = len(figures_by_day(shop, load_shop(shop), 'v1')); assert 'pandas' not in sys.modules; print(n)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(shop)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(len(before))
    kept = shop / "cache" / "find" / "figures.json"
    for broken in (b"", b"[]", json.dumps({"months": {"2026-11": 1}}).encode()):
        kept.write_bytes(broken)
        assert known(shop) == before


def test_days_are_counted_from_orders_where_the_daily_export_is_missing(tmp_path: Path) -> None:
    shop = shop_folder(tmp_path / "shop")
    file = shop / "ExportOrderList202611160911.csv"
    file.write_text(
        "订单编号,买家会员名,买家应付货款,买家实际支付金额,订单状态,订单创建时间,订单付款时间,宝贝标题,宝贝总数量\n"
        "1,a,100,100,交易成功,2026-11-14 10:00:00,2026-11-14 10:01:00,毛衣,1\n"
        "2,b,50,50,交易成功,2026-11-14 11:00:00,2026-11-14 11:01:00,毛衣,1\n",
        encoding="utf-8",
    )
    commit(shop, preview(shop, file, today=TODAY), who="沈岚", at=AT)
    assert known(shop)[date(2026, 11, 14)]["gmv"] == 150
