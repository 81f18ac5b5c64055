"""Tests of ``core/topics/reviews``."""
