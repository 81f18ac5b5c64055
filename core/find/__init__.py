"""What was written on which day, and what the shop's figures were on it: ten years of days that answer."""
