"""The findings for the designer: pictures, tests, new items, rival shops, changes to report to service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.answers.answer import About, Finding, LevelName, Proposal, finding
from core.language import message
from core.language.message import N_, Value, Words, say
from core.records.team import PictureChange
from core.shop.settings import Shop
from core.topics.creative.briefs import meanwhile
from core.topics.creative.pictures.bonus import Bonus
from core.topics.creative.pictures.click_rates import Drawn, Effect
from core.topics.creative.pictures.new_items import ArrivingItem
from core.topics.creative.pictures.running_tests import Tested

NAMED = 2
SOON_DAYS = 2
STAGE_NAMES = {"pictures": N_("pictures"), "page": N_("item page"), "listed": N_("listing")}

Names = Mapping[str, str]


def of_pictures(found: Sequence[Drawn], testing: set[str], names: Names, today: date) -> list[Finding[Words]]:
    """Return findings on the weakest pictures that are not being tested, and on the strongest one."""
    weak = [one for one in found if one.weak and one.item not in testing][:NAMED]
    strong = [one for one in reversed(found) if one.strong][:1]
    return [_weak(one, names, today) for one in weak] + [_strong(one, names) for one in strong]


def _drawn(one: Drawn, names: Names) -> dict[str, Value]:
    return {
        "item": names.get(one.item, one.item),
        "ctr": message.percent(one.found.plain_ctr, 2),
        "usual": message.percent(one.usual, 2),
        "sample": message.count(one.sample),
        "chance": message.percent(one.found.chance_below, 0),
    }


def _weak(one: Drawn, names: Names, today: date) -> Finding[Words]:
    values, about = _drawn(one, names), About(item=one.item)
    text = say(
        "{item}: the click rate of its picture is {ctr}; other items in the same slots get "
        "{usual} ({chance} sure that it is lower). Test a new picture: before you start, decide "
        "that each picture gets {sample} impressions.",
        **values,
    )
    ask = Proposal(
        "design",
        say("Make a new main picture for {item} and test it with {sample} impressions each", **values),
        metric="ctr",
        direction="up",
        due=(today + timedelta(days=3)).isoformat(),
        expected=round(one.usual, 4),
        item=one.item,
        deed="test_picture",
        about=about,
    )
    return finding("design", "picture", "watch", text, ask, about=about)


def _strong(one: Drawn, names: Names) -> Finding[Words]:
    text = say(
        "{item}: the click rate of its picture is {ctr}; other items in the same slots get {usual}. "
        "Note what the picture does well and use it for other items.",
        **_drawn(one, names),
    )
    return finding("design", "strong", "good", text, about=About(item=one.item))


def of_tests(found: Sequence[Tested], names: Names) -> list[Finding[Words]]:
    """Return a finding on the state of each picture test; it has a verdict only if the sample is complete."""
    return [_test(one, names) for one in found]


def _test(one: Tested, names: Names) -> Finding[Words]:
    test = one.test
    values: dict[str, Value] = {
        "item": names.get(test.item, test.item),
        "need": message.count(one.need),
        "had": message.count(one.had),
        "share": message.percent(one.share, 0),
        "old": message.rate_of(test.old_clicks or 0, test.old_impressions or 0),
        "new": message.rate_of(test.new_clicks or 0, test.new_impressions or 0),
        "chance": message.percent(None if one.chance is None else min(0.99, one.chance), 0),
    }
    about = About(item=test.item)
    if one.state == "planned":
        text = say(
            "Picture test of {item}: each picture needs {need} impressions; it has not started.", **values
        )
        return finding("design", "test", "info", text, about=about)
    if one.state == "running":
        text = say(
            "The picture test of {item} is not finished: each picture has {had} impressions; "
            "look again when each has {need}.",
            **values,
        )
        return finding("design", "test", "info", text, about=about)
    if one.state == "no goal":
        text = say(
            "Picture test of {item}: there is no click rate to start from, so it cannot be said how "
            "long it must run.",
            **values,
        )
        return finding("design", "test", "info", text, about=about)
    if one.state == "new":
        text = say(
            "The picture test of {item} is finished: new {new}, old {old}; the new one is probably "
            "better ({chance}).",
            **values,
        )
        ask = Proposal(
            "design",
            say("{item}: keep the new picture and end the test", **values),
            "ctr",
            "up",
            item=test.item,
            about=about,
        )
        return finding("design", "test", "good", text, ask, about=about)
    if one.state == "old":
        text = say(
            "The picture test of {item} is finished: new {new}, old {old}; the old one is probably "
            "better. Change back.",
            **values,
        )
        ask = Proposal(
            "design",
            say("{item}: change back to the old picture and end the test", **values),
            "ctr",
            "hold",
            item=test.item,
            about=about,
        )
        return finding("design", "test", "watch", text, ask, about=about)
    text = say(
        "The picture test of {item} is finished: new {new}, old {old}; no difference found. Keep "
        "either, and try a bolder change next.",
        **values,
    )
    return finding("design", "test", "info", text, about=about)


def of_changes(
    changes: Sequence[tuple[PictureChange, Effect | None]], names: Names, today: date
) -> list[Finding[Words]]:
    """Return findings on changes the service team was not told of, and on the effect of each change."""
    said: list[Finding[Words]] = []
    for change, effect in changes:
        values: dict[str, Value] = {
            "item": names.get(change.item, change.item),
            "what": change.what or say("main picture"),
            "says": change.says,
            "day": message.short_day(change.on),
        }
        if change.told is not True:
            said.append(_untold(change, values, today))
        if effect is not None and effect.chance is not None:
            said.append(_effect(change, effect, values))
    return said


def _untold(change: PictureChange, values: dict[str, Value], today: date) -> Finding[Words]:
    if change.says:
        text = say(
            "{item} ({what}) was changed on {day}, but the service team does not know: it promises “{says}”.",
            **values,
        )
        todo = say(
            "Write the service team's answers for {item}: what “{says}” means, since when, for whom", **values
        )
    else:
        text = say("{item} ({what}) was changed on {day}, but the service team does not know.", **values)
        todo = say(
            "Show the service team the new picture of {item} and write answers to what buyers will ask",
            **values,
        )
    about = About(item=change.item)
    ask = Proposal(
        "service",
        todo,
        metric="service_conversion",
        direction="hold",
        due=today.isoformat(),
        about=about,
    )
    return finding("design", "untold", "act", text, ask, about=about)


def _effect(change: PictureChange, effect: Effect, values: dict[str, Value]) -> Finding[Words]:
    shown: dict[str, Value] = {
        **values,
        "before": message.ratio(effect.before),
        "after": message.ratio(effect.after),
        "clicks": message.count(effect.clicks),
        "chance": message.percent(effect.chance, 0),
    }
    about = About(item=change.item)
    chance = effect.chance or 0.0
    if chance >= 0.8:  # noqa: PLR2004 - likely
        text = say(
            "{item}: since its picture was changed on {day}, its click rate went from {before} "
            "to {after} times that of other items in the same slots; probably better ({chance}).",
            **shown,
        )
        return finding("design", "changed", "good", text, about=about)
    if chance <= 0.2:  # noqa: PLR2004 - likely not
        text = say(
            "{item}: since its picture was changed on {day}, its click rate went from {before} "
            "to {after} times that of other items in the same slots; probably worse. Change back?",
            **shown,
        )
        ask = Proposal(
            "design",
            say("{item}: change back to the old picture, then test", **values),
            "ctr",
            "up",
            item=change.item,
            about=about,
        )
        return finding("design", "changed", "watch", text, ask, about=about)
    text = say(
        "{item}: since its picture was changed on {day}, its click rate went from {before} to "
        "{after} times that of other items in the same slots ({clicks} clicks); whether the new "
        "picture is better cannot be told.",
        **shown,
    )
    return finding("design", "changed", "info", text, about=about)


def of_arrivals(found: Sequence[ArrivingItem], names: Names, today: date) -> list[Finding[Words]]:
    """Return findings on new items whose next stage is late or due within two days."""
    said: list[Finding[Words]] = []
    for one in found:
        if not one.stage or one.days is None or one.days > SOON_DAYS:
            continue
        name = names.get(one.plan.item, one.plan.item)
        values: dict[str, Value] = {
            "item": name,
            "stage": say(STAGE_NAMES[one.stage]),
            "day": message.short_day(one.due),
            "listed": message.short_day(one.plan.listed),
        }
        if one.days < 0:
            text = say(
                ("New item {item}: {stage} missing (due on {day}); the launch on {listed} is at risk."),
                **values,
            )
            level: LevelName = "act"
        else:
            text = say(
                "New item {item}: {stage} due on {day}; the item is to be listed on {listed}.", **values
            )
            level = "watch"
        about = About(item=one.plan.item)
        role = "operator" if one.stage == "listed" else "design"
        ask = Proposal(
            role,
            say("{item}: finish {stage}", **values),
            due=max(one.due or today, today).isoformat(),
            item=one.plan.item,
            about=about,
        )
        late = one.days < 0 and one.stage != "listed"
        asks = (ask, meanwhile(one.plan.item, name, today)) if late else (ask,)
        said.append(finding("design", "new", level, text, *asks, about=about))
    return said


def of_watched(shops: Sequence[str], shop: Shop) -> list[Finding[Words]]:
    """Return the finding on how many rival shops were looked at today, compared with the daily quota.

    Empty without a quota.
    """
    quota = shop.design.shops_a_day
    if quota <= 0:
        return []
    values = {"n": len(shops), "quota": quota}
    if len(shops) >= quota:
        return [
            finding("design", "watched", "good", say("{n} of {quota} rival shops looked at today.", **values))
        ]
    text = say(
        "{n} of {quota} rival shops looked at today; divide the rest between designer and operator "
        "and finish before 18:00.",
        **values,
    )
    return [finding("design", "watched", "info", text)]


def of_bonus(found: Bonus | None) -> list[Finding[Words]]:
    """Return the finding on the designer's bonus; empty if there is none."""
    if found is None:
        return []
    text = say(
        "The designer's bonus this month: {pieces} pieces sold; {over} of them are above {threshold} and "
        "earn {each} each, together {yuan}.",
        pieces=message.count(found.pieces),
        over=message.count(max(0.0, found.pieces - found.threshold)),
        threshold=message.count(found.threshold),
        each=message.money(found.each),
        yuan=message.money(found.yuan),
    )
    return [finding("design", "bonus", "info", text)]
