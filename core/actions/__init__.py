"""Actions the team agreed on: promises and what came of them, overdue ones, decisions, spot checks."""
