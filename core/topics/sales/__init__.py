"""The day's sales: target, variance from usual days, causes, the month, shop scores."""
