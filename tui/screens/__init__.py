"""Whole screens; each is drawn from values it was handed."""
