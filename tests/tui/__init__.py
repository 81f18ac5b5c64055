"""The desk in this process: widgets, keys, drafts, the one way of text."""
