"""How far it is as the crow flies: great circles on a sphere of the earth's mean radius, to the metre.

Points are turned into vectors of length 1 once; a distance is then the chord between two of them, bent over the sphere.
The ellipsoid is left out: in Germany that is less than 0.5 %.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from sojus.domain.search.offer import Point

RADIUS_M = 6_371_008.8
"""Mean radius R1 of the GRS 80 ellipsoid (IUGG)."""


class Vector(NamedTuple):
    """A point of the sphere, from its middle."""

    x: float
    y: float
    z: float


def vector(point: Point) -> Vector:
    north, east = radians(point.north), radians(point.east)
    return Vector(cos(north) * cos(east), cos(north) * sin(east), sin(north))


def metres(a: Vector, b: Vector) -> int:
    """Between two points."""
    ax, ay, az = a
    bx, by, bz = b
    chord = sqrt((ax - bx) * (ax - bx) + (ay - by) * (ay - by) + (az - bz) * (az - bz))
    return round(2 * RADIUS_M * asin(min(1.0, chord / 2)))


class Hull:
    """A box around vectors, that only grows: no vector in it is nearer than the box."""

    __slots__ = ("greatest", "least")

    def __init__(self) -> None:
        self.least = [2.0, 2.0, 2.0]
        self.greatest = [-2.0, -2.0, -2.0]

    def add(self, one: Vector) -> None:
        self.least = list(map(min, self.least, one))
        self.greatest = list(map(max, self.greatest, one))

    def nearest_m(self, to: Vector) -> float:
        """No point in the hull is nearer than this; less a metre, for `metres` is rounded."""
        aside = map(max, (low - at for low, at in zip(self.least, to, strict=True)), (0.0, 0.0, 0.0))
        beyond = map(max, (at - high for high, at in zip(self.greatest, to, strict=True)), (0.0, 0.0, 0.0))
        chord = sqrt(sum((a + b) * (a + b) for a, b in zip(aside, beyond, strict=True)))
        return 2 * RADIUS_M * asin(min(1.0, chord / 2)) - 1
