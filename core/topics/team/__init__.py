"""The team's day: stand-up, breakdown, hands-on list, wrap-up and summary."""
