"""Mutation testing: do the tests notice when the product is wrong? ``make mutate``."""
