"""The desk in real terminals: keys, signals, bytes."""
