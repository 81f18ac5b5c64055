"""Things the program knows by id: its own, and what other installed packages bring by entry points.

A package brings one with an entry point that names the value::

    [project.entry-points."shopday.tables"]
    coupons = "shopday_coupons.table:TABLE"

What cannot be used is a sentence in :attr:`Extensible.problems`; everything else works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

from core.entry_points import brought
from core.language.message import Message, Words, say
from core.language.wording import excerpt

T = TypeVar("T")


class Unusable(Exception):
    """What a package brings cannot be used; ``why`` says it in a few words."""

    def __init__(self, why: Words) -> None:
        super().__init__(why)
        self.why = why


class Extensible(Mapping[str, T], Generic[T]):
    """The program's own things by id, then the extensions'; packages are looked for when first asked.

    ``named`` returns an extension's id and value, or raises :class:`Unusable`.
    """

    def __init__(self, group: str, own: Mapping[str, T], named: Callable[[object], tuple[str, T]]) -> None:
        self.group = group
        self._own = own
        self._named = named
        self._known: Mapping[str, T] | None = None
        self._problems: tuple[Message, ...] = ()

    @property
    def problems(self) -> tuple[Message, ...]:
        """A sentence for each extension that is left out."""
        self._all()
        return self._problems

    @property
    def extensions(self) -> Mapping[str, T]:
        """What packages bring."""
        return {name: value for name, value in self._all().items() if name not in self._own}

    def forget(self) -> None:
        """Look for packages again when next asked."""
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
                            left_out(source, self.group, say("there is already a “{id}”", id=name))
                        )
                    known.setdefault(name, value)
            self._known, self._problems = known, tuple(problems)
        return self._known


def left_out(source: str, group: str, why: Words) -> Message:
    """Return the sentence that something a package brings is left out."""
    return say(
        "What {source} provides for {group} is disabled: {why}. Everything else works.",
        source=source,
        group=group,
        why=why,
    )


def one_line(error: BaseException) -> str:
    """Return what kind of error it is and how it begins, in one line."""
    said = " ".join(str(error).split())
    return excerpt(f"{type(error).__name__}: {said}" if said else type(error).__name__, 120)
