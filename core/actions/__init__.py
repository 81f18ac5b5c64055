"""Actions the team agreed on: promises and their outcomes, overdue actions, decisions, spot checks."""
