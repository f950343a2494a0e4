"""An adapter for LISA without dependencies (Python 3.8): a presence sensor whose measurement stands in a text file.

It speaks lines of JSON on its standard input and output (docs/adapter.md). To begin with a device of your own, change
`measured`, and say in `WHO` who it is. Whatever is for people goes to `complain`, never to `print`.

    LISA starts it:  binding = "adapter:python3 sensor.py abstand.txt"
    LISA dials it:   binding = "adapter:tcp://127.0.0.1:4100"
                     python3 sensor.py abstand.txt --listen 127.0.0.1:4100
    from another computer, with key_file = "adapter.key":
                     python3 sensor.py abstand.txt --listen 0.0.0.0:4100 --key adapter.key
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import secrets
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

WHO = {"vendor": "Beispiel GmbH", "model": "PX-2", "serial": "0001", "firmware": "1.0"}
EVERY_S = 0.1


def measured(path: str) -> dict[str, int]:
    """The device: how far away somebody stands, or nobody. Here a text file says so, and is changed by an editor."""
    try:
        return {"moving_cm": int(Path(path).read_text(encoding="utf-8")), "moving_energy": 60}
    except (OSError, ValueError):
        return {}


class Conversation:
    """One conversation: `take` gets each line of LISA's as a dict, `say` sends one back."""

    def __init__(self, say: Callable[[bytes], object], path: str) -> None:
        self._out, self._path = say, path
        self._one_at_a_time = threading.Lock()
        self._stopped: dict[int, threading.Event] = {}

    def take(self, line: dict[str, Any]) -> None:
        kind = line["type"]
        if kind == "hello":
            self.say(type="hello", version=1, slot=line["slot"], identity=WHO, can=["entfernung", "kennung"])
        elif kind == "ping":
            self.say(type="pong", id=line["id"], at_us=time.monotonic_ns() // 1000)
        elif kind == "call" and line["method"] == "reports":
            stopped = self._stopped[line["id"]] = threading.Event()
            threading.Thread(target=self._report, args=(line["id"], stopped), daemon=True).start()
        elif kind == "call":
            self.say(type="fault", id=line["id"], code="presence.silent", text="Das kann dieser Adapter nicht.")
        elif kind == "stop":
            self._stopped.pop(line["id"]).set()
        else:
            raise ValueError(f"a line of type {kind}")

    def say(self, **line: Any) -> None:
        with self._one_at_a_time:
            self._out(json.dumps(line).encode())

    def close(self) -> None:
        for stopped in self._stopped.values():
            stopped.set()

    def _report(self, number: int, stopped: threading.Event) -> None:
        try:
            while not stopped.is_set():
                self.say(type="event", id=number, value=measured(self._path))
                stopped.wait(EVERY_S)
            self.say(type="end", id=number)
        except OSError:
            pass  # LISA has ended


class Seal:
    """The key: both ends show that they have it, and from then on every line is signed."""

    def __init__(self, key: bytes) -> None:
        self._key, self._nonces = key, b""
        self._said = self._heard = 0
        self.proved = not key

    def prove(self, line: dict[str, str]) -> bytes:
        """Take a line of LISA's before anything else was said; returns what to answer."""
        if not self._nonces:
            ours = secrets.token_bytes(32)
            self._nonces = base64.b64decode(line["nonce"]) + ours
            said = {"type": "key", "nonce": text_of(ours), "proof": text_of(self._of(b"adapter"))}
            return json.dumps(said).encode() + b"\n"
        if not hmac.compare_digest(base64.b64decode(line["proof"]), self._of(b"lisa")):
            raise ValueError("another key")
        self.proved = True
        return b""

    def sign(self, text: bytes) -> bytes:
        if not self._key:
            return text
        self._said += 1
        return self._mac(b"from adapter", self._said - 1, text).encode() + b" " + text

    def check(self, text: bytes) -> bytes:
        if not self._key:
            return text
        self._heard += 1
        if not hmac.compare_digest(text[:64].decode(), self._mac(b"from lisa", self._heard - 1, text[65:])):
            raise ValueError("a line that is not LISA's")
        return text[65:]

    def _of(self, label: bytes) -> bytes:
        return hmac.new(self._key, b"lisa-adapter-1 " + label + self._nonces, hashlib.sha256).digest()

    def _mac(self, label: bytes, count: int, text: bytes) -> str:
        return hmac.new(self._of(label), count.to_bytes(8, "big") + text, hashlib.sha256).hexdigest()


def text_of(data: bytes) -> str:
    return base64.b64encode(data).decode()


def complain(*what: object) -> None:
    print(*what, file=sys.stderr, flush=True)


def on_pipes(path: str) -> None:
    def out(line: bytes) -> None:
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()

    talk = Conversation(out, path)
    for line in sys.stdin.buffer:
        talk.take(json.loads(line))


def on_tcp(path: str, address: str, key: bytes) -> None:
    host, _, port = address.rpartition(":")
    listening = socket.create_server((host, int(port)))
    complain("listening on {}:{}".format(*listening.getsockname()[:2]))
    while True:
        connection, peer = listening.accept()
        threading.Thread(target=served, args=(connection, peer, path, key), daemon=True).start()


def served(connection: socket.socket, peer: tuple[str, int], path: str, key: bytes) -> None:
    seal = Seal(key)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    talk = Conversation(lambda line: connection.sendall(seal.sign(line) + b"\n"), path)
    try:
        with connection, connection.makefile("rb") as lines:
            for line in lines:
                if seal.proved:
                    talk.take(json.loads(seal.check(line.rstrip(b"\r\n"))))
                else:
                    connection.sendall(seal.prove(json.loads(line)))
    except (OSError, ValueError, KeyError, TypeError) as error:
        complain(peer[0], error)
    talk.close()


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("path", nargs="?", default="abstand.txt")
    words.add_argument("--listen", default="")
    words.add_argument("--key", default="")
    given = words.parse_args()
    if given.listen:
        on_tcp(given.path, given.listen, Path(given.key).read_bytes().strip() if given.key else b"")
    else:
        on_pipes(given.path)


if __name__ == "__main__":
    main()
