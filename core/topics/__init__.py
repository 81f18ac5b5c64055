"""The analyses by subject: each answers one question, the first line of its docstring."""
