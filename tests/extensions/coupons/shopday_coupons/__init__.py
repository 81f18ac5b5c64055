"""Coupons for shopday."""
