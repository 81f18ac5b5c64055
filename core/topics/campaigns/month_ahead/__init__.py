"""The plan of the coming month: expected sales, campaign dates, items, search terms, budget and lessons."""
