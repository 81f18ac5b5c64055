"""Tests of ``core/topics/creative``."""
