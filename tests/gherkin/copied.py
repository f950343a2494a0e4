"""The program that is copied: it has imported what every run of features imports, and is forked for each that is begun.

It is started as `python -c` with this text, so that a copy looks as a start of its own would: no path and no module of
the tests is in it. Its arguments are a socket and what is to be imported. What comes there is JSON (`code`, `where`,
`environment`) with two descriptors: one for the copy's output, and one where its process number and, when it has ended,
its return code are written, a line each. When nobody can ask any more it ends.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import selectors
import socket
import sys
import tempfile

from lisa_core.harness.garbage import start_uncollected

RUN = (
    *("lisa_core.harness.start.run", "lisa_core.harness.plugin.session", "lisa_core.harness.history.past"),
    *("lisa_core.harness.report.report", "lisa_core.cli.commands", "lisa_core.cli.run", "lisa_core.booth.program"),
    *("lisa_core.harness.rig.rig", "lisa_core.equipment.media.memory_call", "emulator.memory"),
)
HOUSE = (
    *("lisa_core.cli.commands", "lisa_core.booth.program", "lisa_core.booth.wire_booth", "lisa_core.exchange.program"),
    *("lisa_core.exchange.web", "lisa_core.equipment.media.call", "lisa_core.equipment.media.camera", "emulator.booth"),
    *("lisa_core.equipment.drivers.modbus_io", "lisa_core.equipment.drivers.visca.head", "uvicorn.lifespan.off"),
    *("lisa_core.equipment.drivers.ld2410", "lisa_core.equipment.drivers.raw_print", "anyio._backends._asyncio"),
    *("lisa_core.equipment.drivers.escl", "lisa_core.equipment.drivers.wacom_stu", "lisa_core.equipment.lines.http"),
    *("lisa_core.equipment.lines.frames", "lisa_core.equipment.lines.serial", "lisa_core.store.sqlite", "httpcore"),
    *("lisa_core.wire.websocket", "numpy.random", "reportlab.pdfgen.canvas", "structlog"),
)
IMPORTED = {
    "memory": RUN,
    "wire": (*RUN, *HOUSE),
    "house": (*HOUSE, "lisa_core.cli.start.booth", "lisa_core.cli.start.exchange", "lisa_core.papers.declaration"),
}
"""With what each of them imports: runs in memory, runs at emulated devices, booth and exchange. What pytest rewrites
(its plugins, the modules of steps) is left to each run."""


def known_classes() -> None:
    """The classes beside our requirements are kept once they are read, as long as their files stay the same."""
    from lisa_core.harness.report.requirements import load, shipped_folder

    load(filter(None, [shipped_folder()]))


def serve(asked: socket.socket) -> str:
    """Returns in a copy only: the code that it is to run."""
    selector = selectors.DefaultSelector()
    selector.register(asked, selectors.EVENT_READ, ())
    while True:
        for key, _ in selector.select():
            if key.data:
                selector.unregister(key.fd)
                end(key.fd, *key.data)
                continue
            said, opened, _, _ = socket.recv_fds(asked, 1 << 20, 2)
            if not said:
                sys.exit()
            pid = os.fork()
            if not pid:
                held = [one for key in selector.get_map().values() for one in (key.fd, *key.data[:1])]
                selector.close()
                asked.detach()
                return become(json.loads(said), opened, held)
            output, status = opened
            os.close(output)
            os.write(status, f"{pid}\n".encode())
            selector.register(os.pidfd_open(pid), selectors.EVENT_READ, (status, pid))


def end(watched: int, status: int, pid: int) -> None:
    """A copy has ended: its code is told."""
    os.close(watched)
    os.write(status, f"{os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}\n".encode())
    os.close(status)


def become(order: dict[str, object], opened: list[int], held: list[int]) -> str:
    """From here on it is what was asked for, and holds nothing of who copies."""
    for number in (1, 2):
        os.dup2(opened[0], number)
    for number in (*opened, *held):
        os.close(number)
    os.chdir(str(order["where"]))
    os.environ.clear()
    os.environ.update(order["environment"])
    tempfile.tempdir = None
    del sys.argv[1:]
    return str(order["code"])


start_uncollected(["run"])
for module in IMPORTED[sys.argv[2]]:
    importlib.import_module(module)
if sys.argv[2] != "house":
    known_classes()
gc.freeze()
exec(serve(socket.socket(fileno=int(sys.argv[1]))), {"__name__": "__main__"})  # noqa: S102 - as `python -c` does
