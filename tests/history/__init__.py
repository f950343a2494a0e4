"""Runs that are kept, and what follows from them."""
