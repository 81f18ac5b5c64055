"""Which traffic is worth buying: spend and return by item and scene, and the gap to the target."""
