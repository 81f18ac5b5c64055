"""routine.toml changed by the program: one step, nothing else, and back again."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import BadSettings
from routines.days.day_plan import routine_of
from routines.days.routine_edit import Frequency, frequency, set_frequency
from tests.routines.days import shop_folder

MINE = """# ours, by hand
drop = ["network"]  # nobody has time

[steps.live]
minutes = 20  # longer here

[[add]]
id = "parcels"
at = "17:00"
minutes = 10
title = "发货巡检"
"""
WEEKLY, NEVER = Frequency(repeat="weekly:MO"), Frequency(dropped=True)


@pytest.mark.parametrize("wanted", [WEEKLY, NEVER, Frequency(dropped=True, repeat="weekly:FR")])
@pytest.mark.parametrize(
    "text", [MINE, MINE.replace("\n", "\r\n"), "", "# only a word\n", "[days]\nsaturday='weekday'\n"]
)
@pytest.mark.parametrize("step", ["live", "network", "stock"])
def test_a_step_is_thinned_out_and_put_back_and_the_rest_stays(
    tmp_path: Path, wanted: Frequency, text: str, step: str
) -> None:
    shop = shop_folder(tmp_path / "shop")
    file = shop / "routine.toml"
    if text:
        file.write_bytes(text.encode())
    start = routine_of(shop)

    before = set_frequency(shop, step, wanted)
    assert frequency(routine_of(shop), step) == wanted
    assert set_frequency(shop, step, wanted) == wanted
    for word in ("# ours, by hand", "# nobody has time", "# longer here", "# only a word"):
        assert (word in text) == (word in file.read_text(encoding="utf-8"))

    set_frequency(shop, step, before)
    assert frequency(routine_of(shop), step) == frequency(start, step)
    for other in {"live", "network", "stock"} - {step}:
        assert frequency(routine_of(shop), other) == frequency(start, other)


def test_put_back_the_file_is_what_it_was(tmp_path: Path) -> None:
    shop = shop_folder(tmp_path / "shop", routine=MINE)
    for wanted in (WEEKLY, NEVER):
        set_frequency(shop, "stock", set_frequency(shop, "stock", wanted))
        assert routine_of(shop) is not None
        assert (shop / "routine.toml").read_text(encoding="utf-8").split() == MINE.split()


def test_a_wrong_file_is_told_and_stays_as_it_is(tmp_path: Path) -> None:
    shop = shop_folder(tmp_path / "shop", routine="[steps.nothing]\nminutes = 5\n")
    with pytest.raises(BadSettings, match=r"routine\.toml:1"):
        set_frequency(shop, "stock", WEEKLY)
    assert (shop / "routine.toml").read_text() == "[steps.nothing]\nminutes = 5\n"
