"""A byte costs what a byte costs: in a long stream at most twice as much as in a short one, whatever stands in it.

Counted is what this process computes, best of several, so that a busy machine only makes the test longer.
"""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable, Mapping
from functools import partial

import pytest

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs import escl, ld2410, modbus_rtu, pjl
from lisa_core.equipment.codecs.modbus_rtu import Function, Request
from lisa_core.equipment.codecs.stu import framing
from lisa_core.equipment.codecs.xml_tree import read_xml

SHORT, LONG, TRIES, RATIO = 1024, 64 * 1024, 8, 2.0
NOISE = random.Random(4).randbytes(LONG)

Feed = Callable[[bytes], object]
COILS = Request(1, Function.WRITE_COILS, 0, 1960, (0,) * 1960)
REPORT = ld2410.encode(ld2410.Report(ld2410.TargetState.MOVING, 100))

PARSERS: Mapping[str, tuple[Callable[[], Feed], tuple[bytes, ...]]] = {
    "modbus unit": (
        lambda: modbus_rtu.RequestParser().feed,
        (b"\x0f\xf6", modbus_rtu.encode_request(COILS)),
    ),
    "modbus master, reading": (
        lambda: modbus_rtu.AnswerParser(Request(1, Function.READ_COILS, 0, 2000)).feed,
        (b"\x01\x01\xfa", b"\x01\x81"),
    ),
    "modbus master, writing": (
        lambda: modbus_rtu.AnswerParser(Request(1, Function.WRITE_COIL, 0, values=(1,)), echo=True).feed,
        (b"\x01\x05\x00\x00\xff\x00",),
    ),
    "radar": (
        lambda: ld2410.Parser().feed,
        (REPORT, REPORT[:-1], ld2410.REPORT_HEADER, ld2410.COMMAND_HEADER + b"\x40\x00", ld2410.COMMAND_HEADER),
    ),
    "pad": (
        lambda: framing.Deframer(0).feed,
        (b"\xc0", b"\x80\x01\x00", framing.frame(bytes(100), 0), b"\xd6\x70\x00"),
    ),
}


@pytest.mark.parametrize(("piece", "size"), [(LONG, LONG), (1, LONG // 8)], ids=["in one piece", "byte by byte"])
@pytest.mark.parametrize("name", PARSERS)
def test_of_a_stream(name: str, piece: int, size: int) -> None:
    new, streams = PARSERS[name]
    for stream in (NOISE, *streams):
        data = (stream * (size // len(stream) + 1))[:size]

        def at_once(data: bytes = data) -> None:
            _feed(new(), data, piece)

        def in_parts(data: bytes = data) -> None:
            for at in range(0, size, SHORT):
                _feed(new(), data[at : at + SHORT], piece)

        assert _ratio(at_once, in_parts) <= RATIO, stream[:9]


XML = (b"<a/>", b"x<a/>", b"<a>x</a>", b"&lt;", b'<a b="c"/>', b"<State>x</State>")
JOBS = (b"@PJL JOB NAME = ", b"@PJL X\r\n", pjl.UEL, b"@PJL " + b"x" * 990 + b"\n", pjl.UEL + b"@PJL\n")


@pytest.mark.parametrize("read_it", [partial(read_xml, root="ScannerStatus"), escl.read_status], ids=["tree", "status"])
@pytest.mark.parametrize("middle", XML)
def test_of_a_document(middle: bytes, read_it: Feed) -> None:
    def read(size: int) -> None:
        with contextlib.suppress(ProtocolError):
            read_it(b"<ScannerStatus>" + middle * ((size - 40) // len(middle)) + b"</ScannerStatus>")

    assert _ratio(partial(read, LONG), partial(_each, read, SHORT)) <= RATIO


@pytest.mark.parametrize("middle", JOBS)
def test_of_a_print_job(middle: bytes) -> None:
    """What the printer's language is looked for in has a bound of its own: beyond it a byte costs next to nothing."""

    def read(size: int) -> None:
        with contextlib.suppress(ProtocolError):
            pjl.read_job(pjl.UEL + middle * (size // len(middle)))

    assert _ratio(partial(read, LONG), partial(_each, read, 16 * SHORT)) <= RATIO


def _each(read: Callable[[int], None], size: int) -> None:
    for _ in range(LONG // size):
        read(size)


def _feed(feed: Feed, data: bytes, piece: int) -> None:
    for at in range(0, len(data), piece):
        feed(data[at : at + piece])


def _ratio(one: Callable[[], object], many: Callable[[], object]) -> float:
    """How much longer the one takes; measured again until it is decided."""
    best_one = best_many = float("inf")
    for _ in range(TRIES):
        best_one, best_many = min(best_one, _cost(one)), min(best_many, _cost(many))
        if best_one <= RATIO * best_many:
            break
    return best_one / best_many


def _cost(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
