"""Write the sample shop: ``python -m sample.story [FOLDER]``. The output is identical every time."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from sample import (
    ad_files,
    broken_files,
    evening_files,
    fee_files,
    item_files,
    listing_files,
    order_files,
    people_files,
    second_telling,
    settings,
    shop_files,
    source_files,
    telling,
    typed,
    typed_tonight,
)
from sample.outline import Outline
from sample.shops import LANTING, SHOPS
from sample.world import World, build

HERE = Path(__file__).parent
MAKERS: tuple[Callable[[World], dict[str, bytes]], ...] = (
    shop_files.files,
    source_files.files,
    item_files.files,
    ad_files.files,
    order_files.files,
    people_files.files,
    listing_files.files,
    fee_files.files,
)


def exports(world: World, makers: Iterable[Callable[[World], dict[str, bytes]]] = MAKERS) -> dict[str, bytes]:
    """Return all exports by their path below ``exports/``."""
    return {path: content for make in makers for path, content in make(world).items()}


def save(folder: Path, files: dict[str, bytes]) -> None:
    """Write files below a folder, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def main(folder: Path = HERE, shops: Iterable[Outline] = SHOPS) -> None:
    """Write the sample shops into a folder; the second in a folder of its own below it."""
    for outline in shops:
        write(build(outline), folder / outline.folder)


def write(world: World, folder: Path) -> None:
    """Write one sample shop into its folder."""
    files = exports(world)
    save(folder / "exports", files)
    save(folder / "evening", evening_files.files(world))
    if world.outline is LANTING:
        save(folder / "broken", broken_files.files(world))
    pages = {
        "shop.toml": settings.text(world.outline),
        "entries.json": typed.text(world),
        "typed.json": typed_tonight.text(world),
        "STORY.md": (telling if world.outline is LANTING else second_telling).story(world),
    }
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(files)} exports, {sum(map(len, files.values())) / 1e6:.2f} MB in {folder / 'exports'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
