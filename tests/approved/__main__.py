"""``python -m tests.approved``: write the files anew. Read the diff before it is committed."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.approved.declared import declared
from tests.approved.files import FOLDER
from tests.approved.sample_answers import MOMENTS, answer, steps
from tests.approved.sample_output import commands, printed
from tests.approved.sample_screens import WALKS, shop_to_walk_in, walked


def main() -> None:
    """Ask the sample everything and write what it says."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"HOME": home, "XDG_CONFIG_HOME": home, "SHOPDAY_LANG": "en", "TERM": "xterm-256color"}
        shop = Path(home) / "lanting"
        subprocess.run(
            [sys.executable, "-m", "tui", "demo", str(shop), "--no-open", "--sample", "lanting"], check=True
        )
        shutil.rmtree(FOLDER, ignore_errors=True)
        for moment in MOMENTS:
            (FOLDER / moment).mkdir(parents=True)
            for step in steps(moment):
                (FOLDER / moment / f"{step}.json").write_text(answer(shop, moment, step), encoding="utf-8")
        (FOLDER / "declared").mkdir()
        for name, text in declared().items():
            (FOLDER / "declared" / name).write_text(text, encoding="utf-8")
        (FOLDER / "output").mkdir()
        for name, lang, words in commands():
            (FOLDER / "output" / name).write_text(printed(shop, lang, words), encoding="utf-8")
        (FOLDER / "screens").mkdir()
        for walk in WALKS:
            pages = asyncio.run(walked(shop_to_walk_in(shop, Path(home) / walk / "lanting"), walk))
            (FOLDER / "screens" / f"{walk}.txt").write_text(pages, encoding="utf-8")


if __name__ == "__main__":
    main()
