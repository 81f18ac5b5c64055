"""Registries of what the program knows by id: its own values and those of other installed packages.

A package provides a value with an entry point that names it::

    [project.entry-points."shopday.tables"]
    coupons = "shopday_coupons.table:TABLE"

What cannot be used is reported by a message in :attr:`Extensible.problems`; everything else works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

from core.entry_points import brought
from core.language.message import Message, Words, say
from core.language.wording import excerpt

T = TypeVar("T")


class Unusable(Exception):
    """Raised if what a package provides cannot be used; ``why`` gives the reason in a few words."""

    def __init__(self, why: Words) -> None:
        super().__init__(why)
        self.why = why


class Extensible(Mapping[str, T], Generic[T]):
    """A mapping of ids to the program's own values and then those of other packages, loaded on first use.

    ``named`` returns the id and value of what a package provides, or raises :class:`Unusable`.
    """

    def __init__(self, group: str, own: Mapping[str, T], named: Callable[[object], tuple[str, T]]) -> None:
        self.group = group
        self._own = own
        self._named = named
        self._known: Mapping[str, T] | None = None
        self._problems: tuple[Message, ...] = ()

    @property
    def problems(self) -> tuple[Message, ...]:
        """A message for each value of another package that was left out."""
        self._all()
        return self._problems

    @property
    def extensions(self) -> Mapping[str, T]:
        """The values provided by other packages, by id."""
        return {name: value for name, value in self._all().items() if name not in self._own}

    def forget(self) -> None:
        """Forget the packages' values, so that they are looked for again at the next access."""
        self._known = None

    def __getitem__(self, name: str) -> T:
        return self._own[name] if name in self._own else self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> Mapping[str, T]:
        if self._known is None:
            known, problems = dict(self._own), list[Message]()
            for source, point in brought(self.group):
                try:
                    name, value = self._named(point.load())
                except Unusable as error:
                    problems.append(left_out(source, self.group, error.why))
                except (Exception, SystemExit) as error:  # noqa: BLE001 - anybody's code
                    problems.append(left_out(source, self.group, one_line(error)))
                else:
                    if name in known:
                        problems.append(
                            left_out(source, self.group, say("the name “{id}” is already taken", id=name))
                        )
                    known.setdefault(name, value)
            self._known, self._problems = known, tuple(problems)
        return self._known


def left_out(source: str, group: str, why: Words) -> Message:
    """Return the message that something provided by a package is disabled."""
    return say(
        "What {source} provides for {group} is disabled: {why}. Everything else works.",
        source=source,
        group=group,
        why=why,
    )


def one_line(error: BaseException) -> str:
    """Return the error's type and the beginning of its text, in one line."""
    said = " ".join(str(error).split())
    return excerpt(f"{type(error).__name__}: {said}" if said else type(error).__name__, 120)
