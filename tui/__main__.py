"""The ``shopday`` command: looks at the clock and the environment once and hands both on."""

from __future__ import annotations

import gettext
import os
import pwd
import sys
import warnings
from datetime import UTC, datetime

from core.wording import LOCALE, language_of_environment, speak


def system_clock() -> datetime:
    """Return the moment; the only place that looks at the computer's clock."""
    return datetime.now(UTC)


def main() -> None:
    """Run the command line; ends the process with the exit code."""
    os.umask(0o007)  # nobody outside the group, at no moment; and the group can go on with every file at once
    language = language_of_environment()
    speak(language)
    # The command line's own few words (usage, options) come from the same catalog.
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("shopday", LOCALE)
    gettext.textdomain("shopday")
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    from tui.commands import shopday
    from tui.terms import Terms

    shopday.main(obj=Terms(clock=system_clock, user=_user()))


def _user() -> str:
    """Return the Unix user's name, as the system knows it and not as the environment claims."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


if __name__ == "__main__":
    main()
