"""Strangers' clients are looked for and called as in tests/peers."""

from __future__ import annotations

from tests.peers.conftest import need as need
from tests.peers.test_scanner_peer import scanimage as scanimage
