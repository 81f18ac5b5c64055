"""Paid keywords: their worth, the main pictures shown for them, and keywords to add."""
