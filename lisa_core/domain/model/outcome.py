"""How a visit ended: exactly one of these."""

from __future__ import annotations

from enum import Enum


class Outcome(Enum):
    """The Ergebnis of a visit; the values are what QA and statistics see.

    `UNCONFIRMED`: handed in, and no receipt came while the citizen was there; the exchange corrects it later, also to
    `PAPERS`. `COPY`: nothing was handed in, and a paper was copied.
    """

    ADVICE = "erledigt_beratung"
    APPLICATION = "antrag_eingereicht"
    UNCONFIRMED = "antrag_unbestaetigt"
    PAPERS = "unterlagen_eingereicht"
    COPY = "kopie_ausgehaendigt"
    APPOINTMENT = "folgetermin"
    OTHER_OFFICE = "an_andere_stelle"
    LEFT = "abgebrochen_buerger"
    TECHNICAL = "abgebrochen_technik"
    CLOSED = "ausserhalb_oeffnungszeit"
    FALSE_ALARM = "fehlalarm"
