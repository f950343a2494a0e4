"""`python -m tests.peers.kit` writes the table of docs/fremde-szenarien.md."""

from __future__ import annotations

from tests.peers.kit.page import PAGE, page

PAGE.write_text(page(), encoding="utf-8")
