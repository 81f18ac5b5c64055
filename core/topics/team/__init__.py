"""The analyses of the team's day: stand-up, breakdown, to-do list, wrap-up and summary."""
