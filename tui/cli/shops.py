"""Choice of the shop that a command uses: by name, environment, current folder, or the only known one."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from core.errors import BadSettings, CannotWrite, UsageError
from core.language.wording import say
from core.shop import restricted_mode
from core.shop.settings import settings_file
from core.storage.atomic_files import write_atomically
from core.storage.decoding import toml_in
from core.storage.regular_files import RegularFile


def named(word: str) -> Path:
    """Return the folder of a shop given by its path or by the name of a known shop's folder.

    Raise BadSettings if there is no shop. In restricted mode only the session's own shop is allowed.
    """
    if restricted_mode.restricted():
        shop = restricted_mode.the_shop()
        if Path(word).resolve() != shop and word != shop.name:
            restricted_mode.refuse(say("There is no other shop here."))
        word = str(shop)
    folder = Path(word).expanduser()
    if not folder.exists() and os.sep not in word:
        folder = next((known for known in remembered() if known.name == word), folder)
    if not settings_file(folder).is_file():
        raise BadSettings(
            say("{folder} contains no shop.toml. Create a shop with: shopday init {folder}", folder=folder)
        )
    return folder.resolve()


def todays() -> Path:
    """Return the folder of the shop that ``shopday`` opens without arguments.

    Raise UsageError if there is none, or if there are several and the user cannot be asked.
    """
    word = os.environ.get("SHOPDAY_SHOP", "")
    if word or restricted_mode.restricted():
        return named(word)
    here = Path.cwd()
    if settings_file(here).is_file():
        return here
    known = [folder for folder in remembered() if settings_file(folder).is_file()]
    if len(known) == 1:
        return known[0]
    return _chosen(known)


def remembered() -> list[Path]:
    """Return the folders of shops this user opened or created, oldest first; empty if the list is missing."""
    if restricted_mode.restricted():
        return []
    with suppress(OSError, ValueError, BadSettings):
        with RegularFile(_memory(), follow=True) as file:  # the user's own file, so it may be a link
            words = file.read().decode()
        listed = toml_in(words, "shops.toml").get("shops", [])
        return [Path(word) for word in listed if isinstance(word, str)] if isinstance(listed, list) else []
    return []


def remember(folder: Path) -> None:
    """Add the shop to this user's list of known shops; errors in writing the list are ignored."""
    known = remembered()
    if folder in known or restricted_mode.restricted():
        return
    lines = "".join(f"    {_quoted(str(path))},\n" for path in [*known, folder])
    with suppress(CannotWrite, OSError):
        write_atomically(_memory(), f"shops = [\n{lines}]\n".encode("utf-8", "surrogateescape"))


def _chosen(known: Sequence[Path]) -> Path:
    if not known:
        raise UsageError(
            say("There is no shop here yet. Look at one: shopday demo. Make your own: shopday init FOLDER.")
        )
    if not sys.stdin.isatty():
        raise UsageError(say("Which shop? Give its folder: shopday open FOLDER, or set SHOPDAY_SHOP."))
    import click

    from tui.cli.output import tell

    for place, folder in enumerate(known, 1):
        tell(f"{place}  {folder.name}  {folder}")
    try:
        number: int = click.prompt(say("Which shop?"), type=click.IntRange(1, len(known)))
    except click.Abort as error:
        raise KeyboardInterrupt from error
    return known[number - 1]


def _memory() -> Path:
    import platformdirs

    return Path(platformdirs.user_config_dir("shopday", appauthor=False)) / "shops.toml"


def _quoted(text: str) -> str:
    """Return the text as a TOML string literal."""
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\u{ord(c):04x}" for c in text) + '"'
