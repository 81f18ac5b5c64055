"""Read ``secrets.toml``, a file in the shop's folder that only its owner may read."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any, Final

from core.errors import BadSettings
from core.language.wording import say
from core.storage.decoding import LARGEST_SETTINGS, TooDeep, checked_size, toml_in
from core.storage.regular_files import RegularFile

SECRETS: Final = "secrets.toml"
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def secret_text(path: Path) -> str:
    """Return the file's text; raise BadSettings if other users can read it, OSError if nobody can."""
    with RegularFile(path) as file:
        if file.status.st_mode & _OTHERS:
            raise BadSettings(
                say(
                    "Others can read {file}, so it is not used. Run: chmod 600 {path}",
                    file=path.name,
                    path=path,
                )
            )
        with file.reader() as reader:
            raw = reader.read(LARGEST_SETTINGS + 1)
    return checked_size(raw, path.name).decode("utf-8-sig", "replace")


def secret_tables(folder: Path) -> dict[str, Any]:
    """Return the tables of the shop's ``secrets.toml``; empty if the file is missing.

    Raise BadSettings, without quoting secrets, if it cannot be used.
    """
    try:
        return toml_in(secret_text(folder / SECRETS), SECRETS)
    except FileNotFoundError:
        return {}
    except TooDeep as error:
        raise BadSettings(str(error)) from error
    except ValueError as error:
        raise BadSettings(say("{file} is not valid TOML. Correct it.", file=SECRETS)) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BadSettings(
            say("{file} cannot be read ({reason}), so it is not used.", file=SECRETS, reason=reason)
        ) from error
