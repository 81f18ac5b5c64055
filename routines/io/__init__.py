"""Exports in; reports, tables and posts out."""
