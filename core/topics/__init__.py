"""One question per file; the first line of its docstring is the question."""
