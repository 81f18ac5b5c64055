"""Tests of ``core/topics/stock``."""
