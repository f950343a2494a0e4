#!/bin/sh
# Two Modbus clients with the plainest names reach no unit: EasyModbus on a serial line, modbus-client over TCP.
#
# Expected: EasyModbus with one argument is for the serial line (its description, 3.1 and 3.2): `connect()` opens the port.
# modbus-client counts the unit's number in the length of its header (MODBUS Messaging on TCP/IP, V1.0b, 3.1.3): 6 when it
# asks for inputs. Eight inputs are eight values.
# Seen: EasyModbus opens the port, then a TCP connection to no address, and ends in a TypeError that names neither; whoever
# lets that pass can read. modbus-client sends 5, so the last byte of its question is in no message: pyModbusTCP's server
# closes the connection, that of uModbus says that it failed. From a unit that does not look at the length, eight inputs of
# which the first is on are read as one `True`: zeros at the end of a byte are left out, and what follows moves up.
# Matters: from the bench it looks as if the unit at the door were dead, or its ninth input the second one. Ask it by
# another package before you take the wiring apart.
#
# Versions: the ones installed below. Seen on Debian 12 (x86_64), Python 3.11.7, November 2026:
#   EasyModbus     connect: TypeError: str, bytes or bytearray expected, not NoneType; then reads 10100000
#   modbus-client  000000000005010200000008: pyModbusTCP ConnectionResetError, uModbus None
#   modbus-client  reads inputs 1 and 9 on, of 8: True, of 16: 11
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'EasyModbus==2.1.6' 'modbus_client==0.0.6' 'pyModbusTCP==0.3.1' 'uModbus==1.0.4' \
    'pyserial==3.5'

cat >"$room/ask.py" <<'PY'
import logging, os, pty, socket, socketserver, sys, threading, tty

import modbus_client
from easymodbus.modbus_client import ModbusClient, Parity
from pyModbusTCP.server import ModbusServer
from umodbus.client.serial.redundancy_check import get_crc
from umodbus.server.tcp import RequestHandler, get_server

logging.disable(logging.CRITICAL)


def started(work):
    threading.Thread(target=work, daemon=True).start()


def by_easymodbus():
    """What connecting ends in, and what is read from a unit on the line when that is let pass."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)

    def unit():
        asked = b""
        while len(asked) < 8:
            asked += os.read(ours, 8)
        answer = asked[:2] + b"\x01\x05"
        os.write(ours, answer + get_crc(answer))

    started(unit)
    client = ModbusClient(os.ttyname(theirs))
    client.parity = Parity.none  # a pty knows no other
    try:
        client.connect()
        ended = "connected"
    except TypeError as refused:
        ended = f"TypeError: {refused}"
    return ended, read(client)


def read(client, count=8):
    """The inputs as digits, or what came instead."""
    try:
        inputs = client.read_discrete_inputs(0, count)
    except OSError as refused:
        return type(refused).__name__
    return "".join(str(int(one)) for one in inputs) if isinstance(inputs, list) else str(inputs)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as door:
        return door.getsockname()[1]


def pymodbustcp():
    port = free_port()
    ModbusServer("127.0.0.1", port, no_block=True).start()
    return port


def umodbus():
    server = get_server(socketserver.ThreadingTCPServer, ("127.0.0.1", 0), RequestHandler)
    server.route(slave_ids=[1], function_codes=[2], addresses=range(16))(lambda slave_id, function_code, address: 0)
    started(server.serve_forever)
    return server.server_address[1]


asked = []


def lenient():
    """A unit that takes what comes for a question, whatever length it names; inputs 1 and 9 are on."""
    door = socket.create_server(("127.0.0.1", 0))

    def unit():
        link, _ = door.accept()
        asked.append(link.recv(64))
        on = b"\x01\x01"[: asked[-1][11] // 8]
        link.sendall(asked[-1][:4] + bytes((0, 3 + len(on), 1, 2, len(on))) + on)

    started(unit)
    return door.getsockname()[1]


def by_modbus_client(port, count=8):
    return read(modbus_client.Client("127.0.0.1", port, unit_id=1), count)


ended, inputs = by_easymodbus()
servers = by_modbus_client(pymodbustcp()), by_modbus_client(umodbus())
eight, sixteen = by_modbus_client(lenient()), by_modbus_client(lenient(), 16)
print(f"EasyModbus     connect: {ended}; then reads {inputs}")
print(f"modbus-client  {asked[0].hex()}: pyModbusTCP {servers[0]}, uModbus {servers[1]}")
print(f"modbus-client  reads inputs 1 and 9 on, of 8: {eight}, of 16: {sixteen}")
sys.stdout.flush()
if (ended[:9], inputs) != ("TypeError", "10100000"):
    sys.exit("Changed: EasyModbus connects on a serial line otherwise.")
if (asked[0][4:6], servers, eight, sixteen) != (b"\x00\x05", ("ConnectionResetError", "None"), "True", "11"):
    sys.exit("Changed: modbus-client asks or reads otherwise.")
PY
"$room/venv/bin/python" "$room/ask.py"
