"""The questions asked at each step, kept apart so that a day file has one line per step.

Each question asks for something no export contains: a reason, a judgement, a promise. Two to four per step.
"""

from __future__ import annotations

from core.language.wording import N_

TARGET = (
    N_("On target: what was done well that we keep doing? Off target: what was missing?"),
    N_("Which cause on the list is the true one, and what is the evidence?"),
    N_("Which one number must move today, and who owns it?"),
)
STOCK = (
    N_("Which reorder goes out today, how many, and when will it be on the shelf?"),
    N_("Which hero runs out first, and what stops being advertised until it is back?"),
    N_("Which slow seller is not reordered any more, and how is it cleared?"),
)
DRIVERS = (
    N_("Visitors, conversion or order value: which made the gap, and why?"),
    N_("Which source rose or fell, and did we cause it?"),
    N_("Which one to three problems are broken down this afternoon?"),
)
PAGE = (
    N_("Which line was not passed, and which part of the page causes it?"),
    N_("Not passed: change the page, not the promotion. What changes this week, and who does it?"),
    N_("Which item should the hero's page lead to, so that more is bought together?"),
)
RIVALS = (
    N_("What did the followed rivals change since last time, and does it sell?"),
    N_("What do their bad reviews complain about that we can make our selling point?"),
    N_("Who fought for the first ad place and then dropped out?"),
    N_("Their season's line: listed and selling (list now), or listed and not moving (wait)?"),
)
REVIEWS = (
    N_("Which bad review is solved today, by whom, with what offer?"),
    N_("Which copy is cheaper or uses our pictures, and is the complaint filed?"),
    N_("What do the new reviews say about the item itself that has to change?"),
)
PAID = (
    N_("Which words are raised, lowered or deleted today, and on what evidence?"),
    N_("Which hero shows much and is clicked little, and what should its new picture show?"),
    N_("Where does the budget go today, and where is it taken from?"),
)
CAMPAIGNS = (
    N_("Which campaign has to be applied for today, and what material is missing?"),
    N_("No platform campaign: which of our own do we run, with what offer and for how long?"),
    N_("Who has not been told yet, and over which channel ({chat}, WeChat, QQ, mail, SMS)?"),
)
CHECKS = (
    N_("What failed, and who puts it right before noon?"),
    N_("Which after-sales case or platform message must be answered today?"),
)
STANDUP = (
    N_("Yesterday's promises: which were not kept, and what does it take?"),
    N_("Who does what today, by when, and which number should move?"),
    N_("What is today's ad budget, and who may change it?"),
)
HANDS_ON = (
    N_("Which decision of the morning is not carried out yet, and what is in the way?"),
    N_("What did the morning's orders and chats show that nobody had noticed?"),
)
BREAKDOWN = (
    N_("Which role owns each problem of the morning, which number, by when?"),
    N_("What is the smallest thing that would show by tomorrow whether we are right?"),
    N_("Which problem do we leave alone today, on purpose?"),
)
PROMOTION = (
    N_("What does promotion propose first, before being told?"),
    N_("Item on target: what is its strength, and which items can copy it?"),
    N_(
        "Item off target: which link of the traffic is missing, how much must be bought, where, for how much?"
    ),
    N_("Which off-site traffic came, and what did it bring?"),
)
DESIGN = (
    N_("New items: when are pictures and page ready, and what effect was agreed?"),
    N_("Old items: which picture or page changes to lift conversion?"),
    N_("The shops watched today: what changed there, and what is good?"),
    N_("Which main picture changed, and does service know it?"),
)
CONTENT = (
    N_("Which posts go out today, on which channel, for which item?"),
    N_("What did yesterday's posts bring (reads, visitors, orders)?"),
    N_("What do content and design make together next?"),
)
SERVICE = (
    N_("Who is above the team's line, and what is the trick worth sharing?"),
    N_("Who is below it, and what is practised this week?"),
    N_("What did buyers ask, complain about or wish for today?"),
)
MEMBERS = (
    N_("Which group of old customers is woken up, over which channel, with which offer?"),
    N_("What did the last wake-up bring back, against what it cost?"),
    N_("What would make a buyer of last month come back this week?"),
)
OPTIMISE = (
    N_("Which title changes, which word goes out and which comes in?"),
    N_("For which crowd is this item, and does the first picture tell them?"),
    N_("Which item is worth pushing next, and what speaks for it?"),
)
NOTICES = (
    N_("Which new campaign or rule was announced, and does it concern us?"),
    N_("How and by when do we apply, and who prepares it?"),
)
MONTH_PLAN = (
    N_("The month's target: from which items, which crowd, which campaigns?"),
    N_("Heroes, new arrivals, bundles, price bands: what does the line-up look like?"),
    N_("What will the market search for next month that it does not search for now?"),
    N_("What is the budget, split how, and what did last month's campaigns teach?"),
)
WRAPUP = (
    N_("What is left of today's tasks, and who finishes it tonight or tomorrow?"),
    N_("Who watches what this evening (ads, service, orders)?"),
    N_("What went well today that the others should know?"),
)
EVENING_ADS = (
    N_("Does what was spent so far come back, and in which campaign not?"),
    N_("Is it worth adding tonight: how much, where, until when? Is the balance enough?"),
    N_("Which large rivals have gone quiet for the evening?"),
)
ORDER_GAP = (
    N_("How many orders are we behind or ahead of the followed rivals, as far as it can be seen?"),
    N_("Which lawful lever closes the gap by midnight: coupon, group wake-up, ads, live?"),
    N_("What sales per slot (坑产) do they reach where we do not?"),
)
EVENING_SERVICE = (
    N_("Who converts best tonight and who is struggling, and what did you tell them?"),
    N_("Which question keeps coming tonight that a script or the page should answer?"),
)
LIVE = (
    N_("Whose stream did you watch, what was the offer and the mechanism?"),
    N_("What do we borrow, and when do we try it?"),
)
COMMUNITIES = (
    N_("Which groups did you visit, and how do they keep their customers?"),
    N_("What would our own customers like of it?"),
)
NETWORK = (
    N_("Whom did you talk to, in which category, and what did you learn?"),
    N_("What can you give them back?"),
)
SUMMARY = (
    N_("What decided today's result?"),
    N_("What are tomorrow's first three things?"),
    N_("What would you show a newcomer from today?"),
)
ALONE_MORNING = (
    N_("What did you promise yourself for today, and is it kept?"),
    N_("Which three things get done today, and which number should move?"),
    N_("What is today's ad budget?"),
)
ALONE_EVENING = (
    N_("What is left, and on which day does it get done?"),
    N_("What must not be missed tonight?"),
)
PEAK_WATCH = (
    N_("The hour against its plan: what is pushed now, what is stopped?"),
    N_("What is about to sell out, and what takes its place?"),
    N_("Is service keeping up, and who helps out?"),
)
