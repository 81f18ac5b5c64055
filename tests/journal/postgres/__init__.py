"""The journal in PostgreSQL, against a server that the tests start."""
