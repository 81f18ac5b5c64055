"""Tests of ``core/topics/scouting``."""
