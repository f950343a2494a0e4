#!/bin/sh
# NUT's generic_modbus asks unit 5 where its manual says 1, reads "battery low" where "on battery" is said to be, and takes
# a serial port for a network address by its name.
#
# Expected: as its manual says, generic_modbus(8): the unit is 1 when nothing is said; `LB_regtype` tells from which table
# the contact of the low battery is read. A port is serial when it is a serial port: udev keeps names in /dev/serial/by-id
# because /dev/ttyUSB0 may be another device after the next start.
# Seen: unit 5 is asked. For the low battery the value of `OB_regtype` is taken: with OB among the inputs and LB among the
# coils, the second input is read. A port is serial when its path has "/dev/tty" in it; the same line under a stable name is
# "modbus_new_tcp: Unable to connect".
# Matters: for a booth whose power supply has its contacts on Modbus the warning before the battery is empty never comes, or
# comes from another contact. Write `rio_slave_id` always, put all contacts into one table, and let a rule of udev give a
# stable name with /dev/tty in it.
#
# Version: nut-modbus 2.8.0-7 of Debian 12, unpacked here and not installed; it needs the lists of packages of a Debian 12.
# Seen on x86_64, November 2026:
#   dev/ttyUSB0              unit 5: function 2 at 0, function 2 at 1
#   dev/serial/by-id/usb-io  no question: modbus_new_tcp: Unable to connect
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

cd "$room"
apt-get download -qq nut-modbus=2.8.0-7 libmodbus5 2>/dev/null
for package in *.deb; do dpkg -x "$package" "$room"; done

cat >"$room/ask.py" <<'PY'
import getpass, os, pty, select, subprocess, sys, tty
from pathlib import Path

ROOM = Path(sys.argv[1])
CONFIG = """[booth]
driver = generic_modbus
port = {}
OB_addr = 0
OB_regtype = 1
LB_addr = 1
LB_regtype = 0
"""
(LIBRARY,) = {found.parent for found in ROOM.glob("usr/lib/*/libmodbus.so.5")}
FOLDERS = dict.fromkeys(("NUT_CONFPATH", "NUT_STATEPATH", "NUT_ALTPIDPATH"), str(ROOM))


def with_check(message):
    check = 0xFFFF
    for byte in message:
        check ^= byte
        for _ in range(8):
            check = check >> 1 ^ (0xA001 if check & 1 else 0)
    return message + check.to_bytes(2, "little")


def asked(name):
    """The first two questions (unit, function, address) on a line that is called so, and what the driver says."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    port = ROOM / name
    port.parent.mkdir(parents=True)
    port.symlink_to(os.ttyname(theirs))
    (ROOM / "ups.conf").write_text(CONFIG.format(port))
    call = [ROOM / "lib/nut/generic_modbus", "-a", "booth", "-D", "-u", getpass.getuser()]
    environment = {**FOLDERS, "LD_LIBRARY_PATH": str(LIBRARY)}
    driver = subprocess.Popen(call, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    questions, heard = [], b""
    while len(questions) < 2 and driver.poll() is None:
        if select.select([ours], [], [], 0.1)[0]:
            heard += os.read(ours, 8)
        if len(heard) >= 8:
            questions.append((heard[0], heard[1], heard[3]))
            os.write(ours, with_check(heard[:2] + b"\x01\x00"))
            heard = heard[8:]
    driver.kill()
    refusal = "modbus_new_tcp: Unable to connect"
    return questions, refusal if refusal in driver.communicate()[0] else ""


direct, _ = asked("dev/ttyUSB0")
by_id, said = asked("dev/serial/by-id/usb-io")
print(f"dev/ttyUSB0              unit {direct[0][0]}: " + ", ".join(f"function {what} at {at}" for _, what, at in direct))
print(f"dev/serial/by-id/usb-io  {len(by_id) or 'no'} question: {said}", flush=True)
if (direct, by_id, bool(said)) != ([(5, 2, 0), (5, 2, 1)], [], True):
    sys.exit("Changed: generic_modbus now asks otherwise, or opens serial ports by other names.")
PY
python3 "$room/ask.py" "$room"
