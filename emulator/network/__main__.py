"""The bad network as a program: `python -m emulator.network --help`. Its first line is JSON, as of `lisa emulate`."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys

from emulator.network.forwarder import Forwarder
from emulator.network.tunnel import NAME, open_end
from emulator.network.weather import Weather
from lisa_core.domain.model.errors import MachineError


def main() -> int:
    """Run until told to end. 0: it was; 4: what was asked for makes no sense; 5: it cannot be made here, or is gone."""
    asked = _arguments()
    weather = Weather(asked.seed, asked.loss, asked.burst, asked.delay_ms / 1000, asked.jitter_ms / 1000)
    try:
        one, other = (open_end(*end.rsplit(",", 1)) for end in asked.ends)
        stop, told = os.pipe()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: os.write(told, b"."))
        print(json.dumps({"device": "network", "pid": os.getpid(), "name": NAME}), flush=True)
        Forwarder((one, other), weather).run(stop)
    except MachineError as error:
        sys.stderr.write(f"{error}\n")
        return 5
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("emulator.network", description="Ein schlechtes Netz zwischen zwei Namensräumen.")
    parser.add_argument("ends", nargs=2, type=_end, metavar="NAMENSRAUM,ADRESSE/MASKE")
    parser.add_argument("--seed", type=int, default=0, help="Dasselbe noch einmal: dieselben Pakete gehen verloren.")
    parser.add_argument("--loss", type=_share, default=0.0, help="Anteil, der verloren geht: 0 bis 1.")
    parser.add_argument("--burst", type=_at_least_one, default=1, help="So viele nacheinander gehen zusammen verloren.")
    parser.add_argument("--delay-ms", type=_not_negative, default=0.0, help="So lange braucht ein Paket.")
    parser.add_argument("--jitter-ms", type=_not_negative, default=0.0, help="Um so viel mehr oder weniger.")
    return parser.parse_args()


def _end(text: str) -> str:
    if not all(text.rpartition(",")):
        raise argparse.ArgumentTypeError(f"{text!r} ist kein Namensraum mit Adresse: /run/netns/kabine,10.0.0.1/30")
    return text


def _share(text: str) -> float:
    return _between(float(text), 0.0, 1.0)


def _not_negative(text: str) -> float:
    return _between(float(text), 0.0, 60_000.0)


def _at_least_one(text: str) -> int:
    return int(_between(int(text), 1, 1_000))


def _between(value: float, least: float, most: float) -> float:
    if not least <= value <= most:
        raise argparse.ArgumentTypeError(f"möglich ist {least:g} bis {most:g}")
    return value


if __name__ == "__main__":
    sys.exit(main())
