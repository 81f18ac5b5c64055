"""The day's problems by role, and what each role still has to do."""
