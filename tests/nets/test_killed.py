"""What tests of networks leave when they are killed: nothing."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

from emulator.network.weather import Weather
from tests.nets.coturn import need_coturn
from tests.nets.namespaces import need_networks
from tests.nets.town import three_networks
from tests.system.programs import children, wait_until
from tests.tidy.sources import ROOT


def test_networks_and_programs_in_them_are_gone_after_a_kill(tmp_path: Path) -> None:
    need_networks()
    need_coturn()
    command = [sys.executable, "-m", "tests.nets.test_killed", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as made:
        assert made.stdout is not None
        there = set(json.loads(made.stdout.readline()))
        programs = children(made.pid)
        assert len(programs) == 2, "the relay, and the bad network"
        assert there <= _networks()
        made.kill()
    wait_until(lambda: not any(map(_runs, programs)), "the programs have ended")
    wait_until(lambda: not there & _networks(), "nobody is in the networks")


def _networks() -> set[int]:
    """The numbers of all networks that a process holds, or is in."""
    found: set[int] = set()
    for process in Path("/proc").glob("[0-9]*"):
        for link in (process / "ns" / "net", *_open(process)):
            try:
                target = str(link.readlink())
            except OSError:  # it has just ended, or closed it
                continue
            found |= {int(target[5:-1])} if target.startswith("net:[") else set()
    return found


def _open(process: Path) -> list[Path]:
    try:
        return list((process / "fd").iterdir())
    except OSError:
        return []


def _runs(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


async def _wait() -> None:
    await asyncio.Event().wait()


if __name__ == "__main__":
    with three_networks(Path(sys.argv[1]), weather=Weather()) as nets:
        numbers = [os.fstat(net.handle).st_ino for net in (nets.booth, nets.middle, nets.desk)]
        print(json.dumps(numbers), flush=True)
        asyncio.run(_wait())
