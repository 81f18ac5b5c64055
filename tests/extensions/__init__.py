"""What other packages bring."""
