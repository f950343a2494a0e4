"""A text as a square that a phone's camera reads, as an address of a picture (`data:`)."""

from __future__ import annotations

import base64

QUIET = 4
"""Modules of white around it (ISO/IEC 18004, 6.3.8)."""


def square(text: str) -> str:
    """Error correction M. A picture of its own, so that the page's policy need allow nothing more."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel  # for who sets up an app

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    modules: list[list[bool]] = code.modules
    count = len(modules)
    dark = "".join(
        f"M{column + QUIET} {row + QUIET}h1v1h-1z"
        for row in range(count)
        for column in range(count)
        if modules[row][column]
    )
    side = count + 2 * QUIET
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{dark}"/></svg>'
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
