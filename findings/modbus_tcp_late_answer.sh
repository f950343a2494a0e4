#!/bin/sh
# One late answer of a Modbus TCP unit, and what six clients read afterwards.
#
# Expected: every Modbus TCP message carries a transaction number, so a client that gave up on a question throws its late
# answer away and is right again with the next question.
# Seen: uModbus takes the late answer for the answer to the next question, without an error, and stays one answer behind
# for as long as the connection lives. modbus-tk and jsmodbus notice the number and raise, at that question and at every
# one after it. pymodbus, pyModbusTCP and modbus-serial behave as expected.
# Matters: a door contact behind a slow gateway; the reader of uModbus goes on with the state of another input, or of a
# moment ago. After any timeout close the connection and open a new one.
#
# Versions: the ones installed below. Seen on Debian 12 (x86_64), Python 3.11.7, Node 20.20.2, November 2026:
#   asked for inputs from 1, 5, 9 and 13 on; the unit answers with the number asked for, the first time too late
#   pymodbus       ['error', 5, 9, 13]
#   pyModbusTCP    ['error', 5, 9, 13]
#   modbus-tk      ['error', 'error', 'error', 'error']
#   uModbus        ['error', 1, 5, 9]
#   modbus-serial  ['error', 5, 9, 13]
#   jsmodbus       ['error', 'error', 'error', 'error']
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'pymodbus==3.16.1' 'pyModbusTCP==0.3.1' 'modbus_tk==1.1.5' 'uModbus==1.0.4' \
    'pyserial==3.5'
npm install --silent --no-audit --no-fund --ignore-scripts --fetch-timeout=20000 --prefix "$room" modbus-serial@8.0.25 jsmodbus@5.0.0

cat >"$room/ask.cjs" <<'JS'
const net = require("net");
const [, , kind, port] = process.argv;
const sum = (bits) => bits.slice(0, 8).reduce((total, bit, place) => total + (bit ? 1 << place : 0), 0);

async function reader() {
  if (kind === "modbus-serial") {
    const Client = require("modbus-serial");
    const client = new Client();
    await client.connectTCP("127.0.0.1", { port: Number(port) });
    client.setID(1);
    client.setTimeout(600);
    return async (first) => sum((await client.readDiscreteInputs(first, 8)).data);
  }
  const modbus = require("jsmodbus");
  const socket = net.connect(Number(port), "127.0.0.1");
  const client = new modbus.client.TCP(socket, 1, 600);
  await new Promise((done) => socket.once("connect", done));
  return async (first) => sum((await client.readDiscreteInputs(first, 8)).response.body.valuesAsArray);
}

(async () => {
  const read = await reader();
  const seen = [];
  for (const first of [1, 5, 9, 13]) seen.push(await read(first).catch(() => "error"));
  console.log(JSON.stringify(seen));
  process.exit(0);
})();
JS

cat >"$room/ask.py" <<'PY'
import json, logging, socket, struct, subprocess, sys, threading

logging.disable(logging.CRITICAL)
PATIENCE, LATE, USUAL = 0.6, 0.9, 0.5


def unit():
    """Answers each question with the number asked for; the very first one after the client gave up."""
    door = socket.create_server(("127.0.0.1", 0))
    asked = []

    def send(link, answer):
        try:
            link.sendall(answer)
        except OSError:
            pass

    def serve(link):
        rest = b""
        while got := link.recv(256):
            rest += got
            while len(rest) >= 12:
                question, rest = rest[:12], rest[12:]
                answer = question[:4] + struct.pack(">H", 4) + question[6:8] + bytes((1, question[9]))
                asked.append(question)
                threading.Timer(LATE if len(asked) == 1 else USUAL, send, (link, answer)).start()

    def open_door():
        while True:
            link, _ = door.accept()
            threading.Thread(target=quietly, args=(link,), daemon=True).start()

    def quietly(link):
        try:
            serve(link)
        except OSError:
            pass

    threading.Thread(target=open_door, daemon=True).start()
    return door.getsockname()[1]


def number(bits):
    return sum(bool(bit) << place for place, bit in enumerate(list(bits)[:8]))


def by_pymodbus(port):
    from pymodbus.client import ModbusTcpClient

    client = ModbusTcpClient("127.0.0.1", port=port, timeout=PATIENCE, retries=0)
    client.connect()
    return lambda first: number(client.read_discrete_inputs(first, count=8, device_id=1).bits)


def by_pymodbustcp(port):
    from pyModbusTCP.client import ModbusClient

    client = ModbusClient("127.0.0.1", port=port, timeout=PATIENCE, auto_open=True)
    return lambda first: number(client.read_discrete_inputs(first, 8))


def by_modbus_tk(port):
    from modbus_tk import defines, modbus_tcp

    client = modbus_tcp.TcpMaster("127.0.0.1", port, timeout_in_sec=PATIENCE)
    return lambda first: number(client.execute(1, defines.READ_DISCRETE_INPUTS, first, 8))


def by_umodbus(port):
    from umodbus.client import tcp

    link = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    return lambda first: number(tcp.send_message(tcp.read_discrete_inputs(1, first, 8), link))


def four(read):
    seen = []
    for first in (1, 5, 9, 13):
        try:
            seen.append(read(first))
        except Exception:
            seen.append("error")
    return seen


def by_node(kind):
    call = ["node", sys.argv[1], kind, str(unit())]
    return json.loads(subprocess.run(call, check=True, capture_output=True, timeout=60).stdout)


right, raises = ["error", 5, 9, 13], ["error"] * 4
told = {"pymodbus": right, "pyModbusTCP": right, "modbus-tk": raises, "uModbus": ["error", 1, 5, 9],
        "modbus-serial": right, "jsmodbus": raises}
python = {"pymodbus": by_pymodbus, "pyModbusTCP": by_pymodbustcp, "modbus-tk": by_modbus_tk, "uModbus": by_umodbus}
seen = {name: four(python[name](unit())) if name in python else by_node(name) for name in told}
for name, answers in seen.items():
    print(f"{name:14} {answers}")
if changed := [name for name in told if seen[name] != told[name]]:
    sys.exit(f"Changed: {', '.join(changed)} no longer behaves after a late answer as told here.")
PY
"$room/venv/bin/python" "$room/ask.py" "$room/ask.cjs"
