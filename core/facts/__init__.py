"""What was imported: batches, the ledger over them, and the window an analysis looks through."""
