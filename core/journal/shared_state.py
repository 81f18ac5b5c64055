"""What people who share a shop need besides its entries; it is kept where the journal is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from core.journal.drafts import FOLDER, Drafts, FileDrafts, persons
from core.shop.presence import FilePresence, Presence
from core.shop.sent_log import FILE, FileSentLog, Sent, SentLog


class SharedState(Protocol):
    """The drafts, the people present and the log of sent messages of one shop."""

    def drafts(self, who: str) -> Drafts:
        """Return this person's unfinished texts."""

    def presence(self) -> Presence:
        """Return a new session's announcement to the others."""

    def sent_log(self) -> SentLog:
        """Return the log of messages sent to groups and mailboxes."""

    def listen(self, heard: Callable[[], object]) -> Callable[[], None]:
        """Call ``heard``, in another thread, as soon as somebody else changes journal or people present.

        Return the function that ends this. Where a store cannot tell, ``heard`` is never called, so that
        polling is needed in any case.
        """


class StateContents(NamedTuple):
    """What a move takes along; who is present shows by itself."""

    drafts: dict[str, dict[str, str]]
    """The texts by person (:func:`core.journal.drafts.person_key`) and key."""
    sent: tuple[Sent, ...]


class MovableState(SharedState, Protocol):
    """The state of a store that a journal can be moved out of and into."""

    def settle(self) -> None:
        """Complete what waits for a connection, before :meth:`contents` is moved elsewhere."""

    def contents(self) -> StateContents:
        """Return the drafts and the log; raise BadInput or CannotPost if they cannot be read."""

    def replace(self, contents: StateContents) -> None:
        """Make the drafts and the log the same as these; raise CannotWrite if that fails."""

    def moved(self, contents: StateContents) -> None:
        """Note that these have moved to another store, so that they are not taken for new ones there."""


class FileState:
    """The state of a shop whose journal is in files: files in the shop's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def drafts(self, who: str) -> FileDrafts:
        """Return this person's drafts."""
        return FileDrafts(self.folder, who)

    def presence(self) -> FilePresence:
        """Return a new session's announcement."""
        return FilePresence(self.folder)

    def sent_log(self) -> FileSentLog:
        """Return the log in outbox.json."""
        return FileSentLog(self.folder)

    def listen(self, heard: Callable[[], object]) -> Callable[[], None]:
        """Do nothing: files are polled, because that also works on shared mounts."""
        del heard
        return lambda: None

    def settle(self) -> None:
        """Do nothing: nothing waits."""

    def contents(self) -> StateContents:
        """Return the drafts and the log."""
        return StateContents(
            {one.person: texts for one in self._everybody() if (texts := one.all())},
            self.sent_log().sent(),
        )

    def replace(self, contents: StateContents) -> None:
        """Write each draft and the log; drafts that are not among them are deleted."""
        for person in {*persons(self.folder), *contents.drafts}:
            drafts, texts = FileDrafts(self.folder, "", person=person), contents.drafts.get(person, {})
            for key in {draft.key for draft in drafts.files()} - texts.keys():
                drafts.drop(key)
            for key, text in texts.items():
                drafts.save(key, text)
        if contents.sent or self.sent_log().sent():
            self.sent_log().replace(contents.sent)

    def moved(self, contents: StateContents) -> None:
        """Mark the files of these drafts as copies of what a server has."""
        for person, texts in contents.drafts.items():
            drafts = FileDrafts(self.folder, "", person=person)
            for draft in drafts.files():
                if draft.text == texts.get(draft.key):
                    drafts.write(draft._replace(server="", waits=False))

    def copies(self, contents: StateContents) -> Iterator[tuple[str, Path]]:
        """Write these drafts and this log into the folder, and yield each as a backup names it."""
        self.replace(contents)
        for name in (FOLDER, FILE):
            if (self.folder / name).exists():
                yield name, self.folder / name

    def _everybody(self) -> Iterator[FileDrafts]:
        yield from (FileDrafts(self.folder, "", person=person) for person in persons(self.folder))
