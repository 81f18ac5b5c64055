"""The forms and their fields as journals of years hold them: what was once recorded stays readable."""

from __future__ import annotations

from dataclasses import MISSING, fields

from routines.forms.form import Form
from routines.forms.forms import FORMS

RECORDED = """
rival: A look at a rival
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
copy: A listing that copies ours
    item! (item)
    shop! (text)
    title (text)
    price (money)
    stolen_pictures (yesno)
    state (choice): one of found, complained, removed, rejected, left; else found
    link (text)
review_case: A bad review being solved
    item! (item)
    theme (text)
    text (long)
    state (choice): one of open, contacted, solved, replied; else open
    remedy (text)
campaign: A campaign
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
check: A daily check
    name! (open): one of ads_balance, tools, after_sales, inbox
    passed (yesno)
    value (number)
    expires (date)
    note (text)
spot_check: A spot check
    person! (person)
    questions! (count)
    right! (count)
    wrong (long)
promotion_plan: What promotion proposes
    channel! (text)
    item (item)
    budget (money)
    visitors (count)
    reason (long)
    state (choice): one of proposed, agreed, declined; else proposed
picture_test: A picture test
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
new_item: A new item
    item! (item)
    pictures (date)
    page (date)
    listed (date)
    state (choice): one of planned, pictures, page, listed, dropped; else planned
    conversion (number)
    note (text)
shop_watched: A shop watched
    shop! (shop)
    changed (long)
    good (long)
    borrow (long)
    item (item)
picture_change: A changed main picture
    item! (item)
    what (text)
    on (date)
    says (text)
    told (yesno)
post: A post
    channel! (text)
    title! (text)
    item (item)
    on (date)
    state (choice): one of planned, posted, dropped; else planned
    reads (count)
    visitors (count)
    orders (count)
wake_up: A group written to
    group! (text)
    channel (text)
    offer (text)
    on (date)
    sent (count)
    held (count)
    back (count)
    held_back (count)
    cost (money)
notice: A campaign notice
    campaign! (text)
    where (text)
    deadline (date)
    how (long)
    concerns (yesno)
    state (choice): one of new, preparing, applied, passed over; else new
    prepares (text)
taoke: A taoke promoter
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
buyer_idea: What a buyer said
    kind (choice): one of complaint, wish, question, praise; else complaint
    text! (long)
    theme (text)
    item (item)
    buyers (count)
    agent (text)
day_now: Today so far
    at (text)
    orders (count)
    gmv (money)
    unpaid (count)
    spent (money)
    clicks (count)
    ad_orders (count)
    ad_gmv (money)
rival_now: A rival tonight
    rival! (rival)
    orders (orders)
    price (band)
    listings (count)
    note (long)
shift: An agent's shift
    agent! (text)
    inquiries (count)
    converted (count)
    shift (choice): one of evening, day; else evening
    hours (number)
    note (long)
live: A live stream watched
    shop! (shop)
    anchor (text)
    mechanism (choice): one of flash, coupon, gift, draw, bundle, deposit, trial, other
    offer (text)
    viewers (seen)
    borrow (long)
    note (long)
community: A customer group visited
    shop! (shop)
    group (text)
    mechanism (choice): one of coupon, draw, checkin, preview, feedback, member, content, other
    offer (text)
    members (seen)
    borrow (long)
    note (long)
contact: A talk with a peer
    name! (text)
    category (text)
    learnt (long)
    borrow (long)
    give_back (long)
month_target: A month's target
    month! (date)
    target! (money)
    reason (long)
special_day: A day unlike its weekday
    note! (text)
    start! (date)
    end (date)
    multiplier (number)
    kind (choice): one of platform, own, launch, festival, work, closed; else platform
campaign_result: What a campaign came to
    name! (text)
    uplift (money)
    profit (money)
    discount_cost (money)
    fees (money)
    again (yesno)
    lesson (long)
rival_hero: A rival's hero item
    rival! (rival)
    item! (text)
    price (band)
    sold (seen)
    reviews (count)
    picture (text)
    description (text)
    note (long)
"""
"""A form, then a line a field: its name (! where it must be filled in), its kind, its choices, what stands for
an empty one."""


def declared(form: Form) -> list[str]:
    """Return a line a field."""
    defaults = {one.name: one.default for one in fields(form.record)}
    lines = []
    for field in form.fields:
        more = [f"one of {', '.join(name for name, _ in field.choices)}"] if field.choices else []
        if not field.required and defaults[field.name] not in (None, "", MISSING):
            more.append(f"else {defaults[field.name]}")
        need = "!" if field.required else ""
        lines.append(f"    {field.name}{need} ({field.kind}){': ' if more else ''}{'; '.join(more)}")
    return lines


def test_every_field_that_was_ever_recorded_is_there_as_it_was() -> None:
    form, gone = "", []
    for line in RECORDED.strip("\n").splitlines():
        if not line.startswith(" "):
            form, _, title = line.partition(": ")
            assert FORMS[form].title == title
        elif line not in declared(FORMS[form]):
            gone.append((form, line.strip()))
    assert form, "a form or field that is new need not be written here"
    assert gone == []
