"""Three quiet mornings and five troubles of shops nobody chose, by export files and ``shopday ask``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exam.exam import in_this_process, morning, names, troubled
from tests.exam.made_shop import quiet


@pytest.mark.parametrize("seed", [11001, 11003, 11005])
def test_a_quiet_shop_is_asked_for_nothing(tmp_path: Path, seed: int) -> None:
    found = morning(tmp_path / "shop", quiet(seed), in_this_process)
    assert found.asked == ()


@pytest.mark.parametrize(
    "kind", ["item_page", "price_typo", "source_stopped", "new_poor_source", "agent_slow"]
)
def test_a_trouble_is_named_first(tmp_path: Path, kind: str) -> None:
    made, planted = troubled(5_011_001, kind)
    found = morning(tmp_path / "shop", made, in_this_process)
    assert names(found.asked[0], planted)
    assert found.verdict.startswith(found.asked[0]["text"].split(". ")[0])
