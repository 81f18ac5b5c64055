"""Whole-site plans (全站推广): they have no keywords, so each item's plan is judged as a whole."""
