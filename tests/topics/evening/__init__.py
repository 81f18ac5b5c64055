"""Tests of ``core/topics/evening``."""
