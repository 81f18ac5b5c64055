"""Tests of ``core/shop``."""
