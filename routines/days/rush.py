"""The timetable of a campaign's peak day (618, 双11 …): short analysis, early meeting, hourly monitoring."""

# One step per line, so that the day reads like a timetable.
# ruff: noqa: E501
# fmt: off

from datetime import time

from core.language.wording import N_
from routines.plan import questions as ask
from routines.plan.step import Block, Step

DAY: tuple[Block | Step, ...] = (
    Block("analysis", N_("Morning: a quick look at the figures"), ends=time(9, 30), hard=True),
    Step("target", time(8, 30), 10, N_("Target"), ask.TARGET, "target.reached", ("odd_day", "market", "special_day"), least=4, catch_up=3),
    Step("stock", time(8, 40), 10, N_("Stock"), ask.STOCK, "stock.cover", ("odd_day",), least=4, catch_up=3),
    Step("drivers", time(8, 50), 7, N_("Shop analysis"), ask.DRIVERS, "drivers.gap", least=3, must=False),
    Step("paid", time(8, 57), 12, N_("Paid promotion"), ask.PAID, "paid.words", ("site_plan",), least=5, screen="board"),
    Step("campaigns", time(9, 9), 5, N_("Campaigns"), ask.CAMPAIGNS, "campaigns.progress", ("campaign", "campaign_result", "special_day"), least=3),
    Step("checks", time(9, 14), 5, N_("Checks"), ask.CHECKS, "checks.due", ("check", "offer_stack", "score", "violation", "tax_quarter"), least=3, catch_up=2),
    Step("standup", time(9, 19), 11, N_("Stand-up"), ask.STANDUP, "standup.agenda", ("ad_budget",), least=5, screen="meeting"),

    Block("doing", N_("Morning: hands-on"), ends=time(12, 0), hard=True),
    Step("hands_on", time(9, 30), 105, N_("Hands-on"), ask.HANDS_ON, "hands_on.decisions", least=45, screen="todo", help=N_("The morning's decisions are carried out now; nothing is left until after 12:00.")),
    Step("rivals", time(11, 15), 15, N_("Rivals"), ask.RIVALS, "rivals.moves", ("rival", "rival_hero"), least=5, must=False),
    Step("peak_watch", time(11, 30), 15, N_("Hour by hour"), ask.PEAK_WATCH, "peak_watch.hours_so_far", least=5),

    Block("team", N_("Afternoon: watch the campaign hour by hour"), ends=time(18, 0)),
    Step("peak_watch_13", time(13, 30), 20, N_("Hour by hour"), ask.PEAK_WATCH, "peak_watch.hours_so_far", least=5),
    Step("peak_watch_14", time(14, 30), 5, N_("Hour by hour"), ask.PEAK_WATCH[:2], "peak_watch.hours_so_far", least=3, must=False),
    Step("service", time(15, 0), 30, N_("Service"), ask.SERVICE, "service.team", ("buyer_idea", "team_idea", "agent_members"), least=10),
    Step("peak_watch_15", time(15, 30), 5, N_("Hour by hour"), ask.PEAK_WATCH[:2], "peak_watch.hours_so_far", least=3, must=False),
    Step("reviews", time(16, 0), 10, N_("Copies and bad reviews"), ask.REVIEWS, "reviews.cases", ("copy", "review_case"), least=3, must=False),
    Step("month_plan", time(16, 10), 20, N_("Marketing plan of the month"), ask.MONTH_PLAN, "month_plan.plan", ("month_target", "special_day", "campaign", "campaign_result"), least=15, must=False, repeat="monthly:1"),
    Step("peak_watch_16", time(16, 30), 5, N_("Hour by hour"), ask.PEAK_WATCH[:2], "peak_watch.hours_so_far", least=3, must=False),
    Step("wrapup", time(17, 30), 15, N_("Wrap-up"), ask.WRAPUP, "wrapup.evening", least=5),

    Block("evening", N_("Evening: the last hours"), ends=time(23, 59)),
    Step("peak_watch_19", time(19, 0), 10, N_("Hour by hour"), ask.PEAK_WATCH, "peak_watch.hours_so_far", least=5),
    Step("evening_ads", time(20, 0), 20, N_("Ads tonight"), ask.EVENING_ADS, "evening_ads.tonight", ("day_now", "duty"), least=8),
    Step("order_gap", time(21, 0), 15, N_("Orders not paid"), ask.ORDER_GAP, "order_gap.gap", ("day_now", "rival_now"), least=5),
    Step("evening_service", time(21, 15), 15, N_("Service tonight"), ask.EVENING_SERVICE, "evening_service.tonight", ("shift",), least=5),
    Step("peak_watch_22", time(22, 0), 5, N_("Hour by hour"), ask.PEAK_WATCH[:2], "peak_watch.hours_so_far", least=3),
    Step("live", time(22, 5), 15, N_("Live streams"), ask.LIVE, "live.watched", ("live",), least=5, must=False),
    Step("summary", time(23, 0), 15, N_("Daily report"), ask.SUMMARY, "summary.day", least=5, screen="report", help=N_("The report is already written from the journal; read, correct and hand it in.")),
)
