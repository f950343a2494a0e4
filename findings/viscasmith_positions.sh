#!/bin/sh
# viscaSmith sends the place of a zoom, a focus or a head as whole bytes where VISCA takes one nibble a byte.
#
# Expected: VISCA writes a position as four nibbles, one in each byte (Sony's command list of the EVI-D100: CAM_Zoom Direct
# is 8x 01 04 47 0Z 0Z 0Z 0Z FF, Absolute Position 8x 01 06 02 VV WW and eight such bytes).
# Seen: zoom 8192 (2000 hexadecimal) goes out as 00 00 20 00 and not as 02 00 00 00, focus likewise; a place of pan and tilt
# as four bytes and not as eight. Driving, home and presets are right.
# Matters: a camera that looks at the low half of each byte goes to no zoom at all where half of it was meant, others refuse
# the message; an emulated one that learns from this package misreads every other client. Take presets, or write the nibbles
# yourself.
#
# Version: viscaSmith 0.4.7. Seen on Debian 12 (x86_64), Python 3.11.7, November 2026:
#   zoom 8192            81 01 04 47 00 00 20 00 ff              VISCA: 81 01 04 47 02 00 00 00 ff
#   focus 4660           81 01 04 48 00 00 12 34 ff              VISCA: 81 01 04 48 01 02 03 04 ff
#   pan 256, tilt 80     81 01 06 02 05 05 01 00 00 00 00 50 ff  VISCA: 81 01 06 02 05 05 00 01 00 00 00 00 05 00 ff
#   drive left at 7      81 01 06 01 07 05 01 03 ff              VISCA: 81 01 06 01 07 05 01 03 ff
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --no-deps 'viscaSmith==0.4.7' # its PyQt6 is for windows; none is opened here

cat >"$room/ask.py" <<'PY'
import sys

from visca.cameraObject import CameraObject
from visca.dataStucture.messagePacker import MessagePacker

camera, packer = CameraObject(), MessagePacker()


def sent(command):
    """The VISCA message behind the eight bytes of its header for the network."""
    return packer.build_command(command)[8:].hex(" ")


def nibbles(*values):
    return " ".join(f"0{digit}" for value in values for digit in f"{value:04x}")


cases = {
    "zoom 8192": (sent(camera.zoom.setZoomValue(8192)), f"81 01 04 47 {nibbles(8192)} ff"),
    "focus 4660": (sent(camera.focus.setFocusValue(4660)), f"81 01 04 48 {nibbles(4660)} ff"),
    "pan 256, tilt 80": (
        sent(camera.panTilt.panTiltAbsolutePosition(5, 5, 256, 80)),
        f"81 01 06 02 05 05 {nibbles(256, 80)} ff",
    ),
    "drive left at 7": (sent(camera.panTilt.panTiltDriveLeft(7, 5)), "81 01 06 01 07 05 01 03 ff"),
}
for name, (seen, visca) in cases.items():
    print(f"{name:20} {seen:39} VISCA: {visca}")
told = ["81 01 04 47 00 00 20 00 ff", "81 01 04 48 00 00 12 34 ff", "81 01 06 02 05 05 01 00 00 00 00 50 ff"]
if [seen for seen, _ in cases.values()] != [*told, cases["drive left at 7"][1]]:
    sys.exit("Changed: viscaSmith now writes positions otherwise.")
PY
"$room/venv/bin/python" "$room/ask.py"
