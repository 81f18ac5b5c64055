"""Exports that were damaged, or made to do damage: 500 in make test, 100,000 in make fuzz."""
