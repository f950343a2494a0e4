"""Invented providers and places of two Landkreise, for trying and for scenarios. Nobody in it exists, nor any house.

How it works: `offices` says who there is and what they are called; `houses` makes the entries of every provider, by a
seed; `filling` gives them in as the providers would, and does a few acts, so that there is something to see.
"""

from sojus.demo.filling import fill, rules
from sojus.demo.offices import DemoPerson, demo_directory, people

__all__ = ["DemoPerson", "demo_directory", "fill", "people", "rules"]
