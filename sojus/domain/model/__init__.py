"""Ids and units that all rooms of the core have in common: `ids`, `units`."""
