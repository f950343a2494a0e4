"""Tests of the simulation: the same for the same seed, nothing broken, and a planted bug is found."""
