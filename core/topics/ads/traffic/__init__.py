"""Which traffic is worth buying: spend and return by item and ad type, and the gap to the target."""
