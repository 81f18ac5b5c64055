"""Figures that several topics share: metrics, indicators, baselines, usual days."""
