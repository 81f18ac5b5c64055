"""The ``shopday`` command: looks at the clock and the environment once and hands both on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


def system_clock() -> datetime:
    """Return the moment; the only place that looks at the computer's clock."""
    from datetime import UTC, datetime

    return datetime.now(UTC)


def main() -> None:
    """Run the command line, or let this user's server do it; ends the process with the exit code."""
    from tui.served import quick

    quick()
    start()


def start() -> None:
    """Run the command line in this process; ends it with the exit code."""
    import gc
    import os
    import warnings

    from tui.served import wanted

    gc.disable()  # nothing that is loaded on the way to the first frame is ever garbage
    import gettext

    from core.wording import LOCALE, language_of_environment, speak

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

    if not wanted(sys.argv[1:]):
        gc.enable()
    shopday.main(obj=Terms(clock=system_clock, user=_user()))


def _user() -> str:
    """Return the Unix user's name, as the system knows it and not as the environment claims."""
    import os
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


if __name__ == "__main__":
    main()
