#!/bin/sh
# pyvisca sends a camera head one step too far to the left, and reads a place on the left as one far on the right.
#
# Expected: VISCA writes a pan position as four nibbles in two's complement (command list of Sony's EVI-D100): -100 is FF9C.
# `set_pan(-100)` sends FF9C, and `get_pan()` of a head that stands there is -100; the documentation of both names positions
# from -32767 to 32767.
# Seen: FF9B is sent, which is -101, and `get_pan()` says 65436. On the right both agree. What was read cannot be sent
# again: a position above 32767 is refused.
# Matters: a head over a table that is put back to where it was read ends in a refusal, or beside it by one step for each
# time. Turn positions into signed numbers of 16 bits around this package, and judge a head by the bytes.
#
# Versions: the ones installed below. Seen on Debian 12 (x86_64), Python 3.11.7, November 2026:
#   sent for 100: 0064, for -100: FF9B; read of 0064: 100, of FF9C: 65436; 65436 is sent: False
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'pyvisca==0.1.9' 'pyserial==3.5'

cat >"$room/ask.py" <<'PY'
import contextlib
import io
import os
import pty
import sys
import threading
import tty

from pyvisca.visca import PTZ

ours, theirs = pty.openpty()
tty.setraw(theirs)
stands = ["0000"]
gone = []


def head():
    """Answers where it stands, and takes every other command."""
    heard = b""
    while True:
        heard += os.read(ours, 64)
        while b"\xff" in heard:
            one, _, heard = heard.partition(b"\xff")
            if one[1:4] == b"\x09\x06\x12":
                nibbles = bytes(int(digit, 16) for digit in stands[0])
                os.write(ours, b"\x90\x50" + nibbles + bytes(4) + b"\xff")
            else:
                if one[1:4] == b"\x01\x06\x02":
                    gone.append("".join(f"{nibble:X}" for nibble in one[6:10]))
                os.write(ours, b"\x90\x41\xff\x90\x51\xff")


threading.Thread(target=head, daemon=True).start()
camera = PTZ(os.ttyname(theirs))
read = {}
for place in ("0064", "FF9C"):
    stands[0] = place
    read[place] = camera.get_pan()
stands[0] = "0000"
camera.set_pan(100, 5)
camera.set_pan(-100, 5)
with contextlib.redirect_stdout(io.StringIO()):
    again = camera.set_pan(read["FF9C"], 5)
print(f"sent for 100: {gone[0]}, for -100: {gone[1]}; read of 0064: {read['0064']}, of FF9C: {read['FF9C']}; "
      f"{read['FF9C']} is sent: {again}")
if (gone, read, again) != (["0064", "FF9B"], {"0064": 100, "FF9C": 65436}, False):
    sys.exit(f"Changed: pyvisca now sends {gone} and reads {read}.")
PY
"$room/venv/bin/python" "$room/ask.py"
