"""The operator's tables: one module per table, and one per output format."""
