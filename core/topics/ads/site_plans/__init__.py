"""Whole-site plans (全站推广): they have no keywords, so an item's plan is judged by itself."""
