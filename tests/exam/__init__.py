"""Shops that nobody chose: do quiet mornings stay quiet, and are drawn troubles named?"""
