"""Tests of ``core/topics/titles``."""
