"""Tests of ``core/topics/rivals``."""
