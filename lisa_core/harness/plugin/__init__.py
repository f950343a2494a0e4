"""All that touches pytest."""
