"""Layouts as data: which headers of a file stand for a sheet's columns, taught by a shop or built in."""
