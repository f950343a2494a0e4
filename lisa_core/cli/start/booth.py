"""`lisa booth`, started."""

from __future__ import annotations

import asyncio
import gc
import ssl
from collections.abc import Sequence
from contextlib import AsyncExitStack
from functools import partial
from importlib import import_module
from pathlib import Path

import click

from lisa_core.access.trust import client_context
from lisa_core.booth.fault_plan import plan_of
from lisa_core.booth.wire_booth import BoothWishes, load_site, open_booth_on_wire
from lisa_core.cli.arguments import address, civil, folder
from lisa_core.cli.start.seal_key import seal_key
from lisa_core.config.profile import in_service, load_profile
from lisa_core.domain.model.errors import DeviceFault, LisaError, ProfileError
from lisa_core.host.address import EXCHANGE, read_address
from lisa_core.host.causes import cause
from lisa_core.host.clock import Clock
from lisa_core.host.memory import let_go
from lisa_core.host.printable import printable
from lisa_core.web.asgi import LOOPBACK, listening_socket, serve
from lisa_core.wire.channel import Channel, dial
from lisa_core.wire.dialling import first_of
from lisa_core.wire.uplink import Dial

UNKNOWN_ISSUER = (18, 19, 20, 21)
"""OpenSSL's `verify_code` for them."""
IN_A_VISIT = ("numpy", "structlog", "lisa_core.papers.declaration", "lisa_core.papers.slip")
"""What is imported where it is used, because runs in memory seldom need it. A booth has it from the start: nobody waits
for it at the first copy, and memory does not grow by it in the middle of a day."""


async def start_booth(
    name: str, urls: tuple[str, ...], authority: Path | None, key: Path, data: Path | None, screen: str, at: str
) -> None:
    profile = load_profile(name)
    shared, zone = load_site(profile)
    directory, clock = in_service(shared, profile), Clock(civil(at, zone))
    dials = [dialler(url, authority) for url in urls]
    dial_exchange, at_screen = telling(first_of(dials), urls), address(screen)
    wishes = BoothWishes(
        *(profile, directory, clock, dial_exchange, seal_key(key), folder(data), at_screen),
        faults=(plan := plan_of(profile, None, 0)),
        patient=True,
        let_go=let_go,
    )
    async with AsyncExitStack() as stack:
        wire = await stack.enter_async_context(open_booth_on_wire(wishes))
        screen_url = f"http://{wire.screen_address}/"
        click.echo(f"Bürgerbüro bereit. Bildschirm: {screen_url}")
        if plan:
            click.echo(f"Störungsplan des Profils: {', '.join(one.told for one in plan)}")
        for sentence in wire.missing:
            click.echo(f"Noch nicht da, wird aufgenommen, sobald es da ist: {printable(sentence)}")
        if wire.opened.stage is not None:
            app = wire.opened.stage(screen_url)
            stage = await stack.enter_async_context(serve(app, listening_socket("127.0.0.1", 0)))
            click.echo(f"Simulierte Kabine: http://{stage}/")
        for module in IN_A_VISIT:
            import_module(module)
        gc.freeze()  # what lasts as long as the program need not be looked through at every wiping
        await asyncio.Event().wait()


def telling(dial_exchange: Dial, urls: Sequence[str]) -> Dial:
    """Dial, and say on the console why nobody answers, or nobody to be trusted, and when somebody does; each once.

    Which of several answers nobody has seen.
    """
    told, shown = "", printable(", ".join(urls))
    name = f" {shown}" if len(urls) == 1 else ""

    async def dialled() -> Channel:
        nonlocal told
        try:
            channel = await dial_exchange()
        except DeviceFault as fault:
            if (why := no_answer(shown, fault)) != told:
                click.echo(f"{why} Gewählt wird weiter, bis sie da ist.")
            told = why
            raise
        if told:
            click.echo(f"Die Vermittlung{name} antwortet.")
        told = ""
        return channel

    return dialled


def no_answer(shown: str, fault: BaseException) -> str:
    """Why an exchange was not reached; where it was, and is not to be trusted, what it has shown."""
    error = fault.__cause__
    if not isinstance(error, ssl.SSLError):
        why = f": {cause(error)}" if isinstance(error, OSError) else ""
        return f"Keine Verbindung zur Vermittlung {shown}{why}."
    help_ = (
        " Die Datei des Ausstellers nennen: --authority." if getattr(error, "verify_code", 0) in UNKNOWN_ISSUER else ""
    )
    why = cause(error)
    return f"Keine Verbindung zur Vermittlung {shown}: {why}{'' if why.endswith('?') else '.'}{help_}"


def dialler(url: str, authority: Path | None) -> Dial:
    """Dials an exchange, over TLS where its address says so."""
    where = door(url)
    if where.startswith("wss://"):
        return partial(dial, where, tls=client_context(authority))
    if authority is not None:
        raise LisaError("--authority gilt nur für https://.")
    return partial(dial, where)


def door(url: str) -> str:
    """Where booths dial an exchange."""
    try:
        found = read_address(url, EXCHANGE)
    except ProfileError as error:
        raise LisaError(f"{url!r} ist keine Adresse einer Vermittlung. {error}.") from error
    if found.scheme == "http" and found.host not in LOOPBACK:
        raise LisaError(f"{url}: Über das Netz nur verschlüsselt. Die Adresse mit https:// angeben.")
    host = f"[{found.host}]" if ":" in found.host else found.host
    return f"{'wss' if found.scheme == 'https' else 'ws'}://{host}:{found.port}/ws/booth"
