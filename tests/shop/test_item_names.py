"""What an item is called in a sentence: as the settings call it, else what its title begins with."""

from __future__ import annotations

import pytest

from core.shop.item_names import item_name, short
from core.shop.settings import Item, Shop

SHOP = Shop("兰亭", items=(Item("7365", "开衫"), Item("7366")))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("法式针织开衫女秋季新款外搭", "法式针织开衫"),
        ("高腰直筒牛仔裤（九分）显瘦百搭", "高腰直筒牛仔裤"),
        ("【新款】法式针织开衫外搭显瘦", "【新款】法式针织开衫…"),
        ("很长很长的没有性别的商品标题", "很长很长的没有性别的…"),
        ("纯棉女装很长很长的商品标题啊", "纯棉女装很长很长的商…"),
        ("十个字的标题女装新款", "十个字的标题女装新款"),
        ("A long title in Latin letters", "A long title in Latin letters"),
        ("", ""),
    ],
)
def test_a_title_is_cut_after_what_names_the_product(title: str, name: str) -> None:
    assert short(title) == name


def test_the_name_in_the_settings_comes_before_the_title_and_the_id_last() -> None:
    title = "法式针织开衫女秋季新款外搭"
    assert [item_name(SHOP, item, title) for item in ("7365", "7366", "other")] == [
        "开衫", "法式针织开衫", "法式针织开衫",
    ]  # fmt: skip
    assert [item_name(SHOP, item) for item in ("7365", "7366", "other")] == ["开衫", "7366", "other"]
