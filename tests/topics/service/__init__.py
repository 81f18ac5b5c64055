"""Tests of ``core/topics/service``."""
