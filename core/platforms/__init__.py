"""The platforms a shop can be on: one TOML file each, with what that platform calls and offers."""
