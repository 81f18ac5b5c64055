"""The timetables of a shop run by one person: shorter steps, and self-checks instead of meetings."""

# One step per line, so that the day reads like a timetable.
# ruff: noqa: E501
# fmt: off

from datetime import time

from core.language.wording import N_
from routines.plan import questions as ask
from routines.plan.step import Block, Step

WEEKDAY: tuple[Block | Step, ...] = (
    Block("analysis", N_("Morning: shop analysis"), ends=time(10, 15), hard=True),
    Step("target", time(9, 0), 8, N_("Target"), ask.TARGET, "target.reached", ("odd_day", "market", "special_day"), least=4, catch_up=3),
    Step("stock", time(9, 8), 6, N_("Stock"), ask.STOCK, "stock.cover", ("odd_day",), least=3),
    Step("drivers", time(9, 14), 8, N_("Shop analysis"), ask.DRIVERS, "drivers.gap", least=3, catch_up=3),
    Step("page", time(9, 22), 5, N_("Page check"), ask.PAGE, "page.health", least=3, must=False, repeat="weekly:MO"),
    Step("rivals", time(9, 22), 10, N_("Rivals"), ask.RIVALS, "rivals.moves", ("rival", "rival_hero"), least=3, must=False),
    Step("reviews", time(9, 32), 6, N_("Copies and bad reviews"), ask.REVIEWS, "reviews.cases", ("copy", "review_case"), least=3, must=False),
    Step("paid", time(9, 38), 12, N_("Paid promotion"), ask.PAID, "paid.words", ("site_plan",), least=4, screen="board"),
    Step("campaigns", time(9, 50), 5, N_("Campaigns"), ask.CAMPAIGNS, "campaigns.progress", ("campaign", "campaign_result", "special_day"), least=3, must=False),
    Step("checks", time(9, 55), 6, N_("Checks"), ask.CHECKS, "checks.due", ("check", "offer_stack", "score", "violation", "tax_quarter"), least=3, catch_up=2),
    Step("standup", time(10, 1), 6, N_(
        "Self-check: what to do today"), ask.ALONE_MORNING, "standup.agenda", ("ad_budget",), least=3, screen="meeting", help=N_("Five minutes instead of a meeting: what you promised, and what gets done today.")),

    Block("doing", N_("Morning: hands-on"), ends=time(12, 0), hard=True),
    Step("hands_on", time(10, 15), 60, N_("Hands-on"), ask.HANDS_ON, "hands_on.decisions", least=20, screen="todo", help=N_("The morning's decisions are carried out now; nothing is left until after 12:00.")),

    Block("team", N_("Afternoon"), ends=time(18, 0)),
    Step("breakdown", time(14, 0), 5, N_("Break down the problems"), ask.BREAKDOWN, "breakdown.owners", least=3, help=N_("Each problem of the morning becomes a task for one role, with a figure and a due day. "
        "Alone in the shop? Take the roles in turn.")),
    Step("promotion", time(14, 5), 15, N_("Promotion"), ask.PROMOTION, "promotion.traffic", ("promotion_plan", "taoke"), least=5),
    Step("design", time(14, 20), 15, N_("Design"), ask.DESIGN, "design.pictures", ("picture_test", "new_item", "shop_watched", "picture_change", "brief"), least=5),
    Step("content", time(14, 35), 15, N_("Content"), ask.CONTENT, "content.posts_today", ("post",), least=5, must=False),
    Step("service", time(14, 50), 10, N_("Service"), ask.SERVICE, "service.team", ("buyer_idea", "agent_members"), least=4),
    Step("members", time(15, 0), 10, N_("Returning customers"), ask.MEMBERS, "members.returning_buyers", ("wake_up",), least=4, must=False, help=N_("A new buyer costs about six times as much as a returning one.")),
    Step("optimise", time(15, 10), 20, N_("Items and titles"), ask.OPTIMISE, "optimise.titles", ("brief", "listing_change"), least=8, must=False, help=N_("A title holds 60 bytes: 30 Chinese characters. Add words people search for, remove words "
        "nobody uses.")),
    Step("notices", time(15, 30), 6, N_("Campaign notices"), ask.NOTICES, "notices.deadlines", ("notice",), least=3, must=False, help=N_("Check the category groups and the platform's notices.")),
    Step("month_plan", time(15, 36), 20, N_("Marketing plan of the month"), ask.MONTH_PLAN, "month_plan.plan", ("month_target", "special_day", "campaign", "campaign_result"), least=10, repeat="monthly:1"),
    Step("wrapup", time(17, 30), 5, N_("Self-check: what is still to do"), ask.ALONE_EVENING, "wrapup.evening", least=3),

    Block("evening", N_("Evening: check again and sum up"), ends=time(22, 0)),
    Step("evening_ads", time(20, 0), 8, N_("Ads tonight"), ask.EVENING_ADS, "evening_ads.tonight", ("day_now", "duty"), least=4, help=N_("Operators of large shops have gone home: now small shops can catch up.")),
    Step("order_gap", time(21, 0), 6, N_("Orders not paid"), ask.ORDER_GAP, "order_gap.gap", ("day_now", "rival_now"), least=4, help=N_("Only legal means. Fake orders break the law and the platform's rules; they are neither "
        "planned nor counted here.")),
    Step("live", time(21, 6), 8, N_("Live streams"), ask.LIVE, "live.watched", ("live",), least=4, must=False, help=N_("A fixed number of live streams of the category each day: who, which offer, which method, "
        "what to borrow.")),
    Step("communities", time(21, 14), 5, N_("Other shops' chat groups"), ask.COMMUNITIES, "communities.visited", ("community",), least=3, must=False, repeat="weekly:WE", help=N_("A fixed number of other shops' customer groups each day: see how they keep their customers.")),
    Step("network", time(21, 19), 5, N_("Peers"), ask.NETWORK, "network.contacts", ("contact",), least=2, must=False, repeat="weekly:FR", help=N_("One talk with a peer in another category, and what was learnt.")),
    Step("summary", time(21, 24), 8, N_("Daily report"), ask.SUMMARY, "summary.day", least=4, screen="report", help=N_("The report is already written from the journal; read, correct and hand it in.")),
)
WEEKEND: tuple[Block | Step, ...] = (
    Block("analysis", N_("Morning: shop analysis"), ends=time(11, 0), hard=True),
    Step("target", time(10, 0), 6, N_("Target"), ask.TARGET, "target.reached", ("odd_day", "market", "special_day"), least=4, catch_up=3),
    Step("stock", time(10, 6), 5, N_("Stock"), ask.STOCK, "stock.cover", ("odd_day",), least=3),
    Step("drivers", time(10, 11), 6, N_("Shop analysis"), ask.DRIVERS, "drivers.gap", least=3, catch_up=3),
    Step("reviews", time(10, 17), 5, N_("Copies and bad reviews"), ask.REVIEWS, "reviews.cases", ("copy", "review_case"), least=3, must=False),
    Step("paid", time(10, 22), 10, N_("Paid promotion"), ask.PAID, "paid.words", ("site_plan",), least=4, screen="board"),
    Step("checks", time(10, 32), 4, N_("Checks"), ask.CHECKS, "checks.due", ("check", "offer_stack", "score", "violation", "tax_quarter"), least=2, must=False, catch_up=2),

    Block("doing", N_("Morning: hands-on"), ends=time(12, 0), hard=True),
    Step("hands_on", time(11, 0), 25, N_("Hands-on"), ask.HANDS_ON, "hands_on.decisions", least=10, screen="todo", help=N_("The morning's decisions are carried out now; nothing is left until after 12:00.")),

    Block("team", N_("Afternoon"), ends=time(18, 0)),
    Step("rivals", time(15, 0), 5, N_("Rivals"), ask.RIVALS, "rivals.moves", ("rival", "rival_hero"), least=3, must=False),
    Step("campaigns", time(15, 5), 5, N_("Campaigns"), ask.CAMPAIGNS, "campaigns.progress", ("campaign", "campaign_result", "special_day"), least=3, must=False),
    Step("month_plan", time(15, 10), 20, N_("Marketing plan of the month"), ask.MONTH_PLAN, "month_plan.plan", ("month_target", "special_day", "campaign", "campaign_result"), least=10, repeat="monthly:1"),

    Block("evening", N_("Evening: check again and sum up"), ends=time(22, 0)),
    Step("evening_ads", time(20, 0), 8, N_("Ads tonight"), ask.EVENING_ADS, "evening_ads.tonight", ("day_now", "duty"), least=4, help=N_("Operators of large shops have gone home: now small shops can catch up.")),
    Step("order_gap", time(21, 0), 5, N_("Orders not paid"), ask.ORDER_GAP, "order_gap.gap", ("day_now", "rival_now"), least=3, must=False, help=N_("Only legal means. Fake orders break the law and the platform's rules; they are neither "
        "planned nor counted here.")),
    Step("summary", time(21, 5), 6, N_("Daily report"), ask.SUMMARY, "summary.day", least=4, screen="report", help=N_("The report is already written from the journal; read, correct and hand it in.")),
)
RUSH: tuple[Block | Step, ...] = (
    Block("analysis", N_("Morning: a quick look at the figures"), ends=time(9, 30), hard=True),
    Step("target", time(8, 30), 6, N_("Target"), ask.TARGET, "target.reached", ("odd_day", "market", "special_day"), least=4, catch_up=3),
    Step("stock", time(8, 36), 6, N_("Stock"), ask.STOCK, "stock.cover", ("odd_day",), least=4, catch_up=3),
    Step("drivers", time(8, 42), 5, N_("Shop analysis"), ask.DRIVERS, "drivers.gap", least=3, must=False),
    Step("paid", time(8, 47), 10, N_("Paid promotion"), ask.PAID, "paid.words", ("site_plan",), least=5, screen="board"),
    Step("campaigns", time(8, 57), 4, N_("Campaigns"), ask.CAMPAIGNS, "campaigns.progress", ("campaign", "campaign_result", "special_day"), least=3),
    Step("checks", time(9, 1), 4, N_("Checks"), ask.CHECKS, "checks.due", ("check", "offer_stack", "score", "violation", "tax_quarter"), least=3, catch_up=2),
    Step("standup", time(9, 5), 5, N_(
        "Self-check: what to do today"), ask.ALONE_MORNING, "standup.agenda", ("ad_budget",), least=3, screen="meeting", help=N_("Five minutes instead of a meeting: what you promised, and what gets done today.")),

    Block("doing", N_("Morning: hands-on"), ends=time(12, 0), hard=True),
    Step("hands_on", time(9, 30), 75, N_("Hands-on"), ask.HANDS_ON, "hands_on.decisions", least=30, screen="todo", help=N_("The morning's decisions are carried out now; nothing is left until after 12:00.")),
    Step("rivals", time(10, 45), 8, N_("Rivals"), ask.RIVALS, "rivals.moves", ("rival", "rival_hero"), least=4, must=False),
    Step("peak_watch", time(10, 53), 10, N_("Hour by hour"), ask.PEAK_WATCH, "peak_watch.hours_so_far", least=5),

    Block("team", N_("Afternoon: watch the campaign hour by hour"), ends=time(18, 0)),
    Step("service", time(15, 0), 10, N_("Service"), ask.SERVICE, "service.team", ("buyer_idea", "agent_members"), least=5),
    Step("peak_watch_15", time(15, 30), 5, N_("Hour by hour"), ask.PEAK_WATCH[:2], "peak_watch.hours_so_far", least=3),
    Step("wrapup", time(17, 30), 5, N_("Self-check: what is still to do"), ask.ALONE_EVENING, "wrapup.evening", least=3),

    Block("evening", N_("Evening: the last hours"), ends=time(23, 59)),
    Step("peak_watch_19", time(19, 0), 5, N_("Hour by hour"), ask.PEAK_WATCH[:2], "peak_watch.hours_so_far", least=3),
    Step("evening_ads", time(20, 0), 12, N_("Ads tonight"), ask.EVENING_ADS, "evening_ads.tonight", ("day_now", "duty"), least=6),
    Step("order_gap", time(21, 0), 8, N_("Orders not paid"), ask.ORDER_GAP, "order_gap.gap", ("day_now", "rival_now"), least=4),
    Step("summary", time(23, 0), 10, N_("Daily report"), ask.SUMMARY, "summary.day", least=5, screen="report", help=N_("The report is already written from the journal; read, correct and hand it in.")),
)
