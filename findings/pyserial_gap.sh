#!/bin/sh
# pyserial's `inter_byte_timeout` ends no read on Linux, and `socket://` says that one byte waits where 23 do.
#
# Expected: with `inter_byte_timeout=0.1` a `read(100)` gives back a frame of 23 bytes a tenth of a second after its last
# byte. `in_waiting` tells how many bytes wait, and `read_all()` fetches them.
# Seen: the read lasts the whole `timeout`, on a line of the kernel as over `socket://`; the option is accepted and reads
# back. Over `socket://` `in_waiting` is 1, so `read_all()` gives one byte and leaves 22.
# Matters: Modbus RTU tells frames apart by the gap between them; a driver that leaves that to pyserial waits out its limit
# at every answer (a hundred of them: minutes). A reader of `read(in_waiting)` gets radar frames byte by byte behind a
# serial server and whole on the desk. Read what is there with a limit of 0 and keep the time of the last byte yourself.
#
# Version: pyserial 3.5. Seen on Debian 12 (x86_64), Python 3.11.7, November 2026:
#   pty       23 bytes after 2.0 s
#   socket:// 23 bytes after 2.0 s, in_waiting 1, read_all 1 byte
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'pyserial==3.5'

cat >"$room/ask.py" <<'PY'
import os, pty, socket, sys, time, tty

import serial

FRAME = bytes(range(23))


def measured(line):
    """How many bytes the read gave, and whether it lasted the whole limit of 2 s."""
    began = time.monotonic()
    got = line.read(100)
    lasted = time.monotonic() - began
    return len(got), lasted > 1.9, lasted


ours, theirs = pty.openpty()
tty.setraw(theirs)
line = serial.Serial(os.ttyname(theirs), timeout=2, inter_byte_timeout=0.1)
os.write(ours, FRAME)
kernel = measured(line)

door = socket.create_server(("127.0.0.1", 0))
remote = serial.serial_for_url(f"socket://127.0.0.1:{door.getsockname()[1]}", timeout=2, inter_byte_timeout=0.1)
link, _ = door.accept()
link.sendall(FRAME)
network = measured(remote)
link.sendall(FRAME)
time.sleep(0.5)
waiting, fetched = remote.in_waiting, len(remote.read_all())

print(f"pty       {kernel[0]} bytes after {kernel[2]:.1f} s")
print(f"socket:// {network[0]} bytes after {network[2]:.1f} s, in_waiting {waiting}, read_all {fetched} byte")
if (kernel[:2], network[:2], waiting, fetched) != ((23, True), (23, True), 1, 1):
    sys.exit("Changed: pyserial now ends a read at the gap, or counts the waiting bytes of a socket.")
PY
"$room/venv/bin/python" "$room/ask.py"
