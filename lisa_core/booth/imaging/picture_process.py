"""The process in which foreign pictures are decoded: `python -m lisa_core.booth.imaging.picture_process`, a socket as
fd 0.

It is started by `booth.imaging.workshop` and has no use otherwise. It may take little memory and time, write no file,
and ends
with the booth, however that ends. What it answers is a status and bytes; it is not trusted with more.
"""

from __future__ import annotations

import ctypes
import pickle
import resource
import signal
import socket
import struct

from lisa_core.booth.imaging.pictures import do
from lisa_core.domain.model.errors import DeviceFault, LisaError

MEMORY = 1024 * 1024 * 1024
ASKED, ANSWERED = struct.Struct("!Q"), struct.Struct("!?QQ")
"""Before a job its length; before an answer whether it worked and the lengths of both its parts."""

_DIE_WITH_PARENT = 1


def confine() -> None:
    """Take from this process what decoding does not need."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the booth's affair, which ends this process
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve(line: socket.socket) -> None:
    """Do one job after the other until the other end closes."""
    while head := _exactly(line, ASKED.size):
        job = pickle.loads(_exactly(line, *ASKED.unpack(head)))  # noqa: S301  # the booth wrote it; answers are bytes
        _allow(job.seconds)
        try:
            parts, worked = do(job), True
        except DeviceFault as fault:
            parts, worked = (fault.code.encode(), b""), False
        except (LisaError, MemoryError):
            parts, worked = (b"picture.large", b""), False
        for part in (ANSWERED.pack(worked, *map(len, parts)), *parts):
            line.sendall(part)
        del job, parts


def _allow(seconds: int) -> None:
    """Allow this many more seconds of computing; beyond that the kernel ends this process."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + seconds, most))


def _exactly(line: socket.socket, size: int) -> bytes:
    data = bytearray(size)
    view, got = memoryview(data), 0
    while got < size:
        count = line.recv_into(view[got:])
        if not count:
            return b""
        got += count
    return bytes(data)


if __name__ == "__main__":
    confine()
    serve(socket.socket(fileno=0))
