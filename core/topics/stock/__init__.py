"""The stock of each item: units left, pace of sales, days of cover, and what to order."""
