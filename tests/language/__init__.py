"""Tests of ``core/language``."""
