"""Layouts of files as data: which of our columns stands under which header, taught by a shop or known."""
