"""A channel in one file, as another package would bring it: reports go into a folder that the team shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from core.channels.channel import Given, Place, Posted, Setting, Size
from core.channels.message import ReportMessage
from core.errors import BadSettings


@dataclass(frozen=True, slots=True)
class SharedFolder:
    """The channel; a place is one folder, and a message is one file in it."""

    id: ClassVar[str] = "shared-folder"
    name: ClassVar[str] = "Shared folder"
    settings: ClassVar[tuple[Setting, ...]] = (Setting("path", '"/srv/reports"', "where the team looks"),)

    def place(self, given: Mapping[str, Given]) -> Place:
        """Return the folder."""
        path = str(given["path"])
        if not Path(path).is_absolute():
            raise BadSettings("“path” must begin with /.")
        return Place(self, "this machine", path, given)

    def size(self, message: ReportMessage) -> Size:
        """Return how many characters it has."""
        return Size(len(message.plain()), 5_000, "characters")

    def body(self, place: Place, message: ReportMessage) -> tuple[str, str]:
        """Return the file's name and what is in it."""
        del place
        return f"{message.title}.txt", message.plain()

    def send(self, place: Place, body: Any, now: datetime) -> Posted:
        """Write the file; one that is there already is not written over."""
        name, words = body
        try:
            with (Path(place.address) / f"{now:%H%M} {name}").open("x", encoding="utf-8") as file:
                file.write(words)
        except FileNotFoundError:
            return Posted("unreachable", "the folder is not there")
        except FileExistsError:
            return Posted("refused", "the file is there already")
        except OSError as error:
            return Posted("unknown", error.strerror or "it broke")
        return Posted("sent")


CHANNEL = SharedFolder()
