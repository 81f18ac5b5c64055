"""What was recorded about followed rivals' shops, and which rivals were not observed lately."""
