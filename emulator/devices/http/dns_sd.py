"""An emulated device makes itself known by DNS-SD, as network devices do; on the loopback interface only."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import AsyncIterator, Mapping

from lisa_core.domain.model.errors import LisaError


@contextlib.asynccontextmanager
async def made_known(kind: str, title: str, port: int, told: Mapping[str, str]) -> AsyncIterator[None]:
    """Announce what listens on this port of 127.0.0.1, until the context ends. Raises `LisaError` without zeroconf.

    `kind`: "_ipp._tcp.local."; `told`: the TXT record. The port stands behind the title: two may have the same model.
    """
    try:
        from zeroconf import IPVersion, ServiceInfo
        from zeroconf.asyncio import AsyncZeroconf
    except ModuleNotFoundError:
        raise LisaError("Zum Bekanntmachen fehlt zeroconf: pip install lisa-booth[discovery]") from None
    service = ServiceInfo(
        kind,
        f"{title.replace('.', ' ')[:40]} {port}.{kind}",
        port=port,
        addresses=[socket.inet_aton("127.0.0.1")],
        properties=dict(told),
        server=f"lisa-{port}.local.",
    )
    responder = AsyncZeroconf(interfaces=["127.0.0.1"], ip_version=IPVersion.V4Only)
    try:
        await (await responder.async_register_service(service))
        yield
    finally:
        await responder.async_unregister_all_services()
        await responder.async_close()
