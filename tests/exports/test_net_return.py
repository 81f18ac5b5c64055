"""万相台's item report of 2026 in net sales: as a sum, or only as a return."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exports.files import csv, reading

ROW = {
    "日期": "2026-11-10", "主体ID": "736500100101", "主体类型": "商品", "主体名称": "风衣", "花费": "100.00",
    "总成交金额": "480.00", "展现量": "2000", "点击量": "100", "总成交笔数": "4",
}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "net"),
    [
        ({"净成交金额": "310.00", "净实际投产比": "3.10"}, 310.0),
        ({"净实际投产比": "3.10"}, 310.0),
        ({"净投产比": "2.50"}, 250.0),
        ({"退款后成交金额": "290.00"}, 290.0),
        ({}, None),
    ],
    ids=["both", "return of the report", "return of the page", "in plain words", "none"],
)
def test_net_sales_are_read_as_they_are_or_from_the_net_return(
    tmp_path: Path, more: dict[str, str], net: float | None
) -> None:
    row = ROW | more
    text = "\n".join("|".join(cells) for cells in (row, row.values()))
    found = reading(csv(tmp_path / "商品报表_20261111_1.csv", text))
    assert found.frame["net_gmv"].astype(float).dropna().tolist() == ([] if net is None else [net])
    assert "net_roi" not in found.frame.columns
