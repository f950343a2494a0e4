"""Using a codec alone: bytes in, messages out. Nothing is opened; where the bytes come from is the caller's business.

Every module of `lisa_core/equipment/codecs` works like this one: `Parser.feed` takes whatever has arrived, in pieces of
any size, and `encode` makes the bytes of one message.
"""

from __future__ import annotations

from lisa_core.equipment.codecs.ld2410 import Parser, Report, Status, encode

# A report as the manual prints it (2.3.2), with line noise before it, arriving in two pieces.
PIECES = (bytes.fromhex("00 ff f4f3f2f1 0d00 02aa 02 5100"), bytes.fromhex("00 0000 3b 0000 5500 f8f7f6f5"))


def main() -> None:
    parser = Parser()
    for piece in PIECES:
        found = parser.feed(piece)
        print(f"{len(piece)} Bytes: {found or 'noch nichts Ganzes'}")
    print(f"übersprungen: {parser.skipped} Bytes")
    print(encode(Report(Status.MOVING, moving_cm=140, moving_energy=50)).hex(" "))


if __name__ == "__main__":
    main()
