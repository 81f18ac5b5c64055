"""The screens of a shop's first day compared with their mock-ups."""
