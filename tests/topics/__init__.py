"""The questions of the day, asked of tables a person would write."""
