#!/bin/sh
# pyipp mixes the ranges of a printer into numbers and lists, and keeps only the last value of a set inside a collection.
#
# Expected: an attribute with several values (a 1setOf, RFC 8010, 3.1.5) is a list of them, wherever it stands: two ranges
# 1 to 2 and 5 to 9 are two pairs, and a tray set with tray-1 and tray-2 holds both, also as a member of a collection (3.1.6).
# Seen: the ranges are [1, 2, [5, 9]]: the first pair is taken for the list that the second is added to. Of the member with
# two values the first is lost without a word. Attributes of the printer itself that are sets of keywords are read rightly.
# Matters: whoever asks a printer through this package (Home Assistant does) which trays a paper may come from, or which
# pages and sizes it takes, is told less than the printer says. Read ranges and collections from the bytes, or ask with
# ipptool.
#
# Versions: the ones installed below. Seen on Debian 12 (x86_64), Python 3.11.7, November 2026:
#   two ranges [1, 2, [5, 9]]; a set in a collection tray-2; the same set in the printer ['tray-1', 'tray-2']
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'pyipp==0.17.2'

cat >"$room/ask.py" <<'PY'
import struct
import sys

from pyipp.parser import parse

KEYWORD, RANGE, BEGIN, MEMBER, END = 0x44, 0x33, 0x34, 0x4A, 0x37


def value(tag, name, data):
    return struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(data)) + data


def ranges(*pairs):
    return [struct.pack(">ii", *pair) for pair in pairs]


def several(tag, name, values):
    """A 1setOf: the first value carries the name, the others none."""
    return b"".join(value(tag, name if place == 0 else b"", one) for place, one in enumerate(values))


trays = [b"tray-1", b"tray-2"]
response = (
    struct.pack(">bbhi", 2, 0, 0, 1)
    + b"\x01" + value(0x47, b"attributes-charset", b"utf-8") + value(0x48, b"attributes-natural-language", b"en")
    + b"\x04" + several(RANGE, b"number-up-supported", ranges((1, 2), (5, 9)))
    + several(KEYWORD, b"media-source-supported", trays)
    + value(BEGIN, b"media-col-ready", b"")
    + value(MEMBER, b"", b"media-source") + several(KEYWORD, b"", trays)
    + value(END, b"", b"")
    + b"\x03"
)
[printer] = parse(response)["printers"]
told = {
    "two ranges": printer["number-up-supported"],
    "a set in a collection": printer["media-col-ready"]["media-source"],
    "the same set in the printer": printer["media-source-supported"],
}
for what, said in told.items():
    print(f"{what}: {said}")
if list(told.values()) != [[1, 2, [5, 9]], "tray-2", ["tray-1", "tray-2"]]:
    sys.exit(f"Changed: pyipp now reads these sets as {told}.")
PY
"$room/venv/bin/python" "$room/ask.py"
