"""Whatever bytes come: each codec, and each emulated device behind one, gives a value or a `LisaError` and goes on."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.devices import door, presence
from emulator.devices.scanner import CAPABILITIES
from emulator.devices.stu.pad import StuPad
from emulator.world.world import World
from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs import escl, ld2410, modbus_rtu, pjl, printer_status
from lisa_core.equipment.codecs.escl_capabilities import read_capabilities, write_capabilities
from lisa_core.equipment.codecs.modbus_rtu import ExceptionResponse, Function, Request
from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu.framing import Deframer, frame
from lisa_core.equipment.codecs.stu.table import TABLE, decode, encode
from tests.protocols.test_modbus_rtu import exchanges

LONG = os.environ.get("LISA_LONG") == "1"


def unit(data: bytes) -> None:
    memory = door.Unit()
    for message in modbus_rtu.RequestParser().feed(data):
        said = message
        if isinstance(message, Request):
            memory, answered = door.answer(memory, door.inputs(World()), message)
            if not isinstance(answered, ExceptionResponse):
                modbus_rtu.encode_answer(message, answered)
                continue
            said = answered
        assert isinstance(said, ExceptionResponse)
        modbus_rtu.encode_exception(said)


def master(data: bytes) -> None:
    for request in (
        Request(1, Function.READ_COILS, 0, 8),
        Request(1, Function.READ_HOLDING, 0, 2),
        Request(1, Function.WRITE_COIL, 0, values=(1,)),
    ):
        modbus_rtu.AnswerParser(request, echo=request.values == (1,)).feed(data)


def radar(data: bytes) -> None:
    module = presence.Radar()
    for message in ld2410.Parser().feed(data):
        ld2410.encode(message)
        if isinstance(message, ld2410.Command):
            module, ack = presence.answer(module, message)
            ld2410.encode(ack)


def pad(data: bytes) -> None:
    device = StuPad()
    for found in (*Deframer(0).feed(data), *Deframer(None, steady=True).feed(data)):
        if isinstance(found, bytes):
            decode(found)
        if answered := device.answer(found, 0):
            encode(answered)


def printer(data: bytes) -> None:
    job = pjl.read_job(data)
    assert len(job.name) <= pjl.MAX_NAME
    assert job.name.isprintable() or not set(job.name) & set("\0\x1b\r\n")


CODECS: Mapping[str, Callable[[bytes], object]] = {
    "modbus unit": unit,
    "modbus master": master,
    "radar": radar,
    "pad": pad,
    "printer": printer,
    "printer's host": lambda data: printer_status.StatusParser().feed(data),
    "scanner status": escl.read_status,
    "scan request": escl.read_request,
    "scanner capabilities": read_capabilities,
}
WORDS = st.one_of(
    st.sampled_from(["2550.5", "-1", "inf", "NaN", "1e9", "0x10", "٣", "9" * 400, "", "Idle", "Platen", "RGB24", "\0"]),
    st.text(max_size=12),
)
NAMES = st.sampled_from(["State", "AdfState", "Jobs", "JobInfo", "ImagesCompleted", "XResolution", "Width", "Platen"])
TREES = st.recursive(WORDS, lambda inner: st.lists(st.tuples(NAMES, inner), max_size=4), max_leaves=12)


def written(tree: object) -> str:
    if isinstance(tree, list):
        return "".join(f"<pwg:{name} xmlns:pwg='x'>{written(inner)}</pwg:{name}>" for name, inner in tree)
    return str(tree)


def seals(report: stu.Report) -> bytes:
    return frame(encode(report), 0)


FRAMES = st.one_of(
    exchanges().map(lambda talk: modbus_rtu.encode_request(talk[0])),
    st.builds(ld2410.Command, st.integers(0, 255), st.binary(max_size=30)).map(ld2410.encode),
    st.builds(ld2410.Acknowledgement, st.integers(0, 255), st.booleans(), st.binary(max_size=30)).map(ld2410.encode),
    st.tuples(st.sampled_from(TABLE), st.binary(max_size=30)).map(
        lambda had: frame(bytes((had[0].number,)) + had[1], 0)
    ),
    st.integers(0, 255).map(lambda number: seals(stu.GetReport(number))),
    st.text(max_size=90).map(lambda name: pjl.write_job(pjl.PrintJob(name, b"%PDF-1.7"))),
    st.text(max_size=90).map(lambda text: printer_status.write_status("USTATUS JOB", text)),
    TREES.map(lambda tree: f"<ScannerStatus>{written(tree)}</ScannerStatus>".encode("utf-8", "surrogatepass")),
    TREES.map(lambda tree: f"<ScanSettings>{written(tree)}</ScanSettings>".encode("utf-16")),
    st.just(write_capabilities(CAPABILITIES)),
)


@st.composite
def streams(draw: st.DrawFn) -> bytes:
    """Frames and noise one after the other, some of it overwritten."""
    data = bytearray(b"".join(draw(st.lists(st.one_of(FRAMES, st.binary(max_size=40)), max_size=4))))
    for _ in range(draw(st.integers(0, 3)) if data else 0):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data)


@pytest.mark.parametrize("name", CODECS)
def test_any_bytes_end_in_a_value_or_a_sentence(name: str) -> None:
    @settings(max_examples=1000 if LONG else 50)
    @given(streams())
    def holds(data: bytes) -> None:
        with contextlib.suppress(ProtocolError):
            CODECS[name](data)

    holds()


@pytest.mark.parametrize("value", ["2550.5", "-1", "inf", "1e3", "9" * 40, "٣", " 7 7 "])
def test_a_number_that_is_none_is_refused_and_named(value: str) -> None:
    """In what a client asks for. What a device says of itself so limits nothing, and the device stays usable."""
    ours = escl.ScanRequest(escl.Source.FEEDER, escl.ColourMode.GREY, "image/jpeg", 75, escl.Region())
    with pytest.raises(ProtocolError, match="Width"):
        escl.read_request(re.sub(rb"(?<=<pwg:Width>)\d+", value.encode(), escl.write_request(ours)))
    text = re.sub(rb"(?<=<scan:MaxWidth>)\d+", value.encode(), write_capabilities(CAPABILITIES))
    widths = {caps.max_width for caps in read_capabilities(text).sources.values()}
    assert widths == {2550 if value == "2550.5" else 0}
