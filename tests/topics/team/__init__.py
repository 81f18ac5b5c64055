"""Tests of ``core/topics/team``."""
