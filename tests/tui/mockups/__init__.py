"""The designs of the screens, as what stands where, and whether the product's screens agree."""
