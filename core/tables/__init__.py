"""The tables an operator keeps: one file a table, one file a way it leaves the house."""
