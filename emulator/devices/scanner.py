"""The scanner in the table: what it is, and an eSCL server on a socket (`scanning.server`), with or without TLS."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from emulator.devices.http.certificate import own_certificate
from emulator.devices.http.pluggable import Pluggable, on_its_line
from emulator.devices.listener import bound_socket
from emulator.devices.scanning.jobs import AS_IT_SHOULD, ROOT
from emulator.devices.scanning.own import CAPABILITIES
from emulator.devices.scanning.server import ScannerServer
from emulator.devices.scanning.values import habits_of, offered_by
from emulator.world.live_world import LiveWorld
from lisa_core.equipment.codecs import escl
from lisa_core.web.asgi import serve

__all__ = ["CAPABILITIES", "open_scanner"]

TLS = "https://"


@contextlib.asynccontextmanager
async def open_scanner(
    world: LiveWorld,
    *,
    listen: str = "",
    personality: str = "",
    offered: escl.Capabilities = CAPABILITIES,
    pace: bool = False,
) -> AsyncIterator[str]:
    """Run the scanner; yields http://host:port/eSCL. Raises `LisaError` when `listen` cannot be had.

    `listen`: "host:port"; "https://host:port" serves TLS with a certificate of its own. `offered`: what it says that it
    can do, and does; with a `personality` what that one offers and how it behaves (`scanning.values`), with `pace` also
    as slowly.
    """
    offered = offered_by(personality) if personality else offered
    habits = habits_of(personality) if personality else AS_IT_SHOULD
    tls = own_certificate(offered.make_and_model[:60] or "scanner").tls if listen.startswith(TLS) else None
    app = Pluggable("scanner", world, ScannerServer(world, offered, habits, pace=pace).app())
    place = (listen.partition("://")[2] or listen).partition("/")[0]
    bound, http = bound_socket(place), on_its_line("scanner", world)
    async with serve(app, bound, tls=tls, http=http) as address:
        yield f"{'https' if tls else 'http'}://{address}{ROOT}"
