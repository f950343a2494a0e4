"""The server, a database of one's own, and the browser."""

from __future__ import annotations

from tests.browser.conftest import chromium
from tests.store.conftest import database
from tests.store.server import server

__all__ = ["chromium", "database", "server"]
