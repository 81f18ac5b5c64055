"""Tests of ``routines/plan``."""
