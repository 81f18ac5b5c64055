"""What the agenda keeps to whatever happens: no overlap, no deadline broken in silence, done is done."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core.journal.entry import Entry, Kind
from routines.plan.box_shrinking import Room, fit
from routines.plan.schedule import Agenda, agenda
from tests.routines.days import TUESDAY, at, entry, plan_of

PLAN = plan_of()
STEPS = [step.id for step in PLAN.steps]
OPTIONAL = [step.id for step in PLAN.steps if not step.must]
KINDS: tuple[Kind, ...] = (
    "started", "started", "left", "done", "done", "skipped", "extended", "dropped",
)  # fmt: skip
OPEN = ("due", "late", "later", "running")
FIRST, LAST = 8 * 60, 26 * 60


@st.composite
def days(draw: st.DrawFn) -> tuple[tuple[Entry, ...], int]:
    """Some things that happened in order, and a minute after them."""
    minutes = sorted(draw(st.lists(st.integers(FIRST, LAST), max_size=25)))
    entries = []
    for number, minute in enumerate(minutes):
        kind = draw(st.sampled_from(KINDS))
        data: dict[str, Any] = {}
        step = draw(st.sampled_from(STEPS))
        if kind == "skipped":
            data = {"reason": "no time"}
        elif kind == "extended":
            data = {"minutes": draw(st.integers(-20, 40))}
        elif kind == "dropped":
            data, step = {"steps": [draw(st.sampled_from(OPTIONAL))]}, ""
        written = entry(f"{minute // 60}:{minute % 60:02d}", kind, step, data, number)
        who = draw(st.sampled_from(("Wang", "Wang", "Li")))
        seconds = timedelta(seconds=draw(st.integers(0, 59)))
        entries.append(Entry(written.id, written.at + seconds, who, kind, step, data, TUESDAY))
    entries.sort(key=lambda one: one.at)
    return tuple(entries), draw(st.integers(minutes[-1] + 1 if minutes else FIRST, LAST + 1))


def looked(day: tuple[tuple[Entry, ...], int]) -> Agenda:
    entries, minute = day
    return agenda(PLAN, entries, at(f"{minute // 60}:{minute % 60:02d}"))


@given(days())
@settings(max_examples=300, deadline=None)
def test_boxes_never_overlap(day: tuple[tuple[Entry, ...], int]) -> None:
    lines = sorted((line for line in looked(day).lines if line.end > line.start), key=lambda line: line.start)
    for one, other in pairwise(lines):
        assert one.end <= other.start, (one.step.id, other.step.id)


@given(days())
@settings(max_examples=300, deadline=None)
def test_an_open_box_passes_a_deadline_only_when_it_is_said(day: tuple[tuple[Entry, ...], int]) -> None:
    found = looked(day)
    told = {one.block: one for one in found.overruns}
    caught_up = set(found.catch_up)
    for line in found.lines:
        if line.state in ("done", "skipped", "dropped") or not line.block.hard or line.no_room:
            continue
        if line.step.id in caught_up:
            assert line.minutes <= line.step.catch_up
            continue
        assert line.block.ends is not None
        deadline = at(f"{line.block.ends:%H:%M}")
        if line.end > deadline:
            assert line.block in told
            assert line.step.must or line.state == "running"
            assert told[line.block].minutes >= (line.end - deadline).total_seconds() // 60


@given(days())
@settings(max_examples=300, deadline=None)
def test_no_box_is_shorter_than_its_minimum(day: tuple[tuple[Entry, ...], int]) -> None:
    found = looked(day)
    caught_up = set(found.catch_up)
    for line in found.lines:
        if line.state in ("due", "late", "later") and not line.no_room and not line.used_minutes:
            least = line.step.catch_up if line.step.id in caught_up else line.step.minimum
            assert line.minutes >= (least if line.shrunk else min(least, line.minutes))


@given(days(), st.integers(0, 300))
@settings(max_examples=200, deadline=None)
def test_what_is_done_keeps_its_times_as_the_clock_goes_on(
    day: tuple[tuple[Entry, ...], int], later: int
) -> None:
    entries, minute = day
    before = {line.step.id: line for line in looked(day).lines}
    for line in looked((entries, minute + later)).lines:
        held = before[line.step.id]
        if held.state in ("done", "skipped", "dropped"):
            assert (line.start, line.end, line.state) == (held.start, held.end, held.state)


@given(days())
@settings(max_examples=200, deadline=None)
def test_asking_twice_gives_the_same_and_every_step_stands_in_it_once(
    day: tuple[tuple[Entry, ...], int],
) -> None:
    found = looked(day)
    assert found == looked(day)
    assert [line.step.id for line in found.lines] == STEPS


@given(days())
@settings(max_examples=200, deadline=None)
def test_accepting_a_proposal_leaves_the_same_steps_with_room(day: tuple[tuple[Entry, ...], int]) -> None:
    entries, minute = day
    before = looked(day)
    if before.proposal is None:
        return
    late = any(step not in OPTIONAL for step in before.proposal.steps)
    assert not late or before.proposal.block.hard, "must-steps only where somebody came too late"
    accepted = Entry("z", at(f"{minute // 60}:{minute % 60:02d}"), "Wang", "dropped", "",
                     {"steps": list(before.proposal.steps)}, TUESDAY)  # fmt: skip
    after = looked(((*entries, accepted), minute))
    assert {line.step.id for line in after.lines if line.state == "dropped"} >= set(before.proposal.steps)
    room = {line.step.id: line.minutes for line in before.lines}
    still = {line.step.id: line.minutes for line in after.lines if line.state in OPEN}
    assert still.items() <= room.items()


ROOMS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 30), st.integers(1, 30), st.booleans()).map(
        lambda r: Room(r[0], max(r[1], r[2]), min(r[1], r[2]), r[3])
    ),
    max_size=12,
)


@given(ROOMS, st.integers(0, 60), st.integers(0, 300))
def test_boxes_are_laid_in_order_within_the_limit_where_that_can_be(
    rooms: list[Room], cursor: int, limit: int
) -> None:
    laid = fit(rooms, cursor, limit)
    end = cursor
    for room, start, length in zip(rooms, laid.starts, laid.lengths, strict=True):
        assert start >= end
        assert length == 0 or room.least <= length <= room.full
        assert length == 0 or start >= room.earliest
        end = start + length
    musts = [room for room in rooms if room.must]
    least = fit([Room(r.earliest, r.least, r.least) for r in musts], cursor, None).end
    assert laid.end <= max(limit, least)
    assert not any(rooms[i].must for i in laid.left_out)


@given(ROOMS, st.integers(0, 60), st.integers(0, 300))
def test_time_that_is_there_is_used_before_a_box_is_shrunk(
    rooms: list[Room], cursor: int, limit: int
) -> None:
    rooms = [Room(0, room.full, room.least) for room in rooms]
    laid = fit(rooms, cursor, limit)
    if laid.end < limit:
        assert [room.full for room in rooms] == list(laid.lengths)
