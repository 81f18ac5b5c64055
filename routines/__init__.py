"""The working day: plans, answers, entries, past days, reports."""
