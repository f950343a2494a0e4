"""IPP at both ends: what a printer answers to our driver, what clients ask the emulated one, raster in its jobs."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import httpx

from emulator.devices.ipp.attributes import OFFER, Now, joined
from emulator.devices.ipp.printer import EmulatedPrinter
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.equipment.codecs.ipp.message import Group, Message, MessageReader, read_message, write_message
from lisa_core.equipment.codecs.ipp.values import Tag, attribute
from lisa_core.equipment.codecs.ipp.words import GroupTag, Operation, PrinterState, PrintJobState, StatusCode
from lisa_core.equipment.codecs.raster.lines import KINDS, RasterPage, checked
from lisa_core.equipment.codecs.raster.pwg import read_pwg, write_pwg
from lisa_core.equipment.codecs.raster.urf import read_urf, write_urf
from lisa_core.equipment.drivers.ipp.printer import IppPrinter, PrintPatience
from lisa_core.equipment.drivers.ipp.talk import IppTalk
from lisa_core.equipment.lines.http import open_http
from tests.fuzz.edge import Edge, runner
from tests.fuzz.mutation import damaged, pieces
from tests.protocols.test_ipp import EXAMPLES

PDF = b"%PDF-1.7\n%%EOF\n"
_ADDRESS = "http://printer.example:631/ipp/print"
_URI = "ipp://printer.example:631/ipp/print"
_NOW = Now("printer.example:631", False, PrinterState.IDLE, (), 5, 0)
_OPENING = (
    attribute("attributes-charset", Tag.CHARSET, "utf-8"),
    attribute("attributes-natural-language", Tag.LANGUAGE, "en"),
)
_TARGET = attribute("printer-uri", Tag.URI, "ipp://printer.example:631/ipp/print")


def messages() -> Sequence[bytes]:
    """The examples of RFC 8010, and what our printer says of itself: every syntax, collections too."""
    told = Message(0, 1, (Group(GroupTag.PRINTER, joined(OFFER, _NOW)),))
    return [*(data for data, _ in EXAMPLES.values()), write_message(told)]


def take_message(data: bytes, chance: Random) -> None:
    message, _ = read_message(data)
    assert read_message(write_message(message)) == (message, b"")
    reader, found = MessageReader(), None
    for piece in pieces(chance, data):
        if (found := reader.feed(piece)) is not None:
            break
    assert found == message


def requests() -> Sequence[bytes]:
    """Each operation, with a job, its options and a document."""
    job = (
        attribute("job-id", Tag.INTEGER, 1),
        attribute("last-document", Tag.BOOLEAN, True),
        attribute("compression", Tag.KEYWORD, "gzip"),
        attribute("document-format", Tag.MIME_TYPE, "application/pdf"),
        attribute("requested-attributes", Tag.KEYWORD, "all", "media-col-database"),
    )
    wish = (attribute("copies", Tag.INTEGER, 2), attribute("media-col", Tag.COLLECTION, OFFER[7].values[0].data))
    groups = (Group(GroupTag.OPERATION, (*_OPENING, _TARGET, *job)), Group(GroupTag.JOB, wish))
    return [write_message(Message(operation, 1, groups)) + PDF for operation in Operation]


def take_request(data: bytes, chance: Random) -> None:
    """Whatever it is asked, it has an answer that can be sent."""
    request, document = read_message(data)

    async def ask() -> None:
        printer = EmulatedPrinter(HostedWorld(), "printer.example:631", secure=False, offer=OFFER)
        for asked in (read_message(requests()[0])[0], request):
            answer = printer.answer(asked, document)
            assert answer.request_id == asked.request_id
            assert read_message(write_message(answer))[0].code == answer.code

    runner().run(ask())


def answers() -> Sequence[bytes]:
    """How a printer is, how a job is, what waits, and a refusal."""
    state = (
        attribute("printer-state", Tag.ENUM, PrinterState.STOPPED),
        attribute("printer-state-reasons", Tag.KEYWORD, "media-jam-error", "cover-open"),
        attribute("document-format-supported", Tag.MIME_TYPE, "application/pdf", "image/urf"),
    )
    job = (
        attribute("job-id", Tag.INTEGER, 7),
        attribute("job-state", Tag.ENUM, PrintJobState.COMPLETED),
        attribute("job-state-reasons", Tag.KEYWORD, "none"),
        attribute("job-originating-user-name", Tag.NAME, "LISA-Kabine"),
    )
    opening = Group(GroupTag.OPERATION, (*_OPENING, attribute("status-message", Tag.TEXT, "odd")))
    idle = (attribute("printer-state", Tag.ENUM, PrinterState.IDLE), *state[1:])
    groups = ((Group(GroupTag.PRINTER, state),), (Group(GroupTag.PRINTER, idle), Group(GroupTag.JOB, job)))
    said = [write_message(Message(StatusCode.OK, 1, (opening, *one))) for one in groups]
    return [*said, write_message(Message(StatusCode.BUSY, 1, (opening,)))]


def take_answer(data: bytes, chance: Random) -> None:
    """The same answer to every question: the driver ends with a sheet or a fault, and asks nobody but the printer."""

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.netloc == b"printer.example:631", str(request.url)
        named = data[:4] + request.content[4:8] + data[8:]
        return httpx.Response(200, content=named, headers={"Content-Type": "application/ipp"})

    async def hand_out() -> None:
        async with open_http(_ADDRESS, wire=httpx.MockTransport(answer)) as http:
            printer = IppPrinter(IppTalk(http, _URI, "LISA-Kabine"), PrintPatience(0.0, 0.0))
            await printer.check()
            await printer.identify()
            await printer.hand_out(PDF, "Kopie")

    runner().run(hand_out())


def rasters() -> Sequence[bytes]:
    """Small documents of each kind, both ways of putting them."""
    pages = [RasterPage(kind, 20, 3, (300, 300), bytes(range(one.row(20))) * 3) for kind, one in KINDS.items()]
    return [*(write_pwg([page, page]) for page in pages), *(write_urf(pages[:2]), write_urf(pages[:1]))]


def take_raster(data: bytes, chance: Random) -> None:
    """What is read as a page has the bytes of one."""
    for page in (read_urf if data.startswith(b"UNIRAST") else read_pwg)(data):
        checked(page)


EDGES = (
    Edge("ipp-message", messages, damaged, take_message, 5_000, (ProtocolError,)),
    Edge("ipp-request", requests, damaged, take_request, 5_000, (ProtocolError,)),
    Edge("raster", rasters, damaged, take_raster, 5_000, (ProtocolError,)),
    Edge("ipp-answer", answers, damaged, take_answer, 5_000, (DeviceFault,)),
)
