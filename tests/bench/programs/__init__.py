"""What the bench holds shopday against: the least Textual programs that do the same."""
