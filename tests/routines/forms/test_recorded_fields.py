"""The forms and their fields as journals of years hold them: what was once recorded stays readable."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields

from routines.forms.form import Form
from routines.forms.forms import FORMS

RECORDED = """
rival
    rival! (rival)
    new_listings (count)
    season_items (count)
    season_sells (yesno)
    price (band)
    sold (seen)
    reviews (count)
    bad_reviews (long)
    keyword (text)
    rank (count)
    search_conversion (text)
    changes (long)
    off_site (long)
    note (long)
copy
    item! (item)
    shop! (text)
    title (text)
    price (money)
    stolen_pictures (yesno)
    state (choice): one of found, complained, removed, rejected, left; else found
    link (text)
review_case
    item! (item)
    theme (text)
    text (long)
    state (choice): one of open, contacted, solved, replied; else open
    remedy (text)
campaign
    name! (text)
    kind (choice): one of platform, own; else platform
    state (choice): one of planned, applied, accepted, rejected, running, over; else planned
    deadline (date)
    start (date)
    end (date)
    materials (text)
    told (text)
    discount (text)
    items (text)
check
    name! (open): one of ads_balance, tools, after_sales, inbox
    passed (yesno)
    value (number)
    expires (date)
    note (text)
spot_check
    person! (person)
    questions! (count)
    right! (count)
    wrong (long)
promotion_plan
    channel! (text)
    item (item)
    budget (money)
    visitors (count)
    reason (long)
    state (choice): one of proposed, agreed, declined; else proposed
picture_test
    item! (item)
    what (text)
    start (date)
    goal_lift (number)
    sample (count)
    old_impressions (count)
    old_clicks (count)
    new_impressions (count)
    new_clicks (count)
    state (choice): one of planned, running, over; else running
new_item
    item! (item)
    pictures (date)
    page (date)
    listed (date)
    state (choice): one of planned, pictures, page, listed, dropped; else planned
    conversion (number)
    note (text)
shop_watched
    shop! (shop)
    changed (long)
    good (long)
    borrow (long)
    item (item)
picture_change
    item! (item)
    what (text)
    on (date)
    says (text)
    told (yesno)
post
    channel! (text)
    title! (text)
    item (item)
    on (date)
    state (choice): one of planned, posted, dropped; else planned
    reads (count)
    visitors (count)
    orders (count)
wake_up
    group! (text)
    channel (text)
    offer (text)
    on (date)
    sent (count)
    held (count)
    back (count)
    held_back (count)
    cost (money)
notice
    campaign! (text)
    where (text)
    deadline (date)
    how (long)
    concerns (yesno)
    state (choice): one of new, preparing, applied, passed over; else new
    prepares (text)
taoke
    name! (text)
    channel (text)
    contact (text)
    item (item)
    commission (number)
    state (choice): one of running, talking, paused, ended; else running
    on (date)
    visitors (count)
    buyers (count)
    gmv (money)
    fee (money)
    note (long)
buyer_idea
    kind (choice): one of complaint, wish, question, praise; else complaint
    text! (long)
    theme (text)
    item (item)
    buyers (count)
    agent (text)
day_now
    at (text)
    orders (count)
    gmv (money)
    unpaid (count)
    spent (money)
    clicks (count)
    ad_orders (count)
    ad_gmv (money)
rival_now
    rival! (rival)
    orders (orders)
    price (band)
    listings (count)
    note (long)
shift
    agent! (text)
    inquiries (count)
    converted (count)
    shift (choice): one of evening, day; else evening
    hours (number)
    note (long)
live
    shop! (shop)
    anchor (text)
    mechanism (choice): one of flash, coupon, gift, draw, bundle, deposit, trial, other
    offer (text)
    viewers (seen)
    borrow (long)
    note (long)
community
    shop! (shop)
    group (text)
    mechanism (choice): one of coupon, draw, checkin, preview, feedback, member, content, other
    offer (text)
    members (seen)
    borrow (long)
    note (long)
contact
    name! (text)
    category (text)
    learnt (long)
    borrow (long)
    give_back (long)
month_target
    month! (date)
    target! (money)
    reason (long)
special_day
    note! (text)
    start! (date)
    end (date)
    multiplier (number)
    kind (choice): one of platform, own, launch, festival, work, closed; else platform
campaign_result
    name! (text)
    uplift (money)
    profit (money)
    discount_cost (money)
    fees (money)
    again (yesno)
    lesson (long)
rival_hero
    rival! (rival)
    item! (text)
    price (band)
    sold (seen)
    reviews (count)
    picture (text)
    description (text)
    note (long)
"""
"""A form, then a line a field: name (! where it must be filled in), kind, choices, what empty means."""


LINE = re.compile(r"    (\w+)(!?) \((\w+)\)(?:: one of ([\w, ]+))?(?:[;:]? ?else (.+))?")


def is_as_it_was(form: Form, line: str) -> bool:
    """Tell whether the form has the field, of this kind, and all these choices; it may have more."""
    found = LINE.fullmatch(line)
    assert found, line
    name, need, kind, choices, empty = found.groups()
    field = next((one for one in form.fields if one.name == name), None)
    default = next((one.default for one in fields(form.record) if one.name == name), None)
    return (
        field is not None
        and (field.required, field.kind) == (need == "!", kind)
        and set((choices or "").split(", ")) - {""} <= {choice for choice, _ in field.choices}
        and (default in (None, "", MISSING) if empty is None else str(default) == empty)
    )


def test_every_field_that_was_ever_recorded_is_there_as_it_was() -> None:
    form, gone = "", []
    for line in RECORDED.strip("\n").splitlines():
        if not line.startswith(" "):
            form = line
        elif not is_as_it_was(FORMS[form], line):
            gone.append((form, line.strip()))
    assert form, "a form, field or choice that is new need not be written here"
    assert gone == []
