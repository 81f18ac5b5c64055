"""The journal: everything that happened in the shop's days, as append-only entries."""
