"""What was recorded when looking at followed rivals' shops, and which rivals were not looked at lately."""
