"""Creation of a new shop folder, with its subfolders and a shop.toml that explains every setting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template
from typing import Final

from core.errors import BadInput, CannotWrite, NotConfirmed
from core.language.locale_folders import languages, starting_settings
from core.language.speech import language
from core.language.wording import say
from core.platforms.profile import DEFAULT, platforms
from core.shop.loading import shop_in
from core.shop.settings import settings_file
from core.storage.atomic_files import make_folder, reason_of

FOLDERS: Final = ("inbox", "facts", "journal", "reports", "cache", "drafts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginnings:
    """The initial settings of a new shop; None where the operator did not give a value."""

    name: str
    platform: str = DEFAULT
    language: str = ""
    target: float | None = None
    """This month's target in yuan."""
    margin: float | None = None
    """The gross margin as a fraction."""
    lead_days: float | None = None
    people: int | None = None
    """The number of people who work in the shop."""
    person: str = ""
    user: str = ""


def make_shop(folder: Path, known: Beginnings, today: date) -> None:
    """Create a shop in the folder; raise CannotWrite if the folder cannot be written.

    If there is a shop already or a value is invalid, raise BadInput without creating anything.
    """
    from core.shop.editing import LOCK
    from core.shop.rewriting import rewrite  # imported here, because it loads the TOML editor

    refuse_shop(folder)
    path = settings_file(folder)
    made = settings_text(known, today).encode()
    shop_in(path.name, made)

    def first(held: bytes | None) -> bytes:
        if held is not None:  # created by another process in the meantime
            raise _is_a_shop(folder)
        return made

    try:
        for name in FOLDERS:
            make_folder(folder / name)
        rewrite(path, folder / LOCK, first)
    except NotConfirmed:
        raise
    except CannotWrite as error:
        raise CannotWrite(
            say(
                "The shop could not be created ({reason}); {folder} may contain some of its folders. Solve "
                "this problem and run it again.",
                reason=reason_of(error),
                folder=folder,
            )
        ) from error


def refuse_shop(folder: Path) -> None:
    """Raise BadInput if no shop can be created in the folder: it is a shop already, or a file."""
    if settings_file(folder).exists():
        raise _is_a_shop(folder)
    if folder.exists() and not folder.is_dir():
        raise BadInput(say("{folder} is a file; give a folder.", folder=folder))


def _is_a_shop(folder: Path) -> BadInput:
    return BadInput(say("{folder} is already a shop; its settings are in shop.toml.", folder=folder))


def settings_text(known: Beginnings, today: date) -> str:
    """Return the text of shop.toml in the current language; unknown settings are commented examples."""
    template = Template(starting_settings(language()))
    team = (
        "[[team]]",
        f"name = {_text(known.person)}",
        'roles = ["operator"]',
        f"user = {_text(known.user)}",
    )
    return template.substitute(
        name=_text(known.name),
        platform=_text(known.platform),
        platforms=", ".join(platforms()),
        language=_text(known.language),
        languages=", ".join(languages()),
        margin=_number("margin", known.margin, "0.45"),
        lead_days=_number("lead_days", known.lead_days, "12"),
        people=_number("people", known.people, "1"),
        target=_number(f'"{today:%Y-%m}"', known.target, "500000"),
        team="\n".join(team) if known.person else "",
        today=today,
        year=today.year,
    )


def _number(name: str, value: float | None, example: str) -> str:
    return f"# {name} = {example}" if value is None else f"{name} = {value}"


def _text(text: str) -> str:
    """Return the text as a TOML string literal."""
    whole = text.encode("utf-8", "replace").decode()
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in whole) + '"'
