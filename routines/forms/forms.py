"""What is recorded by hand: one form per kind of record, its fields asked in this order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from core.language.wording import N_, say
from core.records.records import CampaignEntry, Check, ListingCopy, ReviewCase, RivalSeen, SpotCheck
from routines.forms.evening import EVENING_FORMS
from routines.forms.form import Field, Form, Offers
from routines.forms.month import MONTH_FORMS
from routines.forms.rivals import RIVAL_FORMS
from routines.forms.team import TEAM_FORMS

if TYPE_CHECKING:
    from core.reports.day_report import FormWords

RIVAL = Form(
    "rival",
    N_("A look at a rival"),
    RivalSeen,
    (
        Field("rival", N_("Rival"), "rival", required=True),
        Field("new_listings", N_("New listings since last time"), "count"),
        Field("season_items", N_("Season items live for a week or longer"), "count"),
        Field("season_sells", N_("Do their season items sell?"), "yesno"),
        Field("price", N_("Price band"), "band", hint=N_("as seen: 129-199")),
        Field("sold", N_("Displayed sales"), "seen", hint=N_("as seen: 300, 2000+, 1万+")),
        Field("reviews", N_("Number of reviews"), "count"),
        Field(
            "bad_reviews",
            N_("What their bad reviews complain about"),
            "long",
            hint=N_("our selling point starts here"),
        ),
        Field("keyword", N_("Keyword searched")),
        Field("rank", N_("Their ad rank for it"), "count", hint=N_("empty = not within the pages looked at")),
        Field("search_conversion", N_("Search conversion, as a tool shows it")),
        Field("changes", N_("Decoration, picture, description and price changes"), "long"),
        Field("off_site", N_("Off-site: WeChat, Weibo, Douyin, Xiaohongshu, influencers"), "long"),
        Field("note", N_("What else was noticed"), "long"),
    ),
)

COPY = Form(
    "copy",
    N_("A listing that copies ours"),
    ListingCopy,
    (
        Field("item", N_("Our item"), "item", required=True),
        Field("shop", N_("Their shop"), required=True),
        Field("title", N_("Their title")),
        Field("price", N_("Their price"), "money"),
        Field("stolen_pictures", N_("Are our pictures stolen?"), "yesno"),
        Field(
            "state",
            N_("State"),
            "choice",
            (
                ("found", N_("found")),
                ("complained", N_("complained")),
                ("removed", N_("removed")),
                ("rejected", N_("complaint rejected")),
                ("left", N_("left alone")),
            ),
        ),
        Field("link", N_("Link")),
    ),
)

REVIEW_CASE = Form(
    "review_case",
    N_("A bad review being solved"),
    ReviewCase,
    (
        Field("item", N_("Our item"), "item", required=True),
        Field("theme", N_("What it is about"), hint=N_("size, colour, quality, delivery, service …")),
        Field("text", N_("What the buyer wrote"), "long"),
        Field(
            "state",
            N_("State"),
            "choice",
            (
                ("open", N_("open")),
                ("contacted", N_("buyer contacted")),
                ("solved", N_("solved")),
                ("replied", N_("replied in public")),
            ),
        ),
        Field("remedy", N_("What we offer, and what we change")),
    ),
)

CAMPAIGN = Form(
    "campaign",
    N_("A campaign"),
    CampaignEntry,
    (
        Field("name", N_("Name"), required=True),
        Field("kind", N_("Whose"), "choice", (("platform", N_("the platform's")), ("own", N_("our own")))),
        Field(
            "state",
            N_("State"),
            "choice",
            (
                ("planned", N_("planned")),
                ("applied", N_("applied for")),
                ("accepted", N_("accepted")),
                ("rejected", N_("rejected")),
                ("running", N_("running")),
                ("over", N_("over")),
            ),
        ),
        Field("deadline", N_("Apply or hand in by"), "date"),
        Field("start", N_("First day"), "date"),
        Field("end", N_("Last day"), "date"),
        Field(
            "materials",
            N_("Materials still missing"),
            hint=N_("main picture, banner, lock-in price, stock …"),
        ),
        Field("told", N_("Who has been told, over which channel"), hint=N_("旺旺, WeChat, QQ, mail, SMS")),
        Field("discount", N_("Offer"), hint=N_("first three days 20 % off, then full price")),
        Field("items", N_("Items on offer"), hint=N_("names or numbers; empty = all")),
    ),
)

CHECK = Form(
    "check",
    N_("A daily check"),
    Check,
    (
        Field(
            "name",
            N_("What was checked"),
            "open",
            (
                ("ads_balance", N_("Ad balance")),
                ("tools", N_("Tools and subscriptions")),
                ("after_sales", N_("After-sales")),
                ("inbox", N_("Inbox and platform messages")),
            ),
            required=True,
        ),
        Field("passed", N_("All right?"), "yesno"),
        Field("value", N_("Figure"), "money", hint=N_("balance left, open cases …")),
        Field("expires", N_("Runs out on"), "date"),
        Field("note", N_("Note")),
    ),
)

SPOT_CHECK = Form(
    "spot_check",
    N_("A spot check"),
    SpotCheck,
    (
        Field("person", N_("Who was asked"), "person", required=True),
        Field("questions", N_("Questions"), "count", required=True),
        Field("right", N_("Right"), "count", required=True),
        Field("wrong", N_("What was not right"), "long"),
    ),
)
"""Filled by its own screen; no step asks for it."""

FORMS: Final[dict[str, Form]] = {
    form.id: form
    for form in (
        RIVAL,
        COPY,
        REVIEW_CASE,
        CAMPAIGN,
        CHECK,
        SPOT_CHECK,
        *TEAM_FORMS,
        *EVENING_FORMS,
        *MONTH_FORMS,
        *RIVAL_FORMS,
    )
}
"""Every form by its id."""


def form_words(offers: Offers) -> dict[str, FormWords]:
    """Return what each form and its fields are called and how values read, in the reader's language."""
    from core.reports.day_report import FormWords

    return {
        form.id: FormWords(
            say(form.title),
            {field.name: say(field.label) for field in form.fields},
            {field.name: partial(field.shown, offers=offers) for field in form.fields},
        )
        for form in FORMS.values()
    }
