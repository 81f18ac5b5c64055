"""The plan of the coming month: usual sales, dates for campaigns, line-up, search, budget, lessons."""
