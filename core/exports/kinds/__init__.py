"""The kinds of export: one declaration per file."""
