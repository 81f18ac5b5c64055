"""The analyses of the evening: the day's sales by hour, tonight's ads and orders, and the day's work."""
