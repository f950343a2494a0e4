"""`python -m tests.peers` writes docs/devices/clients.md from what the tests name."""

from __future__ import annotations

from tests.peers.clients import PAGE, page

PAGE.parent.mkdir(exist_ok=True)
PAGE.write_text(page(), encoding="utf-8")
