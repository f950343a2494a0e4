"""The emulated IPP printer on the network: IPP in the body of a POST to /ipp/print (RFC 8010, 4), and a plain page."""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator
from functools import cache

from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from emulator.devices.http.body import whole_body
from emulator.devices.http.certificate import own_certificate
from emulator.devices.http.pluggable import Pluggable, on_its_line
from emulator.devices.ipp.attributes import OFFER
from emulator.devices.ipp.documents import MAX_DOCUMENT
from emulator.devices.ipp.printer import EmulatedPrinter
from emulator.devices.ipp.values import offer_of
from emulator.devices.listener import bound_socket, place_of_socket
from emulator.world.live_world import LiveWorld
from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs.ipp.message import MAX_HEAD, read_message, write_message
from lisa_core.web.asgi import serve

MEDIA_TYPE = "application/ipp"
BODY_S = 60.0
"""Seconds until a request must be complete, however steadily it comes."""


@contextlib.asynccontextmanager
async def open_ipp_printer(world: LiveWorld, *, listen: str = "", personality: str = "") -> AsyncIterator[str]:
    """Run the printer; yields ipp://host:port/ipp/print. Raises `LisaError` when `listen` cannot be had.

    `listen`: "host:port"; "ipps://host:port" serves TLS with a certificate of its own. With a `personality` it is what
    that one is (`ipp.values`).
    """
    offer = offer_of(personality) if personality else OFFER
    scheme, _, place = listen.rpartition("://")
    tls = own_certificate("LISA Emulated Printer").tls if scheme == "ipps" else None
    bound = bound_socket(place.partition("/")[0])
    address = place_of_socket(bound)
    printer = EmulatedPrinter(world, address, secure=tls is not None, offer=offer)
    working = asyncio.create_task(printer.work()), asyncio.create_task(_powered(world, printer))
    app = Pluggable("printer", world, Starlette(routes=_routes(printer)))
    try:
        async with serve(app, bound, tls=tls, http=on_its_line("printer", world)):
            yield f"{'ipps' if tls else 'ipp'}://{address}/ipp/print"
    finally:
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)


async def _powered(world: LiveWorld, printer: EmulatedPrinter) -> None:
    while True:
        state = world.state
        if "printer" in state.silent:
            printer.lose_power()
        await world.changed(state.revision)


def _routes(printer: EmulatedPrinter) -> list[Route]:
    async def ipp(http: HttpRequest) -> Response:
        if http.headers.get("content-type", "").partition(";")[0].strip().lower() != MEDIA_TYPE:
            return PlainTextResponse(f"Only {MEDIA_TYPE} is spoken here.", status_code=415)
        body = await whole_body(http, MAX_HEAD + MAX_DOCUMENT, BODY_S)
        if isinstance(body, Response):
            return body
        try:
            request, document = read_message(body)
            answer = printer.answer(request, document)
        except ProtocolError as error:
            return PlainTextResponse(str(error), status_code=400)
        return Response(write_message(answer), media_type=MEDIA_TYPE)

    async def home(http: HttpRequest) -> Response:
        return PlainTextResponse("LISA emulierter Drucker: /ipp/print\n")

    async def icon(http: HttpRequest) -> Response:
        return Response(_icon(), media_type="image/png")

    paths = ("/ipp/print", "/ipp/print/{job:int}", "/")
    return [*(Route(path, ipp, methods=["POST"]) for path in paths), Route("/", home), Route("/icon.png", icon)]


@cache
def _icon() -> bytes:
    drawn = io.BytesIO()
    Image.new("L", (128, 128), 200).save(drawn, "PNG")
    return drawn.getvalue()
