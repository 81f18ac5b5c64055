"""Tests of the journal as files."""
