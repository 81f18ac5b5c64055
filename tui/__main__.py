"""The ``shopday`` command: reads the clock and the environment once and passes both on."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    import click


def system_clock() -> datetime:
    """Return the current time in UTC; no other function reads the system clock."""
    from datetime import UTC, datetime

    return datetime.now(UTC)


def main() -> None:
    """Run the command line in this process or in this user's server, and exit with its exit code."""
    from tui.runtime.server_client import quick

    _isolate()
    quick()
    start()


def _isolate() -> None:
    """Restart a restricted session in Python's isolated mode, which loads no modules from user folders."""
    if os.environ.get("SHOPDAY_RESTRICTED", "") not in ("", "0") and not sys.flags.isolated:
        os.execv(sys.executable, [sys.executable, "-I", "-m", "tui", *sys.argv[1:]])  # noqa: S606 - itself


def start() -> None:
    """Run the command line in this process and exit with its exit code."""
    import gc
    import warnings

    from tui.runtime.server_client import wanted

    if wanted(sys.argv[1:]):
        gc.disable()  # until the first frame (tui.app): no garbage is created before it
    from core.language.locale_folders import language_of_environment
    from core.language.speech import speak
    from tui.cli.context import Terms

    os.umask(0o007)  # no access outside the group; group members can write every file from the start
    language = language_of_environment()
    speak(language)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    _command_line(language).main(obj=Terms(clock=system_clock, user=_user()))


def _command_line(language: str) -> click.Group:
    """Return the command line, with click's own messages in the same language."""
    import gettext

    from core.language.locale_folders import LOCALE
    from tui.cli.commands import shopday

    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("shopday", LOCALE)
    gettext.textdomain("shopday")
    return shopday


def _user() -> str:
    """Return the Unix user name from the password database, not from the environment."""
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


if __name__ == "__main__":
    main()
