"""The analyses of returning customers: repeat rate, groups to contact, cost of a new customer."""
