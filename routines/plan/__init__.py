"""The plan of a day: steps, boxes, calendar, and the shop's own changes."""
