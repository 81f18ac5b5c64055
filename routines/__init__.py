"""The daily routine: day plans, answers to the steps' analyses, journal entries, past days, reports."""
