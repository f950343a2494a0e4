#!/bin/sh
# A labgrid coordinator that was started anew has forgotten who holds a place, though its own file still says so.
#
# Expected: who acquired a place holds it until it is released; the coordinator writes `acquired:` with host and user into
# places.yaml, so a restart, after an update or a power cut, leaves it.
# Seen: the new coordinator reads the file and drops these lines: the place is free, and the next who asks gets it. What the
# place is made of, its matches, is kept.
# Matters: two runs drive one booth at once, and both fail, or one passes for the wrong reason. Restart the coordinator only
# while `labgrid-client who` is empty, and let a run ask for its place again before it believes what it saw.
#
# Version: labgrid 26.0.1. Seen on Debian 12 (x86_64), Python 3.11.7, November 2026:
#   before: muster holds booth
#   in places.yaml: acquired: desk1/muster
#   after: nobody
#   probe acquires: acquired place booth
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'labgrid==26.0.1'

cat >"$room/ask.py" <<'PY'
import contextlib, os, socket, subprocess, sys, time
from pathlib import Path

ROOM = Path(sys.argv[1])
BIN = ROOM / "venv/bin"
with socket.create_server(("127.0.0.1", 0)) as taken:
    ADDRESS = f"127.0.0.1:{taken.getsockname()[1]}"
(ROOM / "exporter.yaml").write_text("bench:\n  NetworkService:\n    address: 127.0.0.1\n    username: probe\n")
QUIET = {"cwd": ROOM, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def client(user, *what):
    who = {**os.environ, "LG_COORDINATOR": ADDRESS, "LG_HOSTNAME": "desk1", "LG_USERNAME": user}
    call = [BIN / "labgrid-client", *what]
    return subprocess.run(call, env=who, check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout


def until(answer):
    """The first answer that is not empty, asked for during five minutes at most."""
    end = time.monotonic() + 300
    while not (told := answer()) and time.monotonic() < end:
        time.sleep(0.2)
    return told or sys.exit("labgrid does not answer.")


def holder():
    lines = [line.split() for line in client("muster", "who").splitlines()[1:]]
    return ", ".join(f"{user} holds {place}" for user, _, place, *_ in lines) or "nobody"


def ends(*programs):
    for program in programs:
        program.terminate()
        program.wait(60)


def begun():
    """A coordinator that answers, and an exporter with one resource."""
    coordinator = subprocess.Popen([BIN / "labgrid-coordinator", "-l", ADDRESS], **QUIET)
    until(lambda: listens(coordinator))
    exporter = subprocess.Popen([BIN / "labgrid-exporter", "-c", ADDRESS, "-n", "lab", "exporter.yaml"], **QUIET)
    return exporter, coordinator


def listens(coordinator):
    host, _, port = ADDRESS.partition(":")
    with contextlib.suppress(ConnectionRefusedError), socket.create_connection((host, int(port))):
        return coordinator.poll() is None


def written():
    lines = (ROOM / "places.yaml").read_text().splitlines() if (ROOM / "places.yaml").exists() else []
    return next((line.strip() for line in lines if line.strip().startswith("acquired: desk1")), "")


seen = {}
programs = begun()
try:
    client("muster", "-p", "booth", "create")
    client("muster", "-p", "booth", "add-match", "lab/bench/*")
    until(lambda: client("muster", "-p", "booth", "acquire"))
    seen["before"] = holder()
    seen["in places.yaml"] = until(written)
    ends(*programs)
    programs = begun()
    seen["after"] = holder()
    seen["probe acquires"] = until(lambda: client("probe", "-p", "booth", "acquire")).strip()
finally:
    ends(*programs)
for what, answer in seen.items():
    print(f"{what}: {answer}")
if list(seen.values()) != ["muster holds booth", "acquired: desk1/muster", "nobody", "acquired place booth"]:
    sys.exit("Changed: a coordinator that was started anew now keeps who holds a place, or says it otherwise.")
PY
"$room/venv/bin/python" "$room/ask.py" "$room"
