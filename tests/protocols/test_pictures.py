"""The frames that stand as examples in the pictures at the head of each codec are frames, and mean what is said."""

from __future__ import annotations

import re
from types import ModuleType

import pytest

from lisa_core.equipment.codecs import hilink, ld2410, ld2450, modbus_pdu, modbus_rtu, modbus_tcp, pjl, stu
from lisa_core.equipment.codecs.modbus_rtu import ExceptionResponse, Function, Request
from lisa_core.equipment.codecs.stu import framing
from lisa_core.equipment.codecs.stu.reports import GetReport, InkingMode
from lisa_core.equipment.codecs.stu.table import encode

INPUTS = Request(1, Function.READ_INPUTS, 0, 4)
REFUSED = ExceptionResponse(1, Function.READ_INPUTS, modbus_rtu.Reason.ILLEGAL_ADDRESS)
INKING = encode(InkingMode(1))
EXAMPLES: list[tuple[ModuleType, list[bytes]]] = [
    (
        ld2410,
        [
            ld2410.encode(ld2410.Report(ld2410.TargetState.STILL, still_cm=87, still_energy=60, detection_cm=87)),
        ],
    ),
    (
        hilink,
        [
            hilink.encode_command(ld2410.Command(ld2410.Code.CONFIG_ENABLE, b"\x01\x00")),
            hilink.encode_command(ld2410.Acknowledgement(ld2410.Code.CONFIG_ENABLE, data=b"\x01\x00\x40\x00")),
        ],
    ),
    (ld2450, [ld2450.encode(ld2450.TrackingReport((ld2450.Target(-782, 1713, -16, 320), None, None)))]),
    (
        modbus_pdu,
        [
            modbus_pdu.request_pdu(Request(1, Function.READ_INPUTS, 196, 22)),
            bytes.fromhex("02 03 ac db 35"),
            modbus_pdu.exception_pdu(REFUSED),
        ],
    ),
    (
        modbus_tcp,
        [
            modbus_tcp.encode_request(INPUTS, 1),
            modbus_tcp.encode_answer(INPUTS, modbus_rtu.Answer((1, 0, 1, 0)), 1),
            modbus_tcp.encode_exception(REFUSED, 1),
        ],
    ),
    (
        modbus_rtu,
        [
            modbus_rtu.encode_request(INPUTS),
            modbus_rtu.encode_answer(INPUTS, modbus_rtu.Answer((1, 0, 1, 0))),
            modbus_rtu.encode_exception(REFUSED),
            modbus_rtu.encode_request(Request(1, Function.WRITE_COIL, 2, values=(1,))),
        ],
    ),
    (stu, [encode(GetReport(3)), INKING]),
    (framing, [INKING, framing.frame(INKING, None), framing.frame(INKING, 0x0000)]),
]


@pytest.mark.parametrize(("module", "frames"), EXAMPLES, ids=lambda value: getattr(value, "__name__", ""))
def test_the_frames_in_the_picture_are_those_of_the_codec(module: ModuleType, frames: list[bytes]) -> None:
    """Every example: two or more bytes in lower case, after at least three blanks."""
    found = re.findall(r"   ((?:[0-9a-f]{2} )+[0-9a-f]{2})(?=   |\n)", module.__doc__ or "")
    assert found == [frame.hex(" ") for frame in frames]


def test_the_job_in_the_picture_is_the_one_that_is_written() -> None:
    drawn = (pjl.__doc__ or "").split("\n\n")[-1]
    job = pjl.write_job(pjl.PrintJob("kopie", b"%PDF-1.7 ... %%EOF"))
    assert drawn.replace("UEL", pjl.UEL.decode()).split() == job.replace(pjl.UEL, b" %b " % pjl.UEL).decode().split()
