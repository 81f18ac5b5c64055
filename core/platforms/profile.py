"""Read a platform's profile: its names, menu paths, the meaning of its figures, fees, scores, calendar.

Each platform is one TOML file in this folder (``taobao.toml`` explains the settings); the code has no list of
platforms.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

DEFAULT: Final = "tmall"
"""The platform of a shop whose settings name none."""
QUESTIONS: Final = "questions"
OTHER: Final = "other"
"""The platform used for shops on a platform that has no file here: it has no menus, fees or calendar."""
_FOLDER: Final = Path(__file__).parent
NOTHING: Final = MappingProxyType[str, Any]({})


class InLanguages(NamedTuple):
    """A text in each language; one that is the same in all of them is stored under ""."""

    texts: Mapping[str, str]

    def of(self, *languages: str) -> str:
        """Return the text in the first of the languages that has one; empty if none has."""
        return next((text for one in (*languages, "") if (text := self.texts.get(one))), "")


class YearlyCampaign(NamedTuple):
    """A yearly campaign day that affects every shop of the platform."""

    month: int
    day: int
    name: str
    rush: bool = False
    """Whether the day follows the plan for peak days."""


class Fee(NamedTuple):
    """A fee the platform takes; a rate that depends on the shop's contract is left unknown."""

    id: str
    name: InLanguages
    base: str
    """The amount that the rate applies to: ``paid``, ``paid_minus_refund`` or ``order``."""
    rate: float | None = None
    """The rate, as a fraction, if it is the same for all shops; None otherwise."""


class PlatformProfile(NamedTuple):
    """The names, menus, fees, scores and calendar of one platform."""

    id: str
    name: InLanguages
    since: int
    """The first year for which figures can exist; earlier dates in files are errors."""
    ready_by: str
    """The time (HH:MM) by which yesterday's figures are usually complete; empty: not known."""
    ad_scenes: tuple[str, ...]
    """The kinds of ads that its reports tell apart: keyword, crowd, whole, scene, display."""
    scores: tuple[str, ...]
    """The columns of the daily export that hold the shop's scores."""
    how: Mapping[str, str]
    """Where to find each export, by sheet id; a sheet that is missing here is not offered by the platform."""
    unverified: tuple[str, ...]
    """Sheets whose place in the menus is not confirmed: ``how`` names only the program, no menus."""
    analyses: Mapping[str, str]
    """For the usual analysis of a step, the one that replaces it; empty: no export feeds the step, which is
    left out; :data:`QUESTIONS`: the step stays, with only its questions and forms."""
    menus: Mapping[str, str]
    """By deed, where it is done, with the labels of the menus; a deed without a known place is not named."""
    words: Mapping[str, InLanguages]
    """The texts for the placeholders ``{name}`` in sentences: the platform's places and tools."""
    means: Mapping[str, InLanguages]
    """By sheet id, what the sheet's figures mean on this platform, where that is not what one would
    expect."""
    fees: tuple[Fee, ...]
    calendar: tuple[YearlyCampaign, ...]

    def offers(self, sheet: str) -> bool:
        """Return whether this export is available from the platform or from a program that its shops use."""
        return sheet in self.how

    @property
    def base_fee(self) -> float | None:
        """Return the rate of the platform's own fee on confirmed sales (确认收货); None if not known."""
        return next((fee.rate for fee in self.fees if fee.rate is not None), None)

    def terms(self, *languages: str) -> dict[str, str]:
        """Return the texts for placeholders such as ``{platform_name}``, each in the first language found."""
        named = {"platform_name": self.name, **self.words}
        named |= {f"means_{sheet}": words for sheet, words in self.means.items()}
        fees = ", ".join(fee.name.of(*languages) for fee in self.fees)
        return {name: words.of(*languages) for name, words in named.items()} | {"fees": fees}


@cache
def platforms() -> tuple[str, ...]:
    """Return the ids of all platforms, :data:`OTHER` last."""
    found = {path.stem for path in _FOLDER.glob("*.toml")}
    return (*sorted(found - {OTHER}), OTHER)


@cache
def profile(platform: str) -> PlatformProfile:
    """Return the platform's profile; of an unknown platform, that of :data:`OTHER`."""
    table = _table(platform if platform in platforms() else OTHER)
    return PlatformProfile(
        id=platform,
        name=_in_languages(table["name"]),
        since=table.get("since", 2000),
        ready_by=table.get("ready_by", ""),
        ad_scenes=tuple(table.get("ad_scenes", ())),
        scores=tuple(table.get("scores", ())),
        how=table.get("how", NOTHING),
        unverified=tuple(table.get("unverified", ())),
        analyses=table.get("analyses", NOTHING),
        menus=table.get("menus", NOTHING),
        words={name: _in_languages(words) for name, words in table.get("words", NOTHING).items()},
        means={sheet: _in_languages(words) for sheet, words in table.get("means", NOTHING).items()},
        fees=tuple(
            Fee(one["id"], _in_languages(one["name"]), one["base"], one.get("rate"))
            for one in table.get("fees", ())
        ),
        calendar=tuple(YearlyCampaign(**one) for one in table.get("calendar", ())),
    )


def _table(platform: str) -> dict[str, Any]:
    """Return the platform's settings; they extend and override those of the platform named in ``like``."""
    own = tomllib.loads((_FOLDER / f"{platform}.toml").read_text(encoding="utf-8"))
    return (_table(own["like"]) if "like" in own else {}) | own


def _in_languages(words: str | dict[str, str]) -> InLanguages:
    return InLanguages({"": words} if isinstance(words, str) else words)
