"""Invented providers and places of two Landkreise, for trying and for scenarios. Nobody in it exists, nor any house.

How it works: `plan` reads who there is and what they keep; `houses` makes the entries of every provider, by a seed;
`filling` gives them in as the providers would, and lets `acts` happen, so that there is something to see; `cases` are
those whom they are about.
"""

from sojus.demo.cases import enter
from sojus.demo.filling import fill, rules
from sojus.demo.plan import DemoPerson, plan
from sojus.service.directory import Directory, directory


def demo_directory() -> Directory:
    """What all are called."""
    return directory(plan().tenants, plan().offices)


def people() -> tuple[DemoPerson, ...]:
    """One for each office, and some who lead groups at providers."""
    return plan().people


__all__ = ["DemoPerson", "demo_directory", "enter", "fill", "people", "rules"]
