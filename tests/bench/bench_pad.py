"""How fast pen reports of a signature pad are read, beside the pad itself: `python -m tests.bench pad`.

A pad reports 200 times a second. A minute of writing is read from each line as the driver does it: found in the stream,
decoded, watched (`Vigil`) and made a sample; over USB/IP with the answers in which they come. Processor time, the
pad's own time is what it is compared with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from time import process_time

from lisa_core.equipment.codecs import usbip
from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu.framing import Damaged, Deframer, frame
from lisa_core.equipment.codecs.stu.table import decode, encode
from lisa_core.equipment.drivers.stu.vigil import Vigil
from tests.bench.pair import Row, interleaved, seconds

PER_SECOND, SECONDS, GOAL = 200, 60, 50
CHUNK = 1024
HEAD = stu.pen_head(near=True, down=True, pressure=500)


def reports(count: int) -> list[bytes]:
    return [
        encode(stu.PenDataTimeCountSequence(HEAD, at % 9600, at % 6000, 5 * at & 0xFFFF, at & 0xFFFF))
        for at in range(count)
    ]


def _pieces(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), CHUNK):
        yield data[start : start + CHUNK]


def serial(count: int) -> Callable[[], Iterable[bytes]]:
    line = b"".join(frame(report, 0x0000) for report in reports(count))

    def found() -> Iterator[bytes]:
        deframer = Deframer(0x0000, steady=True)
        for piece in _pieces(line):
            for one in deframer.feed(piece):
                if not isinstance(one, Damaged):
                    yield one

    return found


def on_usb(count: int) -> Callable[[], Iterable[bytes]]:
    whole = reports(count)
    return lambda: whole


def over_usbip(count: int) -> Callable[[], Iterable[bytes]]:
    stream = b"".join(usbip.encode(usbip.Submitted(at + 1, data=one)) for at, one in enumerate(reports(count)))

    def found() -> Iterator[bytes]:
        reader = usbip.AnswerReader()
        for seqnum in range(1, count + 1):
            reader.expect(usbip.Submit(seqnum, 1, usbip.IN, 1, 64))
        for piece in _pieces(stream):
            for answer in reader.feed(piece):
                if isinstance(answer, usbip.Submitted):
                    yield answer.data

    return found


LINES: dict[str, Callable[[int], Callable[[], Iterable[bytes]]]] = {
    "seriell": serial,
    "an USB": on_usb,
    "über USB/IP": over_usbip,
}


def read(found: Callable[[], Iterable[bytes]]) -> float:
    """Seconds of processor time for all that is found."""
    began_s, vigil, at_us = process_time(), Vigil("bench"), 0
    for data in found():
        report = decode(data)
        at_us += 5_000
        if isinstance(report, stu.PenDataTimeCountSequence):
            vigil.see(report, at_us)
    assert vigil.gaps == 0
    return process_time() - began_s


def rows(seconds_of_writing: int = SECONDS, times: int = 5) -> list[Row]:
    """For `make bench`."""
    told = []
    for name, made in LINES.items():
        found = made(PER_SECOND * seconds_of_writing)
        pair = interleaved(partial(read, found), lambda: float(seconds_of_writing), times)
        what = f"Unterschriftenpad {name}: {seconds_of_writing} s Stift gelesen, CPU"
        ratio = seconds_of_writing / pair.our_median
        told.append(
            Row(what, seconds(pair.our_median), "der Stift selbst", seconds(seconds_of_writing), ratio, GOAL, True)
        )
    return told


if __name__ == "__main__":
    print("\n".join(map(str, rows())))
