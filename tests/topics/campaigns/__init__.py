"""Tests of ``core/topics/campaigns``."""
