"""Tests of ``core/topics/ads``."""
