"""Text in the reader's language: wording, message catalogs, number and date formats, sanitizing."""
