"""The plan of the coming month: expected sales, campaign dates, line-up, search terms, budget and lessons."""
