"""A paper for printers: one page upright with text, and one across that is nothing but a picture."""

from __future__ import annotations

import io

from PIL import Image

from lisa_core.papers.sheet import Sheet


def paper() -> bytes:
    """As PDF."""
    sheet, picture = Sheet("Kopie", "LISA", "Eine Kopie"), io.BytesIO()
    sheet.heading("Mietvertrag")
    sheet.row("Name", "Erika Mustermann")
    Image.new("L", (300, 200), 90).save(picture, "JPEG")
    sheet.whole(picture.getvalue(), "Bild")
    return sheet.pdf()
