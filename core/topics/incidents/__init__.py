"""Detect changes in the shop, by item and by source, with one shared limit on false alarms per morning."""
