#!/bin/sh
# Two of three npm packages for printing over IPP read a printer's clock wrongly: a month ahead, or two hours.
#
# Expected: a dateTime of a printer is eleven bytes: year, month, day, hour, minute, second, tenths of a second, + or -, and
# the hours and minutes by which its clock differs from UTC. 1 December 2026, 10:30 +01:00 is 09:30 UTC.
# Seen: ipp takes the month as JavaScript counts it, from 0, so December is January of the next year; its hour depends on
# the time zone of the machine that reads, and only in UTC it is the one on the printer's clock. ipp-encoder takes the
# hour beyond UTC to the other side. @sealsystems/ipp is right but for the tenths; ippx, in Python, wholly.
# Matters: when a sheet was printed, or how old a printer's state is, is taken from these values (`date-time-at-completed`,
# `printer-current-time`): a sheet handed out today seems to be from a month to come. Take `printer-up-time` and your own
# clock, or read the eleven bytes.
#
# Versions: npm ipp 2.0.1, ipp-encoder 5.0.0, @sealsystems/ipp 2.8.2; ippx 0.1.1. Seen on Debian 12 (x86_64),
# Python 3.11.7, Node 20.20.2, November 2026, with 1 December 2026, 10:30:00.5 +01:00:
#   ipp, read in UTC            2027-01-01T10:30:00.005Z
#   ipp, read in Europe/Berlin  2027-01-01T08:30:00.005Z
#   ipp-encoder                 2026-12-01T11:30:00.500Z
#   @sealsystems/ipp            2026-12-01T09:30:00.005Z
#   ippx                        2026-12-01T10:30:00.500000+01:00
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

npm install --silent --no-audit --no-fund --ignore-scripts --fetch-timeout=20000 --prefix "$room" \
    ipp@2.0.1 ipp-encoder@5.0.0 @sealsystems/ipp@2.8.2
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'ippx==0.1.1'

cat >"$room/ask.py" <<'PY'
import struct, sys
from pathlib import Path

from ippx import _codec  # The package has no public name for reading an answer that is there already.


def attribute(tag, name, value):
    return bytes([tag]) + struct.pack(">H", len(name)) + name + struct.pack(">H", len(value)) + value


clock = struct.pack(">H5BBcBB", 2026, 12, 1, 10, 30, 0, 5, b"+", 1, 0)
answer = b"\x02\x00\x00\x00\x00\x00\x00\x01" + b"\x01" + attribute(0x47, b"attributes-charset", b"utf-8")
answer += attribute(0x48, b"attributes-natural-language", b"de")
answer += b"\x04" + attribute(0x31, b"printer-current-time", clock) + b"\x03"
Path(sys.argv[1]).write_bytes(answer)
(_, attributes) = _codec.decode(answer).groups[-1]
print(f"{'ippx':27} {attributes[0].values[0].isoformat()}")
PY
"$room/venv/bin/python" "$room/ask.py" "$room/answer" >"$room/python"
cat >"$room/ask.cjs" <<'JS'
const answer = require("node:fs").readFileSync(process.argv[2]);
const told = (parsed) => parsed["printer-attributes-tag"]["printer-current-time"];
const readers = {
    ipp: () => told(require("ipp").parse(answer)),
    "ipp-encoder": () => require("ipp-encoder").response.decode(answer).groups.at(-1).attributes[0].value[0],
    "@sealsystems/ipp": () => told(require("@sealsystems/ipp").parse(answer)),
};
for (const name of process.argv.slice(3)) {
    const where = name === "ipp" ? `, read in ${process.env.TZ}` : "";
    console.log((name + where).padEnd(27), readers[name]().toISOString());
}
JS
TZ=UTC node "$room/ask.cjs" "$room/answer" ipp >"$room/seen"
TZ=Europe/Berlin node "$room/ask.cjs" "$room/answer" ipp ipp-encoder @sealsystems/ipp >>"$room/seen"
cat "$room/python" >>"$room/seen"
cat "$room/seen"
cat >"$room/told" <<'TOLD'
ipp, read in UTC            2027-01-01T10:30:00.005Z
ipp, read in Europe/Berlin  2027-01-01T08:30:00.005Z
ipp-encoder                 2026-12-01T11:30:00.500Z
@sealsystems/ipp            2026-12-01T09:30:00.005Z
ippx                        2026-12-01T10:30:00.500000+01:00
TOLD
if ! cmp -s "$room/seen" "$room/told"; then
    echo 'Changed: these packages now read the clock of a printer otherwise.' >&2
    exit 1
fi
