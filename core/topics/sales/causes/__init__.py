"""The checklist behind a day's figure: one cause, one judgement from data, or an honest "no data"."""
