"""What was seen at rivals, as it was seen: ranges, dates, and what was not looked at."""
