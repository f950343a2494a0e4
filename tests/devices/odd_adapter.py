"""An adapter of somebody else that does what it must not: `python odd_adapter.py WHAT`. It knows no code of LISA's.

After a proper hello (unless that is what is wrong) it answers pings and begins to report; then comes what is odd.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

WHAT = sys.argv[1]
WHO = {"vendor": "Beispiel GmbH", "model": "PX-2", "serial": str(os.getpid())}
HELLO: dict[str, object] = {"type": "hello", "version": 1, "slot": "presence", "identity": WHO}
GREETINGS = {
    "version": {**HELLO, "version": 2},
    "slot": {**HELLO, "slot": "door"},
    "ability": {**HELLO, "can": ["entfernng"]},
    "key": {**HELLO, "farbe": "rot"},
    "identity": {**HELLO, "identity": {"vendor": 7}},
}
RAW = {
    "garbage": b"Reading sensor DLL v1.3\n",
    "utf8": b'{"type":"hello","slot":"\xff"}\n',
    "long": b"x" * 10_000_000,
    "deep": b"[" * 100_000 + b"\n",
    "list": b"[1]\n",
    "early": b'{"type":"pong","id":1,"at_us":1}\n',
}


def out(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def say(**line: object) -> None:
    out(json.dumps(line).encode() + b"\n")


def event(number: int, value: dict[str, object]) -> None:
    say(type="event", id=number, value=value)


def answer(number: int) -> None:
    if WHAT == "twice":
        say(type="answer", id=number)
        say(type="answer", id=number)
        return
    event(number, {})
    if WHAT in ODD:
        ODD[WHAT](number)
    if WHAT == "flood":
        while True:
            event(number, {})
    if WHAT == "dies":
        print("sensor: cable cut", file=sys.stderr, flush=True)
        os._exit(3)
    if WHAT == "half":
        out(b'{"type":"event","id":')
        os._exit(0)
    if WHAT == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if WHAT == "closes":
        os.close(1)
        signal.pause()


ODD = {
    "nan": lambda number: out(b'{"type":"event","id":%d,"value":{"moving_cm":NaN}}\n' % number),
    "huge": lambda number: out(b'{"type":"event","id":%d,"value":{"moving_cm":%s}}\n' % (number, b"9" * 40)),
    "float": lambda number: event(number, {"moving_cm": 80.5}),
    "far": lambda number: event(number, {"moving_cm": -1}),
    "field": lambda number: event(number, {"abstand": 80}),
    "ends": lambda number: say(type="end", id=number),
    "unknown": lambda number: say(type="event", id=number + 70, value={}),
    "type": lambda number: say(type="evnt", id=number, value={}),
    "answer": lambda number: say(type="answer", id=number, value={}),
    "code": lambda number: say(type="fault", id=number, code="presence.silnt", text="?"),
    "fault": lambda number: say(type="fault", id=number, code="presence.calibrating", text="Es misst sich ein."),
    "hello": lambda number: say(**HELLO),
    "pong": lambda number: say(type="pong", id=99, at_us=1),
}


def stay() -> None:
    """Write down who we are, and go on whatever we are told."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    child = os.fork()
    if child == 0:
        signal.pause()
    Path("pids").write_text(f"{os.getpid()} {child}")


def main() -> None:
    if WHAT == "stays":
        stay()
    if WHAT == "at once":
        print("px2.dll is missing", file=sys.stderr)
        sys.exit(7)
    if WHAT in RAW:
        out(RAW[WHAT])
        signal.pause()
    for text in sys.stdin:
        line = json.loads(text)
        if line["type"] == "hello" and WHAT != "mute":
            say(**GREETINGS.get(WHAT, {**HELLO, "slot": line["slot"]}))
        elif line["type"] == "ping":
            threading.Event().wait(0.03 if WHAT == "slow" else 0)
            say(type="pong", id=line["id"], at_us=time.monotonic_ns() // 1000)
        elif line["type"] == "call":
            answer(line["id"])
        elif line["type"] == "stop":
            say(type="end", id=line["id"])
    if WHAT == "stays":
        signal.pause()


main()
