"""Tests of ``core/actions``."""
