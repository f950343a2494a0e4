"""Networks: over which ways picture and sound go, in networks of their own, between which stands what a house has."""
