#!/bin/sh
# visca-over-ip turns a camera the other way than its documentation says, up and down as well as left and right.
#
# Expected: `pantilt(pan_speed=0, tilt_speed=5)` is documented as upward, `pantilt(5, 0)` as to the left; on the wire
# that is the direction 01 (VISCA: 01 is left or up, 02 right or down, 03 stop), as PyPI's pyvisca sends it.
# Seen: both send 02. The positive speed goes down and to the right.
# Matters: an agent who turns the booth's camera towards the citizen's face moves it to the floor; an emulated camera that
# is tested with this package alone learns the wrong sign. Judge a camera by the bytes, and ask two packages.
#
# Versions: visca_over_ip 0.5.2, pyvisca 0.1.9. Seen on Debian 12 (x86_64), Python 3.11.7, November 2026:
#   up    pyvisca 81010601150503 01 ff   visca-over-ip 81010601000503 02 ff
#   left  pyvisca 810106010515 01 03 ff  visca-over-ip 810106010500 02 03 ff
# (the bytes before the direction are the two speeds; pyvisca sets the idle one to 15 hexadecimal)
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'visca_over_ip==0.5.2' 'pyvisca==0.1.9' 'pyserial==3.5'

cat >"$room/ask.py" <<'PY'
import os, pty, socket, sys, threading, tty

from pyvisca.visca import PTZ
from visca_over_ip import Camera


def over_serial(act):
    """What pyvisca writes to a serial line."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    camera = PTZ(os.ttyname(theirs))
    act(camera)
    sent = os.read(ours, 64)
    camera.close()
    return sent


def over_ip(act):
    """What visca-over-ip sends; it receives on its own port of all addresses, so the camera sits on another one."""
    door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind(("127.0.0.2", 0))
    sent = []

    def answer():
        while True:
            message, peer = door.recvfrom(64)
            number = message[4:8]
            if message[:2] == b"\x02\x00":
                door.sendto(b"\x02\x01\x00\x01" + number + b"\x01", peer)
                continue
            sent.append(message[8:])
            for reply in (b"\x90\x41\xff", b"\x90\x51\xff"):
                door.sendto(b"\x01\x11\x00\x03" + number + reply, peer)

    threading.Thread(target=answer, daemon=True).start()
    camera = Camera("127.0.0.2", port=door.getsockname()[1])
    sent.clear()
    act(camera)
    camera.close_connection()
    return sent[0]


seen = {
    "up": (over_serial(lambda c: c.up(5)), over_ip(lambda c: c.pantilt(0, 5))),
    "left": (over_serial(lambda c: c.left(5)), over_ip(lambda c: c.pantilt(5, 0))),
}
for wish, (serial, ip) in seen.items():
    print(f"{wish:5} pyvisca {serial.hex()}  visca-over-ip {ip.hex()}")
directions = {wish: (serial[6:8].hex(), ip[6:8].hex()) for wish, (serial, ip) in seen.items()}
if directions != {"up": ("0301", "0302"), "left": ("0103", "0203")}:
    sys.exit(f"Changed: the directions on the wire are now {directions}.")
PY
"$room/venv/bin/python" "$room/ask.py"
