"""Which key does what, screen by screen: people have it in their fingers, so it stays."""

from __future__ import annotations

from tui.keymap import keys, past_keys
from tui.keymap.keys import Key

KEYS = """
keys.EVERYWHERE
    question_mark,f1: help [?]
    ctrl+p,colon: palette [^P] not in the bar
    ctrl+q: quit [^Q] not in the bar
keys.LEAVE
    escape,q: back [Esc]
keys.TODAY
    enter: open [Enter]
    d: finish [d]
    s: skip [s]
    plus,equals_sign: extend [+]
    p: accept [p]
    u: restore [u]
    full_stop: now [.] not in the bar
    a: actions [a]
    i: imports [i]
    r: report [r]
    t: tables [t] not in the bar
    o: first_run [o] not in the bar
    e: settings [e] not in the bar
    c: review [c]
    h: handover [h] not in the bar
    f: find [f]
    k: promises [k] not in the bar
    l: thin [l] not in the bar
    x: spot_check [x] not in the bar
    q: quit [q] not in the bar
keys.STEP
    n,right_square_bracket: next [n]
    d: finish [d]
    o: screen [o]
    enter: quick [Enter]
    m: more [m]
    a: act [a]
    r: reply [r]
    w: note [w]
    e: edit [e] not in the bar
    f: form [f]
    b: begin [b] not in the bar
    s: skip [s]
    plus,equals_sign: extend [+]
    g: again [g] not in the bar
    i: imports [i] not in the bar
    t: table [t]
    p,left_square_bracket: previous [p] not in the bar
keys.WRITE
    ctrl+s: save [^S]
    escape: close [Esc]
keys.KEYWORD_BOARD
    k: keep [k]
    r: raise [r]
    l: lower [l]
    x: delete [x]
    o: observe [o]
    plus,equals_sign: add [+]
    space: proposed [Space]
    u: undo [u]
    t: table [t]
    n: open_next [n] not in the bar
    d: finish [d]
keys.MEETING
    space: tick [Space]
    a: act [a]
    w: note [w]
    d: finish [d]
keys.HANDS_ON_LIST
    space: tick [Space]
    x: not_done [x]
    d: finish [d]
keys.REPORT
    ctrl+s: save [^S]
    e: edit [e]
    d: finish [d]
    c: copy [c]
    x: export [x]
    p: post [p]
    t: tables [t] not in the bar
    b: build [b]
keys.TABLES
    enter: xlsx [Enter]
    c: csv [c]
    m: markdown [m]
    b: by [b]
    r: range [r]
    e: dates [e]
keys.IMPORTS
    enter: commit [Enter]
    g: again [g]
    u: undo [u]
keys.ACTIONS
    d: done [d]
    t: today [t]
    h: hand [h]
    x: drop [x]
    u: reopen [u] not in the bar
    v: view [v]
    n: new [n]
keys.FIND
    enter: open [Enter]
    slash,f: again [/]
keys.PROMISES
    g: fetch [g] not in the bar
keys.THIN_OUT
    m: weekly [m]
    x: leave_out [x]
    k: keep [k]
    u: undo [u]
keys.SPOT_CHECK
    enter: answer [Enter]
    space: overrule [Space]
    n: draw [n]
    ctrl+s: result [^S]
keys.FORM
    ctrl+s: save [^S]
    f2: sample [F2]
    escape: back [Esc]
keys.ROWS
    up: up [Up] not in the bar
    down: down [Down] not in the bar
    pageup: page_up [PgUp] not in the bar
    pagedown: page_down [PgDn] not in the bar
    home: first [home] not in the bar
    end: last [end] not in the bar
    left: left [Left] not in the bar
    right: right [Right] not in the bar
past_keys.REVIEW
    enter: open [Enter]
    left: day_before [Left] not in the bar
    right: day_after [Right] not in the bar
    up: week_before [Up] not in the bar
    down: week_after [Down] not in the bar
    pageup: back_far [PgUp] not in the bar
    pagedown: on_far [PgDn] not in the bar
    y: year [y]
    b: team [b]
    c: beside [c]
    o: take_up [o]
    full_stop: present [.]
past_keys.OTHER_DAYS
    left: day_before [Left]
    right: day_after [Right]
    less_than_sign,comma: week_before [<]
    greater_than_sign,full_stop: week_after [>]
    left_curly_bracket,left_square_bracket: back_far [{]
    right_curly_bracket,right_square_bracket: on_far [}]
past_keys.PAST_DAY
    c: beside [c]
    r: report [r]
    o: take_up [o]
    left: day_before [Left]
    right: day_after [Right]
    less_than_sign,comma: week_before [<]
    greater_than_sign,full_stop: week_after [>]
    left_curly_bracket,left_square_bracket: back_far [{]
    right_curly_bracket,right_square_bracket: on_far [}]
past_keys.COMPARE
    s: swap [s]
    left: day_before [Left]
    right: day_after [Right]
    less_than_sign,comma: week_before [<]
    greater_than_sign,full_stop: week_after [>]
    left_curly_bracket,left_square_bracket: back_far [{]
    right_curly_bracket,right_square_bracket: on_far [}]
past_keys.TEAM
    enter: open [Enter]
    left_curly_bracket,left_square_bracket: back_far [{]
    right_curly_bracket,right_square_bracket: on_far [}]
past_keys.HANDOVER
    space,enter: seen [Space]
    x: hand_back [x]
"""


def declared(place: str) -> set[str]:
    """Return a line a key of the group: what is pressed, what it does, how it is written on the screen."""
    module, _, name = place.partition(".")
    group: tuple[Key, ...] = getattr({"keys": keys, "past_keys": past_keys}[module], name)
    return {f"{key.press}: {key.does} [{key.face}]{'' if key.bar else ' not in the bar'}" for key in group}


def test_every_key_does_what_it_always_did() -> None:
    place, gone = "", []
    for line in KEYS.strip().splitlines():
        if not line.startswith(" "):
            place = line
        elif line.strip() not in declared(place):
            gone.append((place, line.strip()))
    assert place, "a key that is new need not be written here"
    assert gone == []
