"""What devices answer and what clients ask the emulated ones: each wire protocol, both ends."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from random import Random

import httpx

from emulator.devices import door, presence
from emulator.devices.stu.pad import StuPad
from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.domain.model.readings import ScanSettings, ScanSource
from lisa_core.equipment.codecs import escl, ld2410
from lisa_core.equipment.codecs.escl_capabilities import read_capabilities, write_capabilities
from lisa_core.equipment.codecs.escl_image_info import ImageInfo, read_image_info, write_image_info
from lisa_core.equipment.codecs.modbus_rtu import (
    Answer,
    AnswerParser,
    ExceptionResponse,
    Function,
    Reason,
    Request,
    RequestParser,
    encode_answer,
    encode_exception,
    encode_request,
)
from lisa_core.equipment.codecs.pjl import PrintJob, read_job, write_job
from lisa_core.equipment.codecs.printer_status import DeviceStatus, StatusParser
from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu.framing import Damaged, Deframer, frame
from lisa_core.equipment.codecs.stu.table import TABLE, decode, encode
from lisa_core.equipment.drivers.escl import Patience, connect_escl
from lisa_core.equipment.lines.http import open_http
from tests.fuzz.edge import Edge, runner
from tests.fuzz.mutation import damaged, pieces, stream
from tests.fuzz.shapes import either, json_text, xml_text
from tests.protocols.test_escl import FROM_A_DEVICE, FROM_LIBSANE
from tests.protocols.test_ld2410 import MANUAL
from tests.protocols.test_modbus_rtu import EXAMPLES

MOST_KEPT = 4_096
"""A parser holds back no more than the longest frame of its protocol, and that is shorter."""
_ASKED = (Request(1, Function.READ_INPUTS, 0, 8), Request(1, Function.WRITE_COILS, 0, 3, (1, 0, 1)))


def radar_frames() -> Sequence[bytes]:
    return [bytes.fromhex(text) for text in MANUAL]


def take_radar(data: bytes, chance: Random) -> None:
    """Both ends, and the emulated module: whatever it is told, it has an answer that can be sent."""
    parser, module = ld2410.Parser(), presence.Radar(configuring=True)
    for piece in pieces(chance, data):
        for message in parser.feed(piece):
            assert ld2410.Parser().feed(ld2410.encode(message)) == [message]
            if isinstance(message, ld2410.Command):
                module, said = presence.answer(module, message)
                assert ld2410.Parser().feed(ld2410.encode(said)) == [said]
    assert parser.skipped <= len(data)


def modbus_questions() -> Sequence[bytes]:
    return [*(encode_request(request) for request, _, _, _ in EXAMPLES), *map(encode_request, _ASKED)]


def modbus_answers() -> Sequence[bytes]:
    refused = encode_exception(ExceptionResponse(1, Function.READ_INPUTS, Reason.ILLEGAL_ADDRESS))
    answers = [encode_answer(request, answer) for request, answer, _, _ in EXAMPLES]
    inputs = encode_answer(_ASKED[0], Answer((0, 1, 0, 0, 0, 0, 0, 1)))
    return [*answers, refused, inputs, encode_answer(_ASKED[1], Answer())]


def take_modbus_question(data: bytes, chance: Random) -> None:
    """The emulated unit: what it understands it answers by the standard, whatever that is."""
    parser, unit = RequestParser(), door.Unit()
    for piece in pieces(chance, data):
        for message in parser.feed(piece):
            if isinstance(message, ExceptionResponse):
                encode_exception(message)
                continue
            assert RequestParser().feed(encode_request(message)) == [message]
            unit, said = door.answer(unit, (False,) * door.CHANNELS, message)
            reply = encode_exception(said) if isinstance(said, ExceptionResponse) else encode_answer(message, said)
            assert AnswerParser(message).feed(reply) == said


def take_modbus_answer(data: bytes, chance: Random) -> None:
    request = chance.choice((*(request for request, _, _, _ in EXAMPLES), *_ASKED))
    parser = AnswerParser(request)
    for piece in pieces(chance, data):
        if answer := parser.feed(piece):
            if isinstance(answer, Answer) and answer.values:
                assert len(answer.values) == request.count
            return


def pad_lines() -> Sequence[bytes]:
    """Every report of the table on the serial line, with and without CRC."""
    found = []
    for row in TABLE:
        for filling in (b"\x00", b"\x7f", b"\xff"):
            report = decode(bytes((row.number,)) + filling * 40)
            for size in range(1, 41):
                report = decode(bytes((row.number,)) + filling * size)
                if not isinstance(report, stu.Unknown):
                    break
            if not isinstance(report, stu.Unknown):
                found += [frame(encode(report), start) for start in (0x0000, 0xFFFF, None)]
    return found


def take_pad_line(data: bytes, chance: Random) -> None:
    """The driver's end: whole reports that can be written again."""
    deframer = Deframer(chance.choice((0x0000, 0xFFFF, None)), steady=chance.random() < 0.5)
    for piece in pieces(chance, data):
        for found in deframer.feed(piece):
            if not isinstance(found, Damaged):
                assert found
                report = decode(found)
                assert isinstance(report, stu.Unknown) or decode(encode(report)) == report


def take_pad_command(data: bytes, chance: Random) -> None:
    """The emulated pad's end: whatever it is told, it has an answer that can be sent, or none."""
    deframer, pad = Deframer(None), StuPad()
    for number, piece in enumerate(pieces(chance, data)):
        for found in deframer.feed(piece):
            if (said := pad.answer(found, number * 1_000)) is not None:
                frame(encode(said), None)


def capabilities() -> Sequence[bytes]:
    caps = read_capabilities(FROM_A_DEVICE.encode())
    return [FROM_A_DEVICE.encode(), write_capabilities(caps)]


def take_capabilities(data: bytes, chance: Random) -> None:
    caps = read_capabilities(data)
    assert read_capabilities(write_capabilities(caps)) == caps


def statuses() -> Sequence[bytes]:
    job = escl.JobInfo("/eSCL/ScanJobs/1", "1", escl.JobState.COMPLETED, 2)
    states = [
        escl.ScannerStatus(state, feeder, (job, job)) for state in escl.State for feeder in (None, *escl.FeederState)
    ]
    return [escl.write_status(status) for status in states]


def take_status(data: bytes, chance: Random) -> None:
    status = escl.read_status(data)
    assert escl.read_status(escl.write_status(status)) == status


def scan_requests() -> Sequence[bytes]:
    region = escl.Region(0, 0, 2480, 3508)
    ours = escl.ScanRequest(escl.Source.FEEDER, escl.ColourMode.GREY, "image/jpeg", 150, region)
    return [FROM_LIBSANE.encode(), escl.write_request(ours)]


def take_scan_request(data: bytes, chance: Random) -> None:
    request = escl.read_request(data)
    assert escl.read_request(escl.write_request(request)) == request


def image_infos() -> Sequence[bytes]:
    blanks = (None, True, False)
    return [write_image_info(ImageInfo("/eSCL/ScanJobs/1", "1", 620, 877, 1860, blank)) for blank in blanks]


def take_image_info(data: bytes, chance: Random) -> None:
    info = read_image_info(data)
    assert read_image_info(write_image_info(info)) == info


def print_jobs() -> Sequence[bytes]:
    """As our driver writes them, and as drivers of others do (HP's PJL Technical Reference, chapter 4)."""
    pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
    uel = b"\x1b%-12345X"
    foreign = uel + b'@PJL\r\n@PJL COMMENT "x"\r\n@PJL SET COPIES=2\r\n@PJL enter language=pdf\r\n' + pdf + uel
    return [write_job(PrintJob("Kopie", pdf)), pdf, foreign, uel + b"@PJL INFO STATUS\r\n" + uel]


def take_print_job(data: bytes, chance: Random) -> None:
    job = read_job(data)
    assert job.document.startswith(b"%PDF-")


def printer_answers() -> Sequence[bytes]:
    """The examples of HP's PJL Technical Reference, 7-35 and 5-14, an error of PostScript, and a web server."""
    opened = b'@PJL USTATUS DEVICE\r\nCODE=40021\r\nDISPLAY="12 PRINTER OPEN"\r\nONLINE=FALSE\r\n\x0c'
    ended = b'@PJL USTATUS JOB\r\nEND\r\nNAME="job name"\r\nPAGES=123\r\nID=346\r\nRESULT=OK\r\n\x0c'
    return [opened, ended, b"%%[ Error: undefined; OffendingCommand: x ]%%\n", b"HTTP/1.0 400 Bad Request\r\n\r\n"]


def take_printer_answer(data: bytes, chance: Random) -> None:
    parser = StatusParser()
    for said in (one for piece in pieces(chance, data) for one in parser.feed(piece)):
        assert not isinstance(said, DeviceStatus) or (said.code < 1_000_000 and said.display.isprintable())


def scanner_talks() -> Sequence[bytes]:
    """What a scanner answers to one job, by the last part of the path: status, head, body."""
    status = escl.write_status(escl.ScannerStatus(escl.State.IDLE, escl.FeederState.LOADED)).decode()
    jammed = escl.write_status(escl.ScannerStatus(escl.State.STOPPED, escl.FeederState.JAM)).decode()
    made = [201, {"Location": "/eSCL/ScanJobs/1"}, ""]
    page = [200, {"Content-Type": "image/jpeg"}, "\xff\xd8\xff page \xff\xd9"]
    later = [503, {"Retry-After": "0"}, ""]
    odd = [201, {"Location": "http://x//other.example:80/y", "Retry-After": "1"}, ""]
    talks = (
        {"ScanJobs": made, "NextDocument": page, "ScannerStatus": [200, {}, status]},
        {"ScanJobs": odd, "NextDocument": [404, {}, ""], "ScannerStatus": [200, {}, status]},
        {
            "ScanJobs": [409, {}, ""],
            "NextDocument": later,
            "ScannerStatus": [200, {}, jammed],
        },
        {"ScanJobs": [307, {"Location": "http://other.example/y"}, ""], "ScannerStatus": [200, {}, status]},
    )
    return [json.dumps(talk).encode() for talk in talks]


def take_scanner_talk(data: bytes, chance: Random) -> None:
    """Whatever it says, the driver asks nobody but the scanner, and ends with pages or a fault."""
    try:
        answers = {str(key): (int(said[0]), dict(said[1]), str(said[2])) for key, said in json.loads(data).items()}
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError):
        return  # nothing that HTTP could carry

    def answer(request: httpx.Request) -> httpx.Response:
        assert (request.url.scheme, request.url.netloc) == ("http", b"scanner.example:8080"), str(request.url)
        last = request.url.path.rpartition("/")[2]
        if last == "ScannerCapabilities":
            return httpx.Response(200, content=capabilities()[0])
        status, head, body = answers.get(last, (404, {}, ""))
        clean = [(_printable(key), _printable(value)) for key, value in head.items()]
        return httpx.Response(100 + (status - 100) % 900, headers=clean, content=body.encode("latin-1", "replace"))

    async def scan() -> None:
        address = "http://scanner.example:8080/eSCL"
        async with open_http(address, wire=httpx.MockTransport(answer)) as http:
            scanner = await connect_escl(http, address, Patience(2, 0.0, 0.0))
            source, dpi = next(iter(scanner._caps.sources.items()))[0], 100
            settings = ScanSettings(ScanSource.PLATEN if source is escl.Source.PLATEN else ScanSource.FEEDER, dpi, True)
            pages = 0
            async with contextlib.aclosing(scanner.scan(settings)) as scanning:
                async for page in scanning:
                    pages += bool(page.data)
                    if pages > 3:
                        break

    runner().run(scan())


def _printable(text: object) -> bytes:
    """As much of it as may stand in a head."""
    return "".join(one for one in str(text) if " " <= one <= "~")[:2_000].encode() or b"x"


_PROTOCOL = (ProtocolError,)
EDGES = (
    Edge("radar", radar_frames, either(stream, damaged), take_radar, 26_000, ()),
    Edge("modbus-question", modbus_questions, either(stream, damaged), take_modbus_question, 30_000, ()),
    Edge("modbus-answer", modbus_answers, either(stream, damaged), take_modbus_answer, 30_000, ()),
    Edge("pad-line", pad_lines, either(stream, damaged), take_pad_line, 40_000, ()),
    Edge("pad-command", pad_lines, either(stream, damaged), take_pad_command, 25_000, ()),
    Edge("escl-capabilities", capabilities, either(xml_text, damaged), take_capabilities, 46_000, _PROTOCOL),
    Edge("escl-status", statuses, either(xml_text, damaged), take_status, 30_000, _PROTOCOL),
    Edge("escl-request", scan_requests, either(xml_text, damaged), take_scan_request, 30_000, _PROTOCOL),
    Edge("escl-image-info", image_infos, either(xml_text, damaged), take_image_info, 10_000, _PROTOCOL),
    Edge("scanner-talk", scanner_talks, json_text, take_scanner_talk, 20_000, (DeviceFault,)),
    Edge("print-job", print_jobs, damaged, take_print_job, 10_000, _PROTOCOL),
    Edge("printer-answer", printer_answers, either(stream, damaged), take_printer_answer, 10_000, ()),
)
