"""Tests of ``routines/analyst``."""
