"""``shopday calendar``: what stands in the calendar, what is only a draft, and where it comes from."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run

OWN = """
[[calendar]]
start = 2026-12-10
end = 2026-12-12
multiplier = 1.8
kind = "platform"
note = "双12"

[[calendar]]
start = 2026-09-01
kind = "own"
note = "店庆"
"""


def with_rows(shop: Path) -> Path:
    settings = shop / "shop.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + OWN, encoding="utf-8")
    return shop


def test_rows_have_state_source_and_confidence(shop: Path, run: Run) -> None:
    found = {one["name"]: one for one in json.loads(run("calendar", with_rows(shop), "--json").stdout)}
    own = found["双12"]
    assert (own["start"], own["end"], own["multiplier"]) == ("2026-12-10", "2026-12-12", 1.8)
    assert (own["state"], own["source"], own["confidence"]) == ("confirmed", "typed", "high")
    draft = found["年货节"]
    assert (draft["start"], draft["end"]) == ("2026-12-24", "2027-01-31")
    assert (draft["state"], draft["source"], draft["confidence"]) == ("proposed", "moved", "low")
    assert set(own) == {
        "start", "end", "name", "kind", "state", "source", "confidence", "multiplier", "profile",
    }  # fmt: skip
    assert [one["start"] for one in found.values()] == sorted(one["start"] for one in found.values())


def test_what_is_long_over_is_left_out_unless_all_is_asked_for(shop: Path, run: Run) -> None:
    with_rows(shop)
    assert "店庆" not in run("calendar", shop).stdout
    assert "店庆" in run("calendar", shop, "--all").stdout
    assert "店庆" in run("calendar", shop, "--date", "2026-10-01").stdout
    assert "店庆" not in run("calendar", shop, "--date", "2026-10-02").stdout


def test_lines_say_what_is_a_draft_and_how_to_confirm_it(shop: Path, run: Run) -> None:
    lines = run("calendar", with_rows(shop)).stdout.splitlines()
    (own,) = [line for line in lines if "Double 12" in line]
    assert all(word in own for word in ("confirmed", "×1.8", "sure", "entered by hand"))
    (draft,) = [line for line in lines if "New Year goods festival" in line]
    assert all(word in draft for word in ("draft", "unsure", "last year's dates; please check"))
    assert "(form “A special day or period”)" in lines[-1]


def test_a_great_festival_is_a_span_with_a_profile(shop: Path, run: Run) -> None:
    found = json.loads(run("calendar", shop, "--date", "2026-10-10", "--json").stdout)
    (double,) = [one for one in found if one["name"] == "双11" and one["kind"] == "platform"]
    assert double["state"] == "proposed"
    assert len(double["profile"]) > 20
    assert double["multiplier"] == max(double["profile"]) > 2
    assert any(one["kind"] == "after" for one in found)


def test_a_shop_that_is_not_there_is_told_as_everywhere(tmp_path: Path, run: Run) -> None:
    assert run("calendar", tmp_path / "nowhere").exit_code != 0
