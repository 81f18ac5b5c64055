"""The papers say what is so."""
