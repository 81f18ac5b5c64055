"""What changed in the shop, object by object: one budget of false alarms for the morning, one cause each."""
