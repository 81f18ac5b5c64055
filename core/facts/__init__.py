"""Imported data: row files (one per import), the ledger listing all imports, and loading a range of days."""
