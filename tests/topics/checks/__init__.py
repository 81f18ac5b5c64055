"""Tests of ``core/topics/checks``."""
