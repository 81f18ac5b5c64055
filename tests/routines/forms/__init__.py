"""Tests of ``routines/forms``."""
