"""Wacom STU codec: the vectors that are known, every report there and back, and a line full of junk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu.framing import CRC_START, MAX_REPORT, Damaged, Deframer, frame
from lisa_core.equipment.codecs.stu.reports import PadState, Report, image_reports, result_name
from lisa_core.equipment.codecs.stu.settings import DefaultMode
from lisa_core.equipment.codecs.stu.table import BY_KIND, TABLE, Use, decode, encode

U8, U16, U32 = (st.integers(0, 2**bits - 1) for bits in (8, 16, 32))
TEXTS = {f"{size}s": st.binary(min_size=size, max_size=size) for size in (2, 3, 4, 8, 9, 10, 13, 16, 64)}
FIELDS = {"B": U8, "H": U16, "I": U32} | TEXTS


def _fields(layout: str) -> list[st.SearchStrategy[object]]:
    found, digits = [], ""
    for sign in layout.lstrip("<>"):
        if sign.isdigit():
            digits += sign
        else:
            found.append(FIELDS[digits + sign])
            digits = ""
    return found


REPORTS = st.one_of(
    *(
        st.builds(row.kind, *_fields(row.layout), *([st.binary(max_size=MAX_REPORT - 3)] if row.open_ended else []))
        for row in TABLE
    )
)


@pytest.mark.parametrize(
    ("report", "crc", "line"),
    [
        # Which of the two CRCs a pad uses is unverified; both vectors stand, so that neither can drift.
        (stu.GetReport(0x03), "0000", "c0 05 40 00 64 1c 08"),
        (stu.GetReport(0x03), "ffff", "c0 05 40 00 64 07 08"),
        (stu.GetReport(0x03), "none", "80 03 40 00 60"),
        (stu.SetResult(0), "none", "80 03 40 40 00"),
        # As the vendor's converter sent them (le2ni/stusign, tests/serial-protocol.test.ts).
        (stu.GetReport(0x08), "0000", "c0 05 40 02 0c 00 30"),
        (DefaultMode(1), "0000", "c0 06 06 00 20 0c 0c 4c"),
        (stu.Reset(1), "0000", "c0 05 02 00 38 30 00"),
    ],
)
def test_vectors_of_the_serial_line(report: Report, crc: str, line: str) -> None:
    assert frame(encode(report), CRC_START[crc]) == bytes.fromhex(line)
    assert Deframer(CRC_START[crc]).feed(bytes.fromhex(line)) == [encode(report)]


@pytest.mark.parametrize(
    ("data", "report"),
    [
        ("03 02 02 34 12", stu.Status(PadState.CAPTURE, 2, 0x1234)),
        ("08 53 54 55 2d 34 33 30 56 00 01 02 00 00 00 00 00", stu.Information(b"STU-430V\0", 1, 2)),
        (
            "09 25 80 17 70 03 ff 01 40 00 c8 c8 09 ec 03 00 00",
            stu.Capability(9600, 6000, 1023, 320, 200, 200, 2540, 3),
        ),
        ("2a 01 00 02 00 3f 01 c7 00", stu.HandwritingDisplayArea(1, 2, 319, 199)),
        ("22 15 00 10 00", stu.InkThreshold()),
        ("34 93 ff 12 34 0f ff ff fe 00 07", stu.PenDataTimeCountSequence(0x93FF, 0x1234, 0x0FFF, 0xFFFE, 7)),
        ("01 80 00 00 10 00 20", stu.PenData(0x8000, 16, 32)),
        ("15 00 c0 ff ee", stu.StartCapture(0x00C0FFEE)),
        ("26 02 00 aa bb 00", stu.ImageDataBlock(2, b"\xaa\xbb\0")),
        ("80 08", stu.GetReport(8)),
        # As the vendor's FAQ prints it ("STU Serial Connection", serial2hid).
        ("08 53 54 55 2d 35 34 30 00 00 01 00 00 02 00 00 00", stu.Information(b"STU-540\0\0", 1, 0, 0, b"\2\0\0\0")),
        ("03 02", stu.Unknown(3, b"\x02")),
        ("ee 01", stu.Unknown(0xEE, b"\x01")),
    ],
)
def test_byte_orders_of_the_manual(data: str, report: Report | stu.Unknown) -> None:
    """Capabilities and pen data are big endian, settings little endian."""
    assert decode(bytes.fromhex(data)) == report
    if not isinstance(report, stu.Unknown):
        assert encode(report) == bytes.fromhex(data)


def test_an_acknowledgement_without_a_crc_among_reports_with_one() -> None:
    """As an STU-540 with firmware 1.8 sends them, and no other report may come so (le2ni/stusign, hardware tests)."""
    deframer = Deframer(0, steady=True)
    assert deframer.feed(frame(b"\x80\x08", 0)) == [b"\x80\x08"]
    assert deframer.feed(bytes.fromhex("80 03 40 40 00")) == [b"\x81\x00"]
    assert deframer.feed(frame(b"\x80\x08", None)) == [Damaged(crc=False)]


def test_pen_bits() -> None:
    assert stu.pen_head(near=True, down=True, pressure=1023) == 0x93FF
    assert stu.is_near(0x8000)
    assert not stu.is_down(0x8000)
    assert stu.is_down(0xA000), "any of the three switches is a touch"
    assert stu.pressure(0x93FF) == 1023


def test_table_is_one_for_both_ends() -> None:
    assert BY_KIND[stu.ClearScreen].states == {PadState.READY}
    assert BY_KIND[stu.EndCapture].states == {PadState.CAPTURE}
    assert BY_KIND[stu.ImageDataBlock].states == {PadState.IMAGE}
    assert BY_KIND[stu.InkingMode].states == set(PadState)
    assert all(row.use for row in TABLE)
    assert BY_KIND[stu.Status].use == Use.GET
    assert (result_name(2), result_name(0x7F)) == ("wrong_state", "result_0x7f")


@given(REPORTS, st.sampled_from(list(CRC_START.values())))
def test_every_report_there_and_back(report: Report, crc_start: int | None) -> None:
    line = frame(encode(report), crc_start)
    assert all((byte >= 0x80) == (place == 0) for place, byte in enumerate(line))
    assert [decode(found) for found in Deframer(crc_start).feed(line) if isinstance(found, bytes)] == [report]


@given(st.lists(st.one_of(REPORTS, st.binary(max_size=12)), max_size=8), st.integers(1, 40), st.booleans())
def test_no_whole_frame_is_lost_among_junk(parts: list[Report | bytes], piece: int, with_crc: bool) -> None:
    crc_start = 0 if with_crc else None
    line = b"".join(part if isinstance(part, bytes) else frame(encode(part), crc_start) for part in parts)
    deframer = Deframer(crc_start)
    found = [one for start in range(0, len(line), piece) for one in deframer.feed(line[start : start + piece])]
    rest = iter(found)
    for part in parts:
        if not isinstance(part, bytes):
            assert encode(part) in rest


@given(REPORTS, st.data())
def test_a_flipped_bit_never_gives_another_report(report: Report, data: st.DataObject) -> None:
    """With a CRC one flipped bit costs that frame at most, and the next one arrives."""
    good, line = frame(b"\x80\x03", 0), bytearray(frame(encode(report), 0))
    at = data.draw(st.integers(0, len(line) - 1))
    line[at] ^= 1 << data.draw(st.integers(0, 7))
    first, *others, last = Deframer(0, steady=True).feed(good + bytes(line) + good)
    assert first == last == b"\x80\x03"
    for one in others:  # a shorter frame may have a fitting CRC by chance, but no fitting length for its report
        assert isinstance(one, Damaged) or one == encode(report) or isinstance(decode(one), stu.Unknown)


def test_endless_and_broken_frames_are_bounded() -> None:
    deframer = Deframer(0)
    assert deframer.feed(b"\xbf\x7f") == [Damaged(crc=False)], "longer than any report"
    assert deframer.feed(b"\x00" * 10_000) == []
    assert deframer.feed(b"\xc0\x05\x40\x00\x64\x1d\x08") == [Damaged(crc=True)]
    assert deframer.feed(b"\x80\x00\xc0\x01\x7f") == [Damaged(crc=False), Damaged(crc=False)]
    with pytest.raises(ValueError, match="1 to 2560"):
        frame(b"", 0)
    with pytest.raises(ValueError, match="InkingMode"):
        encode(stu.InkingMode(256))


def test_a_picture_goes_in_blocks() -> None:
    start, first, second, end = image_reports(0, bytes(300))
    assert (start, end) == (stu.StartImageData(0), stu.EndImageData())
    assert isinstance(first, stu.ImageDataBlock)
    assert isinstance(second, stu.ImageDataBlock)
    assert (first.count, second.count) == (253, 47)
