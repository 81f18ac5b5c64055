"""The recorded looks at followed rivals: ranges, dates, and which rivals were not looked at."""
