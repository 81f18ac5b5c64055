"""Tests of ``core/storage``."""
