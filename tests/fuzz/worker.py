"""Some damaged exports in a process of their own: ``python -m tests.fuzz.worker FOLDER FIRST LAST STEP``.

It may crash, hang or ask for all memory; the numbers it writes say over which file.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
from pathlib import Path

from core.exports.reading.arrow_memory import give_back
from core.language.speech import speak
from tests.fuzz.damage import case
from tests.fuzz.seeds import Seed
from tests.fuzz.trial import Watch, tried

MOST_MEMORY = 500
"""MB that a file may make of a process that only reads."""
_HARD_LIMIT = 6 << 30


def main(folder: Path, first: int, last: int, step: int) -> None:
    """Try the cases and write after each what is known by then."""
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_AS, (_HARD_LIMIT, _HARD_LIMIT))
    import pandas  # noqa: F401, ICN001 - what every reader needs is there before anything is weighed
    import pyarrow.csv
    import pyarrow.parquet  # noqa: F401

    bare = _megabytes("VmRSS")
    shop, told = folder / "shop", folder / "told.json"
    watch = Watch(folder)
    known = {"done": 0, "problems": 0, "refused": 0, "slowest": 0.0, "peak": 0, "which": -1}
    for number in range(first, last, step):
        (folder / "now").write_text(str(number), encoding="ascii")
        wrong = _one(case(number), shop, known, number, watch, bare)
        if wrong:
            with (folder / "wrong.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps([number, wrong]) + "\n")
        told.write_text(json.dumps(known), encoding="ascii")


def _one(seed: Seed, shop: Path, known: dict[str, float], number: int, watch: Watch, bare: int) -> str:
    speak("zh" if number % 2 else "en")
    _emptied(shop)
    path = shop / "inbox" / seed.name
    path.write_bytes(seed.data)
    give_back()  # what making the file took
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    ours = _megabytes("VmRSS") - bare  # the seeds, and the file as it was made
    watch.seen.clear()
    try:
        outcome = tried(shop, path)
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        return f"{type(error).__name__}: {error}"[:500]
    peak = _megabytes("VmHWM") - ours
    known["done"] += 1
    known["problems"] += outcome.problems
    known["refused"] += outcome.refused
    known["peak"] = max(known["peak"], peak)
    if outcome.seconds > known["slowest"]:
        known["slowest"], known["which"] = round(outcome.seconds, 3), number
    if peak > MOST_MEMORY:
        return f"took {peak} MB"
    if watch.seen:
        return f"did {watch.seen}"
    left = {entry.name for entry in shop.iterdir()} - {"inbox", "facts"}
    inbox = [entry.name for entry in (shop / "inbox").iterdir()]
    return outcome.wrong or (f"left {left} {inbox}" if left or len(inbox) != 1 else "")


def _emptied(shop: Path) -> None:
    """Leave a shop without imports, but for the salt that is made once."""
    salt = shop / "facts" / "salt"
    kept = salt.read_bytes() if salt.is_file() else b"salt" * 8
    shutil.rmtree(shop, ignore_errors=True)
    (shop / "inbox").mkdir(parents=True)
    salt.parent.mkdir()
    salt.write_bytes(kept)


def _megabytes(which: str) -> int:
    """Return what this process holds now (VmRSS), or the most since it was last asked to forget (VmHWM)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith(which))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
