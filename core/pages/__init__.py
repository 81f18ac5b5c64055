"""The day as static web pages for people without a terminal: today, each step, the month."""
