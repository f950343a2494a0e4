#!/bin/sh
# Two clients for NUT tell success where there is none: a refused command is done after all, a name is cut to its first word.
#
# Expected: `RunUPSCommand(ups, command, callback)` of node-nut calls back once, with an error or with null, "on success". A
# value with a blank is stored whole, or refused. `list_clients()` of nut2 tells who watches a UPS.
# Seen, with upsd and its dummy-ups: where upsd refuses, node-nut calls back twice, with ACCESS-DENIED and then with null;
# `SetRWVar` does the same. Neither client puts a value into quotation marks, upsd takes the first word, and both report
# success: "Foyer 3" is "Foyer". nut2 asks LIST CLIENTS, where the protocol has LIST CLIENT: no upsd ever answers. A model
# called 19" Einschub is 19\ to nut2.
# Matters: the page of a booth says that its UPS was told to test its battery, and nothing happened; three booths of a foyer
# have one name. Take the first call back only, put values into quotation marks yourself, and read them again.
#
# Versions: npm node-nut 1.0.3, nut2 2.1.1, NUT 2.8.0 (Debian 12). Seen on Debian 12 (x86_64), Python 3.11.7, Node 20.20.2,
# November 2026:
#   node-nut RunUPSCommand, not allowed  ACCESS-DENIED, then null
#   node-nut SetRWVar "Foyer 3"          null, and the name is now "Foyer"
#   nut2 set_var "Eingang 4"             None, and the name is now "Eingang"
#   nut2 list_clients                    ERR INVALID-ARGUMENT
#   nut2 get_var, of 19" Einschub        19\
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

cd "$room"
apt-get download -qq nut-server=2.8.0-7 libupsclient6=2.8.0-7 libnspr4 libnss3 libwrap0 libnsl2 2>/dev/null
for package in *.deb; do dpkg -x "$package" "$room"; done
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'nut2==2.1.1'
npm install --silent --no-audit --no-fund --ignore-scripts --fetch-timeout=20000 --prefix "$room" node-nut@1.0.3

cat >"$room/ask.cjs" <<'JS'
const Nut = require("node-nut");
const [port, name, method, ...values] = process.argv.slice(2);
const client = new Nut(Number(port), "127.0.0.1");
const called = [];
const heard = (error) => {
    called.push(String(error).trim());
    if (called.length === 1) setImmediate(() => (console.log(called.join(", then ")), client.close()));
};
client.on("ready", () => client.SetUsername(name, () => client.SetPassword("probe", () => client[method]("booth", ...values, heard))));
client.start();
JS
cat >"$room/ask.py" <<'PY'
import contextlib, getpass, os, socket, subprocess, sys, time
from pathlib import Path

from nut2 import PyNUTClient, PyNUTError

ROOM = Path(sys.argv[1])
with socket.create_server(("127.0.0.1", 0)) as taken:
    PORT = taken.getsockname()[1]
SETTINGS = {
    "ups.conf": "[booth]\ndriver = dummy-ups\nport = booth.dev\n",
    "booth.dev": 'ups.status: OL\nups.model: 19" Einschub\nups.id: Kabine\n',
    "upsd.conf": f"LISTEN 127.0.0.1 {PORT}\n",
    "upsd.users": "[may]\npassword = probe\nactions = SET\n[maynot]\npassword = probe\n",
}
for name, text in SETTINGS.items():
    (ROOM / name).write_text(text)
    (ROOM / name).chmod(0o600)
folders = dict.fromkeys(("NUT_CONFPATH", "NUT_STATEPATH", "NUT_ALTPIDPATH"), str(ROOM))
libraries = ":".join(str(folder) for folder in ROOM.glob("*/lib/*-linux-gnu"))


def begun(program, *options):
    call = [ROOM / "lib/nut" / program, *options, "-D", "-u", getpass.getuser()]
    environment = {**os.environ, **folders, "LD_LIBRARY_PATH": libraries}
    return subprocess.Popen(call, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def name_of_the_booth(past=()):
    """The name that upsd tells, once it is none of these; the last one after ten seconds."""
    until, name = time.monotonic() + 10, None
    while (name is None or name in past) and time.monotonic() < until:
        with contextlib.suppress(PyNUTError):
            name = PyNUTClient(port=PORT).get_var("booth", "ups.id")
        time.sleep(0.1)
    return name


def node(*what):
    call = ["node", ROOM / "ask.cjs", str(PORT), *what]
    return subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


with begun("dummy-ups", "-a", "booth") as driver, begun("upsd") as upsd:
    try:
        if name_of_the_booth() is None:
            sys.exit("upsd does not answer.")
        reader, writer = PyNUTClient(port=PORT), PyNUTClient(port=PORT, login="may", password="probe")
        seen = {"node-nut RunUPSCommand, not allowed": node("maynot", "RunUPSCommand", "load.off")}
        answer = node("may", "SetRWVar", "ups.id", "Foyer 3")
        seen['node-nut SetRWVar "Foyer 3"'] = f'{answer}, and the name is now "{name_of_the_booth({"Kabine"})}"'
        answer = writer.set_var("booth", "ups.id", "Eingang 4")
        seen['nut2 set_var "Eingang 4"'] = f'{answer}, and the name is now "{name_of_the_booth({"Foyer", "Foyer 3"})}"'
        try:
            seen["nut2 list_clients"] = str(reader.list_clients("booth"))
        except PyNUTError as error:
            seen["nut2 list_clients"] = str(error)
        seen['nut2 get_var, of 19" Einschub'] = reader.get_var("booth", "ups.model")
    finally:
        driver.terminate()
        upsd.terminate()
for what, answer in seen.items():
    print(f"{what:36} {answer}", flush=True)
told = ["ACCESS-DENIED, then null", 'null, and the name is now "Foyer"', 'None, and the name is now "Eingang"']
if list(seen.values()) != [*told, "ERR INVALID-ARGUMENT", "19\\"]:
    sys.exit("Changed: node-nut or nut2 now answers otherwise.")
PY
"$room/venv/bin/python" -W ignore::DeprecationWarning "$room/ask.py" "$room"
