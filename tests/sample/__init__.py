"""The sample shop keeps what its story says."""
