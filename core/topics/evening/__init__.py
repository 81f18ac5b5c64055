"""What a day comes to by the evening: its course by the hour, and what was done of what was planned."""
