"""The German sentences."""
