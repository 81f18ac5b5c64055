"""The checklist of possible causes of a day's sales, each judged from data or marked as having no data."""
