"""The printer over IPP: our driver against the emulated one on a socket, and against printers that do what some do."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import socket
from collections.abc import AsyncIterator, Mapping, Sequence

import httpx
import pytest

from emulator.devices.ipp.server import open_ipp_printer
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import DeviceFault, ProfileError
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.codecs.ipp.message import Group, Message, read_message, write_message
from lisa_core.equipment.codecs.ipp.values import Attribute, Tag, attribute
from lisa_core.equipment.codecs.ipp.words import GroupTag, Operation, PrinterState, PrintJobState, StatusCode
from lisa_core.equipment.drivers.ipp.driver import open_ipp
from lisa_core.equipment.drivers.ipp.identity import identity_of
from lisa_core.equipment.drivers.ipp.printer import IppPrinter, PrintPatience
from lisa_core.equipment.drivers.ipp.talk import USER, IppTalk
from lisa_core.equipment.lines.http import open_http

PDF = b"%PDF-1.7\nEine Kopie\n%%EOF\n"
QUICK = PrintPatience(print_s=5.0, poll_s=0.0, answer_s=5.0)


def test_a_sheet_lies_in_the_tray_once_when_the_driver_is_done() -> None:
    async def run() -> None:
        world = HostedWorld()
        large = b"%PDF-1.7\n" + bytes(3_000_000) + b"%%EOF\n"
        async with open_ipp_printer(world) as binding, open_ipp(binding, {"poll_s": 0.0}) as printer:
            await printer.check()
            await printer.hand_out(PDF, "Kopie\n für Sie")
            await printer.hand_out(large, "Groß")
            assert await printer.identify() == DeviceIdentity("LISA", "Emulated Printer", "LISA-0001", "1.0")
        digests = [hashlib.sha256(document).hexdigest() for document in (PDF, large)]
        assert world.state.tray == (f"Kopie  für Sie {digests[0]}", f"Groß {digests[1]}")

    asyncio.run(run())


def test_a_job_that_is_over_is_told_as_it_was() -> None:
    pages = b"%PDF-1.7\n" + b"<< /Type /Page >>\n" * 3 + bytes(5000) + b"%%EOF\n"
    twice = attribute("copies", Tag.INTEGER, 2)
    told = ("job-state", "job-impressions", "job-impressions-completed", "job-k-octets")

    async def run() -> None:
        world = HostedWorld()
        async with open_ipp_printer(world) as binding, open_http(binding.replace("ipp://", "http://")) as http:
            talk = IppTalk(http, binding)
            made = await talk.ask(Operation.PRINT_JOB, job=(twice,), document=pages)
            number = attribute("job-id", Tag.INTEGER, *made.group(GroupTag.JOB).all("job-id"))
            while len(world.state.tray) < 2:
                await world.changed(world.state.revision)
            found = (await talk.ask(Operation.GET_JOB_ATTRIBUTES, number)).group(GroupTag.JOB)
            assert [found.all(name) for name in told] == [(PrintJobState.COMPLETED,), (3,), (6,), (5,)]
            late = await talk.ask(Operation.SEND_DOCUMENT, number, attribute("last-document", Tag.BOOLEAN, True))
            assert late.code == StatusCode.NOT_POSSIBLE

    asyncio.run(asyncio.wait_for(run(), 60))


def test_one_that_is_away_is_missed_and_found_again() -> None:
    async def run() -> None:
        world = HostedWorld()
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        async with open_ipp(f"ipp://127.0.0.1:{port}", {"timeout_s": 1.0}) as printer:
            with pytest.raises(DeviceFault, match=f"ipp://127.0.0.1:{port}/ipp/print.*Eingeschaltet") as caught:
                await printer.check()
            assert (caught.value.code, caught.value.retryable) == ("printer.offline", True)
            async with open_ipp_printer(world, listen=f"ipp://127.0.0.1:{port}"):
                await printer.check()
                await world.act("silence", device="printer")
                with pytest.raises(DeviceFault):
                    await printer.hand_out(PDF, "Kopie")
                await world.act("wake", device="printer")
                await printer.hand_out(PDF, "Kopie")
        assert len(world.state.tray) == 1

    asyncio.run(run())


def test_over_tls_only_the_certificate_of_the_profile_is_taken() -> None:
    async def run() -> None:
        world = HostedWorld()
        async with open_ipp_printer(world, listen="ipps://127.0.0.1:0") as binding:
            async with open_ipp(binding, {}) as printer:
                with pytest.raises(DeviceFault, match=r'fingerprint = "[0-9a-f]{64}"') as caught:
                    await printer.hand_out(PDF, "Kopie")
                assert (caught.value.code, caught.value.retryable) == ("printer.untrusted", False)
            seen = str(caught.value).partition('fingerprint = "')[2][:64]
            async with open_ipp(binding, {"fingerprint": seen, "poll_s": 0.0}) as printer:
                await printer.hand_out(PDF, "Kopie")
            async with open_ipp(binding.replace("ipps:", "ipp:"), {}) as printer:
                with pytest.raises(DeviceFault, match=f"verlangt ipps.*{binding.removesuffix('/ipp/print')}") as caught:
                    await printer.check()
                assert caught.value.code == "printer.untrusted"
        assert len(world.state.tray) == 1

    asyncio.run(run())


@pytest.mark.parametrize("binding", ["socket://drucker:9100", "ipp://", "ipp://drucker:99999", "ipp://nutzer@drucker/"])
def test_an_address_that_is_none_is_said(binding: str) -> None:
    async def run() -> None:
        async with open_ipp(binding, {}):
            pass

    with pytest.raises(ProfileError, match="ipp://rechner:631/ipp/print"):
        asyncio.run(run())


Said = tuple[int, tuple[Group, ...]]


def printer(state: int = PrinterState.IDLE, *reasons: str, accepts: bool = True, pdf: bool = True) -> Said:
    """How a printer is."""
    formats = ("image/urf", *(("application/pdf",) if pdf else ()))
    told = (
        attribute("printer-state", Tag.ENUM, state),
        attribute("printer-state-reasons", Tag.KEYWORD, *(reasons or ("none",))),
        attribute("printer-is-accepting-jobs", Tag.BOOLEAN, accepts),
        attribute("document-format-supported", Tag.MIME_TYPE, *formats),
    )
    return StatusCode.OK, (Group(GroupTag.PRINTER, told),)


def job(state: int, *reasons: str) -> Said:
    """How a job is."""
    told = (
        attribute("job-id", Tag.INTEGER, 7),
        attribute("job-state", Tag.ENUM, state),
        attribute("job-state-reasons", Tag.KEYWORD, *(reasons or ("none",))),
    )
    return StatusCode.OK, (Group(GroupTag.JOB, told),)


IDLE, STANDS = printer(), printer(PrinterState.STOPPED, "media-empty-error")
WORKS, DONE = job(PrintJobState.PROCESSING), job(PrintJobState.COMPLETED)
FULL: Said = (StatusCode.BUSY, ())
GONE: Said = (StatusCode.NOT_FOUND, ())
USUAL: Mapping[int, Sequence[Said | int]] = {
    Operation.GET_PRINTER_ATTRIBUTES: (IDLE,),
    Operation.GET_JOBS: ((StatusCode.OK, ()),),
    Operation.PRINT_JOB: (WORKS,),
    Operation.GET_JOB_ATTRIBUTES: (DONE,),
    Operation.CANCEL_JOB: ((StatusCode.OK, ()),),
}


class Odd:
    """Answers each operation in turn, the last one again and again; a bare number is a status of HTTP."""

    def __init__(self, answers: Mapping[int, Sequence[Said | int]]) -> None:
        self._answers = {operation: list(said) for operation, said in {**USUAL, **answers}.items()}
        self.asked: list[Message] = []
        self.came = asyncio.Event()

    def __call__(self, http: httpx.Request) -> httpx.Response:
        request, _ = read_message(http.content)
        self.asked.append(request)
        self.came.set()
        said = self._answers[request.code]
        answer = said.pop(0) if len(said) > 1 else said[0]
        if isinstance(answer, int):
            return httpx.Response(answer)
        opening = (
            attribute("attributes-charset", Tag.CHARSET, "utf-8"),
            attribute("attributes-natural-language", Tag.LANGUAGE, "en"),
        )
        message = Message(answer[0], request.request_id, (Group(GroupTag.OPERATION, opening), *answer[1]))
        return httpx.Response(200, content=write_message(message), headers={"Content-Type": "application/ipp"})

    def count(self, operation: int) -> int:
        """How often it was asked that."""
        return sum(request.code == operation for request in self.asked)

    @contextlib.asynccontextmanager
    async def opened(self, patience: PrintPatience = QUICK) -> AsyncIterator[IppPrinter]:
        """The driver in front of it."""
        async with open_http("http://drucker.example:631/ipp/print", wire=httpx.MockTransport(self)) as http:
            yield IppPrinter(IppTalk(http, "ipp://drucker.example:631/ipp/print"), patience)


PRINT, LOOK, HOW, BACK = (
    Operation.PRINT_JOB,
    Operation.GET_JOB_ATTRIBUTES,
    Operation.GET_PRINTER_ATTRIBUTES,
    Operation.CANCEL_JOB,
)


@pytest.mark.parametrize(
    ("answers", "code", "text", "sent", "taken_back"),
    [
        ({HOW: (STANDS,)}, "printer.paper", "A4-Papier nachlegen. Gedruckt ist nichts", 0, 0),
        ({HOW: (printer(PrinterState.STOPPED, "cover-open", "media-jam-error"),)}, "printer.jam", "Papierstau", 0, 0),
        ({HOW: (printer(PrinterState.STOPPED, "door-open"),)}, "printer.cover", "Klappe schließen", 0, 0),
        ({HOW: (printer(PrinterState.STOPPED, "marker-supply-empty"),)}, "printer.toner", "Toner", 0, 0),
        ({HOW: (printer(PrinterState.STOPPED, "paused"),)}, "printer.attention", "angehalten", 0, 0),
        ({HOW: (printer(PrinterState.IDLE, accepts=False),)}, "printer.attention", "ohne Angabe", 0, 0),
        ({HOW: (printer(PrinterState.STOPPED, "com.example-odd"),)}, "printer.attention", "com.example-odd", 0, 0),
        ({HOW: (printer(PrinterState.IDLE, "media-empty-warning", "marker-supply-low"),)}, "", "", 1, 0),
        ({HOW: (printer(pdf=False),)}, "printer.refused", "weder PDF noch Raster an, nur image/urf", 0, 0),
        ({HOW: (IDLE, IDLE, STANDS), LOOK: (WORKS,)}, "printer.paper", "Papier.*zurückgenommen", 1, 1),
        ({HOW: (IDLE, STANDS, IDLE), LOOK: (WORKS, WORKS, DONE)}, "", "", 1, 0),
        ({LOOK: (job(PrintJobState.STOPPED),)}, "printer.attention", "zurückgenommen", 1, 1),
        ({HOW: (IDLE, STANDS), LOOK: (WORKS, WORKS, DONE), BACK: ((StatusCode.NOT_POSSIBLE, ()),)}, "", "", 1, 1),
        ({HOW: (IDLE, STANDS), LOOK: (WORKS,), BACK: (GONE,)}, "printer.paper", "steht noch darin", 1, 1),
        ({LOOK: (job(PrintJobState.CANCELED, "job-canceled-at-device"),)}, "printer.io", "canceled-at-device", 1, 0),
        ({LOOK: (job(PrintJobState.ABORTED, "document-format-error"),)}, "printer.refused", "format-error", 1, 0),
        ({LOOK: (job(PrintJobState.ABORTED, "aborted-by-system"),)}, "printer.io", "unvollständig: wegnehmen", 1, 0),
        ({LOOK: (job(PrintJobState.COMPLETED, "job-completed-with-errors"),)}, "printer.io", "mit Fehlern", 1, 0),
        ({LOOK: (WORKS, GONE)}, "", "", 1, 0),
        ({LOOK: (WORKS, 500, 500, DONE)}, "", "", 1, 0),
        ({LOOK: (WORKS, 500, GONE)}, "printer.io", "zwischendurch aus.*Nachsehen", 1, 0),
        ({PRINT: (FULL, FULL, WORKS)}, "", "", 3, 0),
        ({PRINT: ((StatusCode.FORMAT_NOT_SUPPORTED, ()),)}, "printer.refused", "format-not-supported", 1, 0),
        ({PRINT: ((StatusCode.DEVICE_ERROR, ()),)}, "printer.io", "device-error", 1, 0),
        ({PRINT: ((0x04F0, ()),)}, "printer.io", "0x04f0", 1, 0),
        ({HOW: (401,)}, "printer.refused", "Benutzer und Kennwort", 0, 0),
        ({HOW: (404,)}, "printer.refused", "kein IPP-Drucker.*404", 0, 0),
        ({HOW: (426,)}, "printer.untrusted", "verlangt ipps.*ipps://drucker.example:631/ipp/print", 0, 0),
        ({HOW: (503,)}, "printer.io", "beschäftigt", 0, 0),
        ({HOW: ((StatusCode.INTERNAL_ERROR, ()),)}, "printer.io", "internal-error", 0, 0),
    ],
)
def test_what_a_printer_says_is_understood(
    answers: Mapping[int, Sequence[Said | int]], code: str, text: str, sent: int, taken_back: int
) -> None:
    async def run() -> None:
        odd = Odd(answers)
        async with odd.opened() as printing:
            if code:
                with pytest.raises(DeviceFault, match=f"Drucker ipp://drucker.example.*{text}") as caught:
                    await printing.hand_out(PDF, "Kopie")
                assert caught.value.code == code
            else:
                await printing.hand_out(PDF, "Kopie")
        assert (odd.count(PRINT), odd.count(BACK)) == (sent, taken_back)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("answers", "code", "text"),
    [
        ({LOOK: (WORKS,)}, "printer.busy", "nicht fertig geworden. Der Auftrag ist zurückgenommen"),
        ({LOOK: (500,), BACK: (500,)}, "printer.offline", "Nachsehen.*steht noch darin"),
        ({PRINT: (FULL,)}, "printer.busy", "anderen Aufträgen"),
    ],
)
def test_nobody_waits_for_ever(answers: Mapping[int, Sequence[Said | int]], code: str, text: str) -> None:
    async def run() -> None:
        async with Odd(answers).opened(PrintPatience(print_s=0.02, poll_s=0.0, answer_s=5.0)) as printing:
            with pytest.raises(DeviceFault, match=text) as caught:
                await printing.hand_out(PDF, "Kopie")
            assert caught.value.code == code

    asyncio.run(run())


def test_what_a_visit_leaves_that_ends_is_taken_back() -> None:
    async def run() -> None:
        odd = Odd({LOOK: (WORKS,)})
        async with odd.opened() as printing:
            task = asyncio.create_task(printing.hand_out(PDF, "Kopie"))
            while odd.count(LOOK) == 0:
                odd.came.clear()
                await odd.came.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert odd.count(BACK) == 1

    asyncio.run(run())


def ours(number: int, user: str) -> Group:
    named = attribute("job-originating-user-name", Tag.NAME, user)
    return Group(GroupTag.JOB, (attribute("job-id", Tag.INTEGER, number), named))


def test_what_an_earlier_run_has_left_is_taken_back_first_and_nothing_of_others() -> None:
    async def run() -> None:
        waiting = (StatusCode.OK, (ours(3, USER), ours(4, "jemand"), ours(5, USER)))
        odd = Odd({Operation.GET_JOBS: (waiting, (StatusCode.OK, ()))})
        async with odd.opened() as printing:
            await printing.hand_out(PDF, "Kopie")
        order = [request.code for request in odd.asked]
        assert order[:5] == [HOW, Operation.GET_JOBS, BACK, BACK, PRINT]
        backs = [request.group(GroupTag.OPERATION).all("job-id") for request in odd.asked if request.code == BACK]
        assert backs == [(3,), (5,)]

    asyncio.run(run())


def test_two_booths_at_one_printer_leave_each_other_their_jobs() -> None:
    async def run() -> None:
        world = HostedWorld()
        async with open_ipp_printer(world) as binding, open_http(binding.replace("ipp://", "http://")) as http:
            states = []
            for booth in ("zwei", "eins"):
                user = attribute("requesting-user-name", Tag.NAME, "LISA-Kabine eins")
                one = IppTalk(http, binding, "LISA-Kabine eins")
                (waiting,) = (await one.ask(Operation.CREATE_JOB, user)).group(GroupTag.JOB).all("job-id")
                await IppPrinter(IppTalk(http, binding, f"LISA-Kabine {booth}"), QUICK).hand_out(PDF, booth)
                named = attribute("job-id", Tag.INTEGER, waiting)
                states += (await one.ask(LOOK, named)).group(GroupTag.JOB).all("job-state")
        assert states == [PrintJobState.HELD, PrintJobState.CANCELED], "its own, from an earlier run, it takes back"

    asyncio.run(run())


def test_one_that_knows_only_version_1_1_is_asked_in_it() -> None:
    async def run() -> None:
        odd = Odd({HOW: ((StatusCode.VERSION_NOT_SUPPORTED, ()), IDLE)})
        async with odd.opened() as printing:
            await printing.hand_out(PDF, "Kopie")
        assert [request.version for request in odd.asked[:3]] == [(2, 0), (1, 1), (1, 1)]

    asyncio.run(run())


@pytest.mark.parametrize(
    ("told", "who"),
    [
        (
            (attribute("printer-device-id", Tag.TEXT, "MFG:EPSON;CMD:URF;MDL:XP-6000 Series;SN:5834;odd;"),),
            DeviceIdentity("EPSON", "XP-6000 Series", "5834"),
        ),
        ((attribute("printer-make-and-model", Tag.TEXT, "HP LaserJet 4"),), DeviceIdentity("HP", "LaserJet 4")),
        ((attribute("printer-uuid", Tag.URI, "urn:uuid:1-2"),), DeviceIdentity("", "", "1-2")),
        ((attribute("printer-device-id", Tag.INTEGER, 5),), DeviceIdentity()),
    ],
)
def test_who_it_is(told: tuple[Attribute, ...], who: DeviceIdentity) -> None:
    assert identity_of(Group(GroupTag.PRINTER, told)) == who


Refusals = list[tuple[Operation, tuple[Attribute, ...], bytes, StatusCode, str]]
REFUSED: Refusals = [
    (Operation.GET_JOBS, (attribute("limit", Tag.INTEGER, -1),), b"", StatusCode.NOT_SUPPORTED, "from 1 on"),
    (Operation.GET_JOBS, (attribute("limit", Tag.INTEGER, 0),), b"", StatusCode.NOT_SUPPORTED, "from 1 on"),
    (Operation.GET_JOBS, (attribute("limit", Tag.BOOLEAN, True),), b"", StatusCode.NOT_SUPPORTED, "from 1 on"),
    (Operation.PRINT_JOB, (), b"", StatusCode.BAD_REQUEST, "document is missing"),
]


def test_what_makes_no_sense_is_refused_with_its_reason_and_the_next_one_is_printed() -> None:
    async def run() -> None:
        world = HostedWorld()
        name = attribute("job-name", Tag.NAME, "Kopie\x1b[2J\n\udcff")
        async with open_ipp_printer(world) as binding, open_http(binding.replace("ipp://", "http://")) as http:
            talk = IppTalk(http, binding)
            for operation, attributes, document, status, why in REFUSED:
                answer = await talk.ask(operation, *attributes, document=document)
                (said,) = answer.group(GroupTag.OPERATION).all("status-message")
                assert (answer.code, why in str(said)) == (status, True), said
            answer = await talk.ask(Operation.PRINT_JOB, name, document=PDF)
            assert answer.code == StatusCode.OK
            while not world.state.tray:
                await world.changed(world.state.revision)
        shown = f"Kopie\\x1b[2J \\udcff {hashlib.sha256(PDF).hexdigest()}"
        assert world.state.tray == (shown,), "a name from the network moves nobody's cursor"

    asyncio.run(run())
