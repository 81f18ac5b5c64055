"""The error gallery's files with a broken container: empty, cut off, locked, or not a table."""

# The expected messages are not wrapped.
# ruff: noqa: E501

from __future__ import annotations

from dataclasses import dataclass

from sample import item_files, order_files, season
from sample.catalogue import SHOP
from sample.compound import encrypted_workbook
from sample.world import World
from sample.writers import gbk_zip

LAST = season.LAST
ITEM_FILE = "【生意参谋平台】商品_全部_{0}_{0}.xls"
SERVICE_FILE = "自制报表-报表查看-客服绩效_{0:%Y%m%d}_{0:%Y%m%d}_全部.xlsx"


@dataclass(frozen=True)
class Broken:
    """One file of the gallery, with the message a reader should give."""

    name: str
    file: str
    content: bytes
    says: str


def some_orders(world: World, count: int = 3) -> bytes:
    """Return a small order list of the last day."""
    return order_files.orders(world.outline, world.orders[LAST][:count])


def containers(world: World) -> list[Broken]:
    """Return the files whose container is broken."""
    good = item_files.rank(world, LAST)
    two = {"商品报表_20261116_1.csv": b"a,b\r\n1,2\r\n", "商品报表_20261116_2.csv": b"a,b\r\n3,4\r\n"}
    locked = bytearray(gbk_zip({"商品报表_20261116.csv": b"locked"}))
    locked[6] |= 1
    at = locked.rindex(b"PK\x01\x02")
    locked[at + 8] |= 1
    page = f'<html><head><meta charset="gbk"><title>{SHOP}</title></head><body><table><tr><th>统计日期</th><th>商品ID</th><th>商品'
    login = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>千牛商家工作台-登录</title></head><body>请登录</body></html>'
    return [
        Broken(
            "empty", "ExportOrderList202611160901.csv", b"", "the file is empty (0 bytes): download it again"
        ),
        Broken(
            "truncated",
            ITEM_FILE.format(LAST),
            good[:4096],
            "the workbook is cut off (the download broke): download it again",
        ),
        Broken(
            "password",
            "退款单_20261115.xlsx",
            encrypted_workbook(),
            "the workbook has an opening password: save it without one",
        ),
        Broken(
            "zip-password",
            "商品报表_20261116_0920.zip",
            bytes(locked),
            "the zip has a password: unpack it first",
        ),
        Broken(
            "two-in-zip",
            "商品报表_20261116_0921.zip",
            gbk_zip(two),
            "the zip holds two tables: unpack it and drop them one by one",
        ),
        Broken(
            "zip-empty",
            "商品报表_20261116_0922.zip",
            gbk_zip({"说明.txt": "没有数据".encode("gbk")}),
            "the zip holds no table",
        ),
        Broken(
            "html-cut",
            "【生意参谋平台】商品_全部_2026-11-14_2026-11-14.xls",
            page.encode("gbk"),
            "a web page named .xls, cut off in its header: download it again",
        ),
        Broken(
            "login-page",
            "【生意参谋平台】店铺流量来源-2026-11-14_2026-11-14.xls",
            login.encode(),
            "this is the login page, not the export: sign in and download again",
        ),
        Broken(
            "picture", "商品报表截图.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(64), "this is a picture, not a table"
        ),
        Broken(
            "half-downloaded",
            "计划报表_20261116.csv.crdownload",
            b"\xc8\xd5\xc6\xda,",
            "the browser had not finished downloading",
        ),
        Broken(
            "wrong-encoding",
            "ExportOrderList202611160903.csv",
            some_orders(world)
            .replace("交易".encode("gbk"), b"\xff\xff")
            .replace("虚构".encode("gbk"), b"\xff\xfe"),
            "the text is neither UTF-8 nor GBK: export again instead of saving from another program",
        ),
    ]
