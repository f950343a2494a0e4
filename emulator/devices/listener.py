"""Where an emulated device listens: "host:port" as the command line gives it, made a listening socket, or a path."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.host.temporary import temporary


def bound_socket(listen: str) -> socket.socket:
    """Listen on "host:port" ("" = any free port of 127.0.0.1). Raises `LisaError` when that cannot be done."""
    host, _, port = (listen or "127.0.0.1:0").rpartition(":")
    if not (host and port.isascii() and port.isdigit() and len(port) < 6 and int(port) < 65536):
        raise LisaError(f"{listen!r} ist keine Adresse zum Lauschen: erwartet wird Rechner:Port, z. B. 127.0.0.1:0.")
    from lisa_core.web.asgi import listening_socket  # with all that serves pages: a booth in memory listens nowhere

    return listening_socket(host.strip("[]"), int(port))


@contextlib.contextmanager
def socket_path(listen: str, name: str) -> Iterator[str]:
    """A path for a socket; afterwards nothing is there."""
    if listen:
        try:
            yield listen
        finally:
            Path(listen).unlink(missing_ok=True)
        return
    with temporary() as place:
        yield str(place / name)
