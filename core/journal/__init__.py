"""The journal: everything that happens in the shop's working days, recorded as append-only entries."""
