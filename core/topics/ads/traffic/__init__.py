"""Which traffic is worth buying: spend and return by item and scene, and what is missing to the target."""
