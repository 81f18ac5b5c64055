"""Tests of ``core/topics/customers``."""
