"""An adapter for any slot, without a device: `python any_adapter.py VALUES HEARD`.

It says what stands in the file VALUES (JSON: by method what it reports or answers); what it hears it writes to HEARD.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

VALUES = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))


def say(**line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


with Path(sys.argv[2]).open("w", encoding="utf-8") as heard:
    plays = set()
    for text in sys.stdin:
        heard.write(text)
        heard.flush()
        line = json.loads(text)
        kind, number = line["type"], line.get("id", 0)
        if kind == "hello":
            say(type="hello", version=1, slot=line["slot"], can=["kennung"])
        elif kind == "ping":
            say(type="pong", id=number, at_us=time.monotonic_ns() // 1000 + 5_000_000_000)
        elif kind == "call" and line["method"] == "play":
            plays.add(number)
        elif kind == "call":
            reports, values = VALUES[line["method"]]
            for value in values:
                say(type="event" if reports else "answer", id=number, value=value)
            if reports == "ends":
                say(type="end", id=number)
        elif kind == "end" and number in plays:
            say(type="answer", id=number)
        elif kind == "stop":
            say(type="end", id=number)
