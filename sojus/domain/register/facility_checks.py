"""What a facility says of where it is and how it is reached."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sojus.domain.register import entries as e

MOST_ADDRESS = 200
"""Characters."""
_PHONE = re.compile(r"(?:\+[1-9]|\(?0)[0-9 /()-]*")
_DIGITS = range(5, 16)
"""Beyond 15 there is no number (ITU-T E.164)."""
_DOUBLE_PREFIX = re.compile(r"\+.*\(\s*0\s*\)")


def whereabouts(entry: e.Facility) -> Iterator[str]:
    """All that cannot be so of its point, address and telephone."""
    if not entry.point.on_earth:
        north, east = entry.point
        yield f"{north}, {east} ist kein Ort: die Breite liegt von -90 bis 90, die Länge von -180 bis 180 Grad."
    if len(entry.address) > MOST_ADDRESS or not entry.address.isprintable():
        yield f"Eine Anschrift ist eine Zeile mit höchstens {MOST_ADDRESS} Zeichen."
    if entry.phone and (fault := phone_fault(entry.phone)):
        yield fault


def phone_fault(said: str) -> str:
    """Why nobody can dial this; "": they can, as soon as all but "+" and digits is left out.

    A spreadsheet makes a number of what it takes for one, and the 0 before it is lost: so there has to be one, or "+".
    """
    if not _PHONE.fullmatch(said) or sum(map(str.isdecimal, said)) not in _DIGITS:
        return f"„{said[:40]}“ ist keine Telefonnummer mit Vorwahl: sie beginnt mit 0 oder mit +."
    if _DOUBLE_PREFIX.match(said):
        return f"„{said[:40]}“ lässt sich nicht wählen: nach + und der Zahl des Landes steht keine 0."
    return ""
