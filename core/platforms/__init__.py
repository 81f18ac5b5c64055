"""The platforms a shop can be on: one TOML file each, with its own names, exports, fees and calendar."""
