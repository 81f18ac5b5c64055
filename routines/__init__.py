"""The daily routine: day plans, answers of the steps' analyses, journal entries, past days, reports."""
