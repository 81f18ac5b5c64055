"""The plan of a day: steps, boxes, calendar, the shop's own changes."""
