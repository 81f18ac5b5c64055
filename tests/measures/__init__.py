"""Tests of ``core/measures``."""
