"""Tests of ``core/answers``."""
