"""The questions asked at each step, in a file of their own so that a timetable has one line per step.

Each question asks for something no export contains: a reason, a judgement, a promise. Two to four per step.
"""

from __future__ import annotations

from core.language.wording import N_

TARGET = (
    N_("If the target was reached: what did we do well and keep doing? If not: what was missing?"),
    N_("Which cause on the list is the true one, and what is the evidence?"),
    N_("Which one figure must improve today, and who is responsible?"),
)
STOCK = (
    N_("What do we reorder today, how many pieces, and when will they be in stock?"),
    N_("Which best seller runs out first, and which ads stop until it is back?"),
    N_("Which slow item is no longer reordered, and how do we clear it?"),
)
DRIVERS = (
    N_("Was the difference due to visitors, conversion or order value, and why?"),
    N_("Which traffic source rose or fell, and did we cause it?"),
    N_("Which one to three problems do we assign this afternoon?"),
)
PAGE = (
    N_("Which limit was missed, and which part of the page is the cause?"),
    N_("A limit was missed? Change the page, not the ads. What changes this week, and who does it?"),
    N_("To which item should the best seller's page lead, so that buyers add it?"),
)
RIVALS = (
    N_("What did the rivals we follow change since last time, and does it sell?"),
    N_("What do rivals' bad reviews complain about that we could make our selling point?"),
    N_("Which rival fought for the first ad slot and then gave it up?"),
    N_("Rivals' styles for the season: do they sell (list ours now), or not yet (wait)?"),
)
REVIEWS = (
    N_("Which bad review is dealt with today, by whom, with what offer?"),
    N_("Which copy is cheaper or uses our pictures, and has a complaint been filed?"),
    N_("What do new reviews say about the items themselves that has to change?"),
)
PAID = (
    N_("Which keywords are raised, lowered or deleted today, and on what evidence?"),
    N_("Which best seller is shown often but clicked seldom, and what should its new picture show?"),
    N_("Where is ad budget added today, and where is it taken away?"),
)
CAMPAIGNS = (
    N_("Which campaign must we sign up for today, and which materials are missing?"),
    N_("If there is no platform campaign: which campaign of our own, with what offer, for how long?"),
    N_("Who has not been told about the campaign yet, and on which channel ({chat}, WeChat, QQ, mail, SMS)?"),
)
CHECKS = (
    N_("Which check failed, and who fixes it before noon?"),
    N_("Which after-sales case or platform message must be answered today?"),
)
STANDUP = (
    N_("Which of yesterday's promises were missed, and what is needed to keep them?"),
    N_("Who does what today, by when, and which figure should improve?"),
    N_("What is today's ad budget, and who may change it?"),
)
HANDS_ON = (
    N_("Which decision of the morning is not carried out yet, and what is holding it up?"),
    N_("What do the morning's orders and chats show that nobody had noticed?"),
)
BREAKDOWN = (
    N_("Which role takes each problem of the morning, with which figure, and by when?"),
    N_("What is the smallest step that would show by tomorrow whether we are right?"),
    N_("Which problem do we deliberately leave for another day?"),
)
PROMOTION = (
    N_("What does the promotion team itself propose first?"),
    N_("Items above target: what is their strength, and which items can copy it?"),
    N_("Items below target: which traffic is missing, how much must be bought, where, and for how much?"),
    N_("Which traffic came from outside the platform, and what did it bring?"),
)
DESIGN = (
    N_("New items: when are pictures and item page ready, and which conversion was promised?"),
    N_("Older items: which picture or page changes to raise conversion?"),
    N_("Rival shops looked at today: what changed there, and what is good?"),
    N_("Which main picture changed, and does the service team know?"),
)
CONTENT = (
    N_("Which posts go out today, on which channel, for which item?"),
    N_("What did yesterday's posts bring (reads, visitors, orders)?"),
    N_("What do content and design make together next?"),
)
SERVICE = (
    N_("Who converts better than the team, and what can the others learn from it?"),
    N_("Who converts worse than the team, and what do they practise this week?"),
    N_("What did buyers ask, complain about or wish for today?"),
)
MEMBERS = (
    N_("Which group of returning customers gets a message, on which channel, with which offer?"),
    N_("What did the last message bring, compared with its cost?"),
    N_("What would make a buyer of last month come back this week?"),
)
OPTIMISE = (
    N_("Which title changes, which word is removed and which is added?"),
    N_("Who is this item for, and does the first picture show it?"),
    N_("Which item is worth promoting next, and why?"),
)
NOTICES = (
    N_("Which new campaign or rule was announced, and does it suit us?"),
    N_("How and by when do we sign up, and who prepares it?"),
)
MONTH_PLAN = (
    N_("The month's target: from which items, which buyers, which campaigns?"),
    N_("Best sellers, new items, bundles, price bands: how is the range of items composed?"),
    N_("What will people search for next month that they do not search for yet?"),
    N_("How large is the ad budget, how is it split, and what did last month's campaigns teach us?"),
)
WRAPUP = (
    N_("Which of today's actions are left, and who finishes them tonight or tomorrow?"),
    N_("Who watches what this evening (ads, service, orders)?"),
    N_("What went well today that the others should know?"),
)
EVENING_ADS = (
    N_("Does the ad spend so far pay off, and in which plan does it not?"),
    N_("Is it worth adding ad budget tonight: how much, where, until when? Is the balance enough?"),
    N_("Which large rivals have stopped advertising for the evening?"),
)
ORDER_GAP = (
    N_("As far as can be seen, how many orders are we ahead of or behind the rivals we follow?"),
    N_("Which legal means closes the gap by midnight: coupon, group message, ads, live stream?"),
    N_("In which listing slots do rivals reach sales (坑产) that we do not?"),
)
EVENING_SERVICE = (
    N_("Who converts best tonight and who is struggling, and what did you tell them?"),
    N_("Which question is asked again and again tonight that a quick reply or the page should answer?"),
)
LIVE = (
    N_("Whose live stream did you watch, what was the offer and the method?"),
    N_("Which idea do we borrow, and when do we try it?"),
)
COMMUNITIES = (
    N_("Which groups did you visit, and how do they keep their customers?"),
    N_("Which of their ideas would our own customers like?"),
)
NETWORK = (
    N_("Who did you talk to, in which category, and what did you learn?"),
    N_("What can you do for that person in return?"),
)
SUMMARY = (
    N_("What decided today's result?"),
    N_("What are tomorrow's first three things?"),
    N_("Which part of today would you show a newcomer?"),
)
ALONE_MORNING = (
    N_("What did you promise yourself for today, and did you keep it?"),
    N_("Which three things get done today, and which figure should improve?"),
    N_("What is today's ad budget?"),
)
ALONE_EVENING = (
    N_("What is left, and on which day will it be done?"),
    N_("What must not be missed tonight?"),
)
PEAK_WATCH = (
    N_("Compared with the target of this hour: what do we promote now, and what do we stop?"),
    N_("What is about to sell out, and what replaces it?"),
    N_("Can the service team keep up, and who helps out?"),
)
