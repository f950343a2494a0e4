"""The codec of signature pads alone: what a pad says on a serial line, on USB, and over USB/IP. Nothing is opened.

`framing` finds reports on a serial line, `table` makes values of them; on USB they come whole. `usbip` is the way to a
USB device on another computer: what is asked goes through `encode`, what comes back through `AnswerReader.feed`.
"""

from __future__ import annotations

from lisa_core.equipment.codecs.stu.framing import Deframer, frame
from lisa_core.equipment.codecs.stu.reports import GetReport, PenDataTimeCountSequence, is_down, pressure
from lisa_core.equipment.codecs.stu.table import decode, encode
from lisa_core.equipment.codecs.usb import get_report
from lisa_core.equipment.codecs.usbip import IN, AnswerReader, Submit
from lisa_core.equipment.codecs.usbip import encode as encode_usbip

# A pen report as it comes over the serial line of an STU-430V, after a broken one, in two pieces.
LINE = bytes.fromhex("c0 0f 1a") + frame(encode(PenDataTimeCountSequence(0x93E8, 5339, 3528, 3513, 1)), 0x0000)


def main() -> None:
    deframer = Deframer(0x0000)
    for piece in (LINE[:9], LINE[9:]):
        for found in deframer.feed(piece):
            report = decode(found) if isinstance(found, bytes) else found
            print(report)
            if isinstance(report, PenDataTimeCountSequence):
                print(f"Der Stift {'berührt' if is_down(report.head) else 'schwebt'}, Druck {pressure(report.head)}")
    print("Frage nach dem Zustand, seriell:", frame(encode(GetReport(0x03)), 0x0000).hex(" "))
    question = Submit(1, 0x10001, IN, 0, 5, get_report(0x03, 5).encode())
    print("dieselbe an USB:", question.setup.hex(" "), f"und über USB/IP: {len(encode_usbip(question))} Bytes")
    reader = AnswerReader()
    reader.expect(question)
    answer = bytes.fromhex("00000003 00000001" + "00" * 16 + "00000005" + "00" * 20 + "0300000000")
    for told in reader.feed(answer):
        print(told)


if __name__ == "__main__":
    main()
