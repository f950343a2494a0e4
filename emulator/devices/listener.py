"""Where an emulated device listens: "host:port" as the command line gives it, made a listening socket."""

from __future__ import annotations

import socket

from lisa_core.domain.model.errors import LisaError
from lisa_core.web.asgi import listening_socket


def bound_socket(listen: str) -> socket.socket:
    """Listen on "host:port" ("" = any free port of 127.0.0.1). Raises `LisaError` when that cannot be done."""
    host, _, port = (listen or "127.0.0.1:0").rpartition(":")
    if not (host and port.isascii() and port.isdigit() and len(port) < 6 and int(port) < 65536):
        raise LisaError(f"{listen!r} ist keine Adresse zum Lauschen: erwartet wird Rechner:Port, z. B. 127.0.0.1:0.")
    return listening_socket(host.strip("[]"), int(port))
