"""Figures that several topics share: metrics, indicators, and the usual values they are compared with."""
