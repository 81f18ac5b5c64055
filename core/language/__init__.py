"""Sentences in the reader's language: wording, message catalogs, sanitizing of foreign text."""
