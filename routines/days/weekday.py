"""The timetable of a working day, one step per line. The steps below a block belong to that block.

A step without an analysis asks questions and keeps notes. ``least``: its minimum minutes when the day is
behind; ``must=False``: it may be dropped when the day is behind; ``catch_up``: its minutes when somebody
starts too late; ``repeat``: the days it appears on, if not daily.
"""

# One step per line, so that the day reads like a timetable.
# ruff: noqa: E501
# fmt: off

from datetime import time

from core.language.wording import N_
from routines.plan import questions as ask
from routines.plan.step import Block, Step

DAY: tuple[Block | Step, ...] = (
    Block("analysis", N_("Morning: shop analysis"), ends=time(10, 30), hard=True),
    Step("target", time(8, 30), 15, N_("Target"), ask.TARGET, "target.reached", ("odd_day", "market", "special_day"), least=4, catch_up=3),
    Step("stock", time(8, 45), 10, N_("Stock"), ask.STOCK, "stock.cover", ("odd_day",), least=3),
    Step("drivers", time(8, 55), 15, N_("Shop analysis"), ask.DRIVERS, "drivers.gap", least=3, catch_up=3),
    Step("page", time(9, 10), 10, N_("Page check"), ask.PAGE, "page.health", least=4, must=False, repeat="weekly:MO"),
    Step("rivals", time(9, 10), 20, N_("Rivals"), ask.RIVALS, "rivals.moves", ("rival", "rival_hero"), least=3),
    Step("reviews", time(9, 30), 10, N_("Copies and bad reviews"), ask.REVIEWS, "reviews.cases", ("copy", "review_case"), least=3, must=False),
    Step("paid", time(9, 40), 20, N_("Paid promotion"), ask.PAID, "paid.words", ("site_plan",), least=4, screen="board"),
    Step("campaigns", time(10, 0), 8, N_("Campaigns"), ask.CAMPAIGNS, "campaigns.progress", ("campaign", "campaign_result", "special_day"), least=3, must=False),
    Step("checks", time(10, 8), 7, N_("Checks"), ask.CHECKS, "checks.due", ("check", "offer_stack", "score", "violation", "tax_quarter"), least=3, catch_up=2),
    Step("standup", time(10, 15), 15, N_("Stand-up"), ask.STANDUP, "standup.agenda", ("ad_budget",), least=5, screen="meeting", help=N_("Ends by 10:30. On Mondays it is the weekly meeting and starts with the figures of the past "
        "week.")),

    Block("doing", N_("Morning: hands-on"), ends=time(12, 0), hard=True),
    Step("hands_on", time(10, 30), 90, N_("Hands-on"), ask.HANDS_ON, "hands_on.decisions", least=30, screen="todo", help=N_("The morning's decisions are carried out now; nothing is left until after 12:00.")),

    Block("team", N_("Afternoon: the team"), ends=time(18, 0)),
    Step("breakdown", time(13, 30), 15, N_("Break down the problems"), ask.BREAKDOWN, "breakdown.owners", least=5, help=N_("Each problem of the morning becomes a task for one role, with a figure and a due day. "
        "Alone in the shop? Take the roles in turn.")),
    Step("promotion", time(13, 45), 30, N_("Promotion"), ask.PROMOTION, "promotion.traffic", ("promotion_plan", "taoke"), least=10, help=N_("Promotion is responsible for traffic, on and off the platform. Let the promotion team "
        "propose first.")),
    Step("design", time(14, 15), 30, N_("Design"), ask.DESIGN, "design.pictures", ("picture_test", "new_item", "shop_watched", "picture_change", "listing_change", "brief", "team_idea"), least=10, help=N_("Design is responsible for click rate and conversion. About ten rival shops are looked at "
        "each day.")),
    Step("content", time(14, 45), 20, N_("Content"), ask.CONTENT, "content.posts_today", ("post", "team_idea"), least=5, must=False, help=N_(
        "About three posts a day: what is planned, what is posted, and what it brings.")),
    Step("service", time(15, 5), 30, N_("Service"), ask.SERVICE, "service.team", ("buyer_idea", "team_idea", "agent_members"), least=10, help=N_("Conversion should be above the industry's mean. Those above the team share how they do it; "
        "those below say how to improve.")),
    Step("members", time(15, 35), 25, N_("Returning customers"), ask.MEMBERS, "members.returning_buyers", ("wake_up",), least=8, must=False, help=N_("A new buyer costs about six times as much as a returning one.")),
    Step("optimise", time(16, 0), 40, N_("Items and titles"), ask.OPTIMISE, "optimise.titles", ("brief", "listing_change"), least=15, must=False, help=N_("A title holds 60 bytes: 30 Chinese characters. Add words people search for, remove words "
        "nobody uses.")),
    Step("notices", time(16, 40), 15, N_("Campaign notices"), ask.NOTICES, "notices.deadlines", ("notice",), least=5, must=False, help=N_("Check the category groups and the platform's notices.")),
    Step("month_plan", time(16, 55), 30, N_("Marketing plan of the month"), ask.MONTH_PLAN, "month_plan.plan", ("month_target", "special_day", "campaign", "campaign_result"), least=15, repeat="monthly:1"),
    Step("wrapup", time(17, 30), 20, N_("Wrap-up"), ask.WRAPUP, "wrapup.evening", ("duty",), least=8, help=N_("Before the others go home: results, what is left, and who watches what tonight.")),

    Block("evening", N_("Evening: check again and sum up"), ends=time(22, 0)),
    Step("evening_ads", time(20, 0), 15, N_("Ads tonight"), ask.EVENING_ADS, "evening_ads.tonight", ("day_now", "duty"), least=5, help=N_("Operators of large shops have gone home: now small shops can catch up.")),
    Step("order_gap", time(21, 0), 10, N_("Orders not paid"), ask.ORDER_GAP, "order_gap.gap", ("day_now", "rival_now"), least=4, help=N_("Only legal means. Fake orders break the law and the platform's rules; they are neither "
        "planned nor counted here.")),
    Step("evening_service", time(21, 10), 10, N_("Service tonight"), ask.EVENING_SERVICE, "evening_service.tonight", ("shift",), least=4, must=False),
    Step("live", time(21, 20), 15, N_("Live streams"), ask.LIVE, "live.watched", ("live",), least=5, must=False, help=N_("A fixed number of live streams of the category each day: who, which offer, which method, "
        "what to borrow.")),
    Step("communities", time(21, 35), 10, N_("Other shops' chat groups"), ask.COMMUNITIES, "communities.visited", ("community",), least=4, must=False, help=N_("A fixed number of other shops' customer groups each day: see how they keep their customers.")),
    Step("network", time(21, 45), 5, N_("Peers"), ask.NETWORK, "network.contacts", ("contact",), least=2, must=False, help=N_("One talk with a peer in another category, and what was learnt.")),
    Step("summary", time(21, 50), 10, N_("Daily report"), ask.SUMMARY, "summary.day", least=4, screen="report", help=N_("The report is already written from the journal; read, correct and hand it in.")),
)
