"""The daily checks: ad balance, subscriptions, refund cases, parcels, inbox."""
