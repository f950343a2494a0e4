"""`python -m tests.opposites` writes docs/gegenteile.md from the table."""

from __future__ import annotations

from tests.opposites.page import PAGE, page

PAGE.write_text(page(), encoding="utf-8")
