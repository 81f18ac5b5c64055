"""The ``shopday`` command line."""
