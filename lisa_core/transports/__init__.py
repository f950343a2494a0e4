"""How bytes and messages travel: memory, serial, TCP, WebSocket; and the clock. No meaning is known here."""
