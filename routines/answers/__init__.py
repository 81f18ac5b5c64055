"""Answers: exports and journal loaded for a step's analysis, the answer computed and cached."""
