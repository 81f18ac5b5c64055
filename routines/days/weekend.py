"""The timetable of a weekend or holiday: one person watches the shop; no meetings, no other roles' steps."""

# One step per line, so that the day reads like a timetable.
# ruff: noqa: E501
# fmt: off

from datetime import time

from core.language.wording import N_
from routines.plan import questions as ask
from routines.plan.step import Block, Step

DAY: tuple[Block | Step, ...] = (
    Block("analysis", N_("Morning: shop analysis"), ends=time(11, 0), hard=True),
    Step("target", time(9, 30), 15, N_("Target"), ask.TARGET, "target.reached", ("odd_day", "market", "special_day"), least=4, catch_up=3),
    Step("stock", time(9, 45), 10, N_("Stock"), ask.STOCK, "stock.cover", ("odd_day",), least=3),
    Step("drivers", time(9, 55), 15, N_("Shop analysis"), ask.DRIVERS, "drivers.gap", least=4, catch_up=3),
    Step("rivals", time(10, 10), 10, N_("Rivals"), ask.RIVALS, "rivals.moves", ("rival", "rival_hero"), least=4, must=False),
    Step("reviews", time(10, 20), 10, N_("Copies and bad reviews"), ask.REVIEWS, "reviews.cases", ("copy", "review_case"), least=3, must=False),
    Step("paid", time(10, 30), 20, N_("Paid promotion"), ask.PAID, "paid.words", ("site_plan",), least=4, screen="board"),
    Step("checks", time(10, 50), 5, N_("Checks"), ask.CHECKS, "checks.due", ("check", "offer_stack", "score", "violation", "tax_quarter"), least=3, must=False, catch_up=2),

    Block("doing", N_("Morning: hands-on"), ends=time(12, 0), hard=True),
    Step("hands_on", time(11, 0), 45, N_("Hands-on"), ask.HANDS_ON, "hands_on.decisions", least=15, screen="todo", help=N_("The morning's decisions are carried out now; nothing is left until after 12:00.")),

    Block("team", N_("Afternoon"), ends=time(18, 0)),
    Step("campaigns", time(15, 0), 10, N_("Campaigns"), ask.CAMPAIGNS, "campaigns.progress", ("campaign", "campaign_result", "special_day"), least=3, must=False),
    Step("month_plan", time(15, 10), 30, N_("Marketing plan of the month"), ask.MONTH_PLAN, "month_plan.plan", ("month_target", "special_day", "campaign", "campaign_result"), least=15, repeat="monthly:1"),

    Block("evening", N_("Evening: check again and sum up"), ends=time(22, 0)),
    Step("evening_ads", time(20, 0), 15, N_("Ads tonight"), ask.EVENING_ADS, "evening_ads.tonight", ("day_now", "duty"), least=5, help=N_("Operators of large shops have gone home: now small shops can catch up.")),
    Step("order_gap", time(21, 0), 10, N_("Orders not paid"), ask.ORDER_GAP, "order_gap.gap", ("day_now", "rival_now"), least=4, must=False, help=N_("Only legal means. Fake orders break the law and the platform's rules; they are neither "
        "planned nor counted here.")),
    Step("evening_service", time(21, 10), 10, N_("Service tonight"), ask.EVENING_SERVICE, "evening_service.tonight", ("shift",), least=4, must=False),
    Step("live", time(21, 20), 15, N_("Live streams"), ask.LIVE, "live.watched", ("live",), least=5, must=False, help=N_("A fixed number of live streams of the category each day: who, which offer, which method, "
        "what to borrow.")),
    Step("summary", time(21, 45), 10, N_("Daily report"), ask.SUMMARY, "summary.day", least=4, screen="report", help=N_("The report is already written from the journal; read, correct and hand it in.")),
)
