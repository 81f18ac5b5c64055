"""Tests of ``core/topics/page``."""
