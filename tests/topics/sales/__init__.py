"""Tests of ``core/topics/sales``."""
