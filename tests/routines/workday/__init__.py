"""Tests of ``routines/workday``."""
