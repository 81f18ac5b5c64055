"""The checklist of possible causes of a day's sales; each is judged from data, or marked as having none."""
