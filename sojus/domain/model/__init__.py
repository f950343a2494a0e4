"""Ids, units and ages that all rooms of the core have in common."""
