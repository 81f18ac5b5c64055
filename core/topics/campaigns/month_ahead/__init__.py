"""The month to come: what usual days bring, room for campaigns, line-up, search, budget, lessons."""
