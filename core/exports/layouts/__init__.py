"""Layouts as data: which headers of a file stand for a sheet's columns; defined for one shop or built in."""
