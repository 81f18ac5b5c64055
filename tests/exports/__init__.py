"""Exports in, typed frames and problems out."""
