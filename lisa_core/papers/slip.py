"""The slip of an appointment, which the citizen takes along: when, where, with which office, and a token. No name."""

from __future__ import annotations

from lisa_core.papers.pages import TITLE
from lisa_core.papers.sheet import Sheet

SLIP = "Terminzettel"
FOOTER = "Terminzettel; ohne Namen, gilt für jeden, der ihn mitbringt"


def render_slip_pdf(token: str, when: str, site: str, office: str) -> bytes:
    """One sheet. `when` as people say it."""
    sheet = Sheet(SLIP, office, FOOTER)
    sheet.line(office, grey=True)
    sheet.space(8)
    sheet.line("Ihr Termin", TITLE, bold=True)
    sheet.space(4)
    sheet.row("Wann", when)
    sheet.row("Wo", site)
    sheet.row("Mit", office)
    sheet.row("Kennwort des Termins", token)
    sheet.space(5)
    sheet.line("Bitte kommen Sie einfach ins Bürgerbüro. Zur vereinbarten Zeit werden Sie ohne Anmeldung verbunden.")
    return sheet.pdf()
