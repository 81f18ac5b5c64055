"""Makes a shop with eleven weeks behind it, from another seed: ``… fleet_shop FOLDER SEED``.

The folder has the shop as it was last night in ``shop``, and this morning's ten or so exports in ``morning``.
"""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from core.facts.download_order import oldest_first
from core.facts.imports import commit, preview
from sample import settings, typed
from sample.shops import LANTING
from sample.story import exports
from sample.world import build
from tui.cli.demo import replay

TODAY = date(2026, 11, 16)
FRESH = ("20261115", "20261116")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def main(folder: Path, seed: str) -> None:
    """Write the shop and its morning."""
    outline = replace(LANTING, seed=seed)
    shop, morning = folder / "shop", folder / "morning"
    for place in (shop / "inbox", morning):
        place.mkdir(parents=True)
    (shop / "shop.toml").write_text(settings.text(outline), encoding="utf-8")
    earlier = []
    world = build(outline)
    for path, content in exports(world).items():
        name = Path(path).name
        fresh = _is_of_this_morning(name)
        file = (morning if fresh else folder / "earlier") / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
        if not fresh:
            earlier.append(file)
    at = datetime.combine(TODAY, time(0, 30), SHANGHAI)
    for file in oldest_first(earlier):
        seen = preview(shop, file, today=TODAY)
        if seen.state == "new":
            commit(shop, seen, who="lan", at=at)
    words = folder / "entries.json"
    words.write_text(typed.text(world), encoding="utf-8")
    replay(shop, words)


def _is_of_this_morning(name: str) -> bool:
    """Return whether the file ends with yesterday or was made today, by the last day in its name."""
    days = re.findall(r"2026-?\d\d-?\d\d", Path(name).stem)
    return bool(days) and days[-1].replace("-", "") in FRESH


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
